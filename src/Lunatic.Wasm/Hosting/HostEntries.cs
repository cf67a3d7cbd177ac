namespace Lunatic.Wasm.Hosting;

/// <summary>The two static methods through which guest code calls a host function. See <see cref="HostEntry"/> for how they are written.</summary>
/// <param name="compiled">
/// What compiled code calls: takes the calling instance (nint), then the arguments as int, long, float and double, and returns the result, of which there
/// is one at most. Nothing is thrown out of it.
/// </param>
/// <param name="slots">What the interpreter calls: reads its arguments from slots and puts its result there. It may throw.</param>
internal readonly unsafe struct HostEntries(nint compiled, delegate*<WasmCaller, ulong*, void> slots)
{
    public nint Compiled => compiled;

    public delegate*<WasmCaller, ulong*, void> Slots => slots;
}
