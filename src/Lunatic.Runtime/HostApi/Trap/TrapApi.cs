using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Trap;

/// <summary><c>lunatic::trap</c>: guests that go on after a trap.</summary>
[HostNamespace("lunatic::trap")]
internal static partial class TrapApi
{
    private const string Export = "_lunatic_catch_trap";

    /// <summary>
    /// Calls the guest's export <c>_lunatic_catch_trap</c> with both values and returns its result, or 0 if it traps or has another type. Nothing else is
    /// undone. Exits and kills are not caught. Traps when the export is missing.
    /// </summary>
    [HostFunction("catch")]
    public static int Catch(ProcessContext context, int function, int pointer)
    {
        if (context.Caller.Instance.GetFunction(Export) is not { } target)
            return context.Trap($"the module exports no function named \"{Export}\"");
        if (target.Type == TrapCatch.CalleeType)
            context.Caller.CallGuest(target, [(uint)function, (uint)pointer], TrapCatch.Instance);
        return 0;
    }
}
