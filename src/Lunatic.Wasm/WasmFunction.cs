using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>A function that can be called: one of an instance, or a host function that an instance re-exports. Belongs to a store.</summary>
public sealed unsafe class WasmFunction : IEquatable<WasmFunction>
{
    // what Code points into stays while the store's instances do
    internal WasmFunction(WasmStore store, WasmFunctionType type, FunctionCode* code, InstanceContext* instance)
    {
        Store = store;
        Type = type;
        Code = code;
        Context = instance;
    }

    /// <summary>The function's type.</summary>
    public WasmFunctionType Type { get; }

    /// <summary>The store that the function belongs to.</summary>
    public WasmStore Store { get; }

    internal FunctionCode* Code { get; }

    /// <summary>The function's own instance; null for a host function.</summary>
    internal InstanceContext* Context { get; }

    /// <summary>Calls the function and runs it to its end.</summary>
    /// <exception cref="WasmTrapException">The guest trapped.</exception>
    /// <exception cref="WasmExitException">The guest ended itself with an exit code.</exception>
    /// <exception cref="ArgumentException">Number or types of the arguments are wrong.</exception>
    /// <exception cref="InvalidOperationException">The store is running or suspended, or the guest came to a host function that has to wait.</exception>
    public WasmValue[] Invoke(params ReadOnlySpan<WasmValue> arguments) => Hosting.Invocation.Run(this, arguments);

    /// <summary>Calls the function and runs it to its end, awaiting what Task-returning host functions return.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellation">Gives the guest up, at the latest when it has run for another slice.</param>
    /// <exception cref="WasmTrapException">The guest trapped.</exception>
    /// <exception cref="WasmExitException">The guest ended itself with an exit code.</exception>
    /// <exception cref="ArgumentException">Number or types of the arguments are wrong.</exception>
    /// <exception cref="InvalidOperationException">The store is running or suspended, or the guest came to a host function that waits for something other than a Task.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Task<WasmValue[]> InvokeAsync(WasmValue[] arguments, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return Hosting.Invocation.RunAsync(this, arguments, cancellation);
    }

    /// <summary>Whether both are the same function of the same instance.</summary>
    public bool Equals(WasmFunction? other) => other is not null && Code == other.Code && Context == other.Context;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WasmFunction);

    /// <inheritdoc/>
    public override int GetHashCode() => ((nint)Code).GetHashCode();
}
