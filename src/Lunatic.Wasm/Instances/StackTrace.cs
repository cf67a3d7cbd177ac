using System.Collections.Immutable;

namespace Lunatic.Wasm.Instances;

/// <summary>Reads the guest's calls from the frame stack.</summary>
internal static unsafe class StackTrace
{
    /// <param name="store">A store whose guest does not run.</param>
    /// <param name="innermostCalls">Whether the top frame stands behind a call that has not returned, as all others do, and not at the instruction itself.</param>
    public static (ImmutableArray<WasmFrame> Frames, int Omitted) Capture(WasmStore store, bool innermostCalls)
    {
        FrameHeader* top = store.Context->Frame;
        int depth = 0;
        for (FrameHeader* frame = top; frame != null; frame = FrameStack.Caller(frame))
            depth += frame->Function->Kind == FunctionKind.Guest ? 1 : 0;

        int omitted = Math.Max(0, depth - WasmTrap.InnermostFrames - WasmTrap.OutermostFrames);
        var frames = ImmutableArray.CreateBuilder<WasmFrame>(depth - omitted);
        int index = 0;
        for (FrameHeader* frame = top; frame != null; frame = FrameStack.Caller(frame))
        {
            if (frame->Function->Kind != FunctionKind.Guest)
                continue;
            if (index < WasmTrap.InnermostFrames || index >= WasmTrap.InnermostFrames + omitted)
            {
                int position = frame == top && !innermostCalls ? frame->Position : frame->Position - 1;
                frames.Add(store.InstanceOf(frame->Instance).Code.Describe(frame->Function, position));
            }
            index++;
        }
        return (frames.MoveToImmutable(), omitted);
    }
}
