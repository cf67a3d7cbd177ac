using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.HostApi.Binding;

/// <summary>Host functions that end in every way there is, bound by the generator as those of the host API are.</summary>
[HostNamespace("boundary")]
internal static partial class BoundaryApi
{
    [HostFunction("mix")]
    public static double Mix(ProcessContext context, int a, long b, float c, double d) => a + (double)b + c + d;

    [HostFunction("single")]
    public static float Single(ProcessContext context, float value) => value / 3;

    // an overload, which the interpreter's entries have to tell apart
    [HostFunction("double")]
    public static double Single(ProcessContext context, double value) => value / 3;

    [HostFunction("big")]
    public static long Big(ProcessContext context, int value) => ((long)value << 40) + 1;

    [HostFunction("negate")]
    public static int Negate(ProcessContext context, int value) => -value;

    [HostFunction("fail")]
    public static int Fail(ProcessContext context, int value) => throw new InvalidDataException($"{value} is refused");

    [HostFunction("fail_late")]
    public static int FailLate(ProcessContext context, int value)
    {
        context.Caller.Wait();
        throw new InvalidDataException($"{value} is refused");
    }

    [HostFunction("trap")]
    public static int Trap(ProcessContext context, int value) => context.Trap($"{value} is refused");

    [HostFunction("wait")]
    public static int Wait(ProcessContext context, int value)
    {
        context.Caller.Wait(value);
        return -1;
    }

    [HostFunction("exit")]
    public static int Exit(ProcessContext context, int value)
    {
        context.Caller.Exit(value);
        return -1;
    }

    [HostFunction("call")]
    public static int Call(ProcessContext context, int value)
    {
        context.Caller.CallGuest(context.Caller.Instance.GetFunction("callee")!, [(uint)value], AddThousand.Instance);
        return -1;
    }

    [HostFunction("grow")]
    public static int Grow(ProcessContext context, int pages)
    {
        context.Caller.Memory[0] = 77;
        return (int)context.Caller.Instance.GetMemory("memory")!.Grow(pages);
    }

    /// <summary>Moves everything that can be moved while the guest is on the native stack.</summary>
    [HostFunction("collect")]
    public static int Collect(ProcessContext context, int value)
    {
        byte[][] garbage = [.. Enumerable.Range(0, 50).Select(index => new byte[index * 100])];
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return value + garbage.Length;
    }

    /// <summary>Runs a guest in a store of its own on the same thread, which calls the same host function less deeply.</summary>
    [HostFunction("nest")]
    public static int Nest(ProcessContext context, int value)
    {
        if (value == 0)
            return 0;
        using var store = new WasmStore(context.Caller.Store.Options);
        store.State = new ProcessContext(null!, context.Services, store.Caller);
        WasmInstance inner = CreateLinker().Instantiate(store, context.Caller.Instance.Module);
        int result = inner.Invoke("f", 3, value - 1)[0].AsInt32();
        // the outer guest's caller object is the one of this call still
        context.Caller.Memory[8] = (byte)value;
        return result + 100;
    }

    /// <summary>What modules can import these functions from.</summary>
    public static WasmLinker CreateLinker()
    {
        var linker = new WasmLinker();
        foreach (HostFunction function in CreateTable().Functions)
            linker.Define("boundary", function.Name, function.Bind($"boundary::{function.Name}"));
        return linker;
    }

    private sealed class AddThousand : GuestCall
    {
        public static AddThousand Instance { get; } = new();

        protected internal override void Returned(WasmCaller caller, ReadOnlySpan<ulong> results, Span<ulong> slots) => slots[0] = results[0] + 1000;

        protected internal override bool Caught(WasmCaller caller, WasmTrap trap, Span<ulong> slots)
        {
            slots[0] = 5000;
            return true;
        }
    }
}
