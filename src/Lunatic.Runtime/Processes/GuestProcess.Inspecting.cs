using System.Collections.Immutable;
using System.Globalization;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Wasm;
using Lunatic.Wasm.Diagnostics;

namespace Lunatic.Runtime.Processes;

// what others see of a guest
internal sealed partial class GuestProcess
{
    internal override ProcessKind Kind => ProcessKind.Guest;

    // from the module's file, so from anybody: what a terminal would obey is taken out
    internal override string? ModuleName => Plan.Module.HostName ?? (Plan.Module.Name is { } name ? PrintableName.Of(name) : null);

    internal override string? FunctionName => PrintableName.Of(_entry.Function);

    internal override long MemoryBytes => Store.MemoryBytes;

    internal override long FuelUsed => Volatile.Read(ref _fuelUsed);

    private protected override long? MaxMemoryBytes => Store.Options.MaxMemoryBytes;

    private protected override long? MaxFuel => Store.Options.MaxFuel;

    private protected override ProcessState ParkedState => _pending switch
    {
        ReceiveOperation => ProcessState.Receiving,
        SleepOperation => ProcessState.Sleeping,
        _ => ProcessState.Waiting,
    };

    internal override bool TryCaptureStack(out ImmutableArray<string> stack)
    {
        stack = [];
        if (Store.IsRunning)
            return false;
        // after its end the frames are gone
        if (!HasEnded)
            stack = LinesOf(Store.CaptureFrames());
        return true;
    }

    private static ImmutableArray<string> StackOf(WasmTrap trap) => LinesOf((trap.Stack, trap.OmittedFrames));

    private static ImmutableArray<string> LinesOf((ImmutableArray<WasmFrame> Frames, int Omitted) stack)
    {
        ImmutableArray<string> lines = [.. stack.Frames.Select(static frame => frame.ToString())];
        return stack.Omitted == 0 ? lines : lines.Insert(WasmTrap.InnermostFrames, string.Create(CultureInfo.InvariantCulture, $"({stack.Omitted} more calls)"));
    }
}
