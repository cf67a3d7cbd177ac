using System.Runtime.InteropServices;
using Lunatic.Wasm.Hosting;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>A C# function that guests can import. It belongs to no store: any number of them share it.</summary>
public sealed unsafe class WasmHostFunction
{
    private readonly FunctionCode* _code;

    /// <summary>A host function over raw slots.</summary>
    public WasmHostFunction(WasmFunctionType type, WasmHostCallback callback)
        : this(type)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>A host function of static methods that guest code calls without a way round.</summary>
    internal WasmHostFunction(WasmFunctionType type, HostEntries entries)
        : this(type)
    {
        _code->CallEntry = entries.Compiled;
        _code->SlotEntry = (nint)entries.Slots;
    }

    private WasmHostFunction(WasmFunctionType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
        _code = (FunctionCode*)NativeMemory.AllocZeroed((nuint)sizeof(FunctionCode));
        _code->Kind = FunctionKind.Host;
        _code->ParameterSlots = type.ParameterSlots;
        _code->ResultSlots = type.ResultSlots;
        _code->LocalSlots = Math.Max(type.ParameterSlots, type.ResultSlots);
        _code->TypeId = type.Id;
        // weak, so that the function's life ends when neither linker nor store holds it
        _code->Owner = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
    }

    /// <summary>Frees the unmanaged part; nothing refers to it once the object is unreachable.</summary>
    ~WasmHostFunction()
    {
        GCHandle.FromIntPtr(_code->Owner).Free();
        NativeMemory.Free(_code);
    }

    /// <summary>The function's type.</summary>
    public WasmFunctionType Type { get; }

    /// <summary>The name that begins the texts of the function's traps, or null for none.</summary>
    internal string? Name { get; init; }

    internal WasmHostCallback? Callback { get; }

    internal FunctionCode* Code => _code;

    /// <summary>
    /// A host function over any delegate. i32 is int, uint or bool; i64 is long or ulong; f32 is float; f64 is double; v128 is UInt128; externref is object;
    /// several results are a value tuple. A first parameter of type <see cref="WasmCaller"/> is the guest that calls. A delegate that returns a Task or
    /// ValueTask suspends the guest until that ends, for those who call guests asynchronously.
    /// </summary>
    /// <exception cref="ArgumentException">A parameter or result has a type that no WebAssembly type stands for.</exception>
    public static WasmHostFunction FromDelegate(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return HostFunctionBinder.Bind(function);
    }
}
