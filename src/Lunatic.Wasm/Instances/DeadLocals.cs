using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// Shows that nothing reads locals that the analysis calls dead: overwrites them in a suspended guest (<see cref="WasmStore.SuspendAtEverySite"/>).
/// </summary>
internal static unsafe class DeadLocals
{
    private const ulong Garbage = 0xDEAD_DEAD_DEAD_DEAD;

    /// <summary>Overwrites in the two innermost frames; those further out had it done when they were among these.</summary>
    public static void Overwrite(WasmStore store)
    {
        int frames = 0;
        for (FrameHeader* frame = store.Context->Frame; frame != null && frames < 2; frame = FrameStack.Caller(frame))
        {
            if (frame->Function->Kind != FunctionKind.Guest)
                continue;
            frames++;
            FunctionSites sites = store.InstanceOf(frame->Instance).Code.SitesOf(frame->Function);
            ulong* locals = FrameStack.Locals(frame);
            for (int slot = 0; slot < frame->Function->LocalSlots; slot++)
            {
                if (!sites.IsLive(frame->Position, slot))
                    locals[slot] = Garbage;
            }
        }
    }
}
