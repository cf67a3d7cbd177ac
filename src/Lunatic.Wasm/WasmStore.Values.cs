using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

// values as slots hold them: numbers as bits, externrefs as numbers, funcrefs as pointers
public sealed unsafe partial class WasmStore
{
    private ExternReferences? _externs;
    private Dictionary<nint, nint>? _hostFunctionReferences;

    /// <summary>The value in a slot (v128: two).</summary>
    internal WasmValue Read(ulong* slot, WasmValueType type)
    {
        if (type.IsNumber)
            return WasmValue.FromBits(type, *slot);
        if (type.IsVector)
            return WasmValue.FromVector(new UInt128(slot[1], slot[0]));
        return type == WasmValueType.ExternRef
            ? WasmValue.FromExternRef(ObjectOf(*slot))
            : WasmValue.FromFuncRef(FunctionOf((FunctionReference*)*slot));
    }

    /// <summary>Puts a value into a slot (v128: two).</summary>
    /// <exception cref="ArgumentException">The value is of another type, or a function of another store.</exception>
    internal void Write(ulong* slot, WasmValue value, WasmValueType type, string parameter)
    {
        if (value.Type != type)
            throw new ArgumentException($"a value of type {type} is needed, not {value.Type}", parameter);
        if (type == WasmValueType.ExternRef)
        {
            *slot = NumberOf(value.Reference);
        }
        else if (type == WasmValueType.FuncRef)
        {
            *slot = value.Reference is WasmFunction function ? ReferenceTo(function) : 0;
        }
        else
        {
            *slot = (ulong)value.Bits;
            if (type.IsVector)
                slot[1] = (ulong)(value.Bits >> 64);
        }
    }

    /// <summary>The number that stands for an object in slots of externref type.</summary>
    internal ulong NumberOf(object? value) => value is null ? 0 : (_externs ??= new ExternReferences()).NumberOf(value);

    internal object? ObjectOf(ulong number) => number == 0 ? null : _externs!.ObjectOf(number);

    private WasmFunction? FunctionOf(FunctionReference* reference)
    {
        if (reference == null)
            return null;
        FunctionCode* code = reference->Code;
        WasmFunctionType type = code->Kind == FunctionKind.Host
            ? HostFunctionOf(code).Type
            : InstanceOf(reference->Instance).Code.Definition.FunctionTypes[code->Index];
        return new WasmFunction(this, type, code, reference->Instance);
    }

    private ulong ReferenceTo(WasmFunction function)
    {
        CheckOwns(function);
        if (function.Context != null)
            return (ulong)ReferenceTo(function.Context, function.Code->Index);
        _hostFunctionReferences ??= [];
        if (!_hostFunctionReferences.TryGetValue((nint)function.Code, out nint reference))
        {
            reference = (nint)AllocateCell();
            *(FunctionReference*)reference = new FunctionReference { Code = function.Code };
            _hostFunctionReferences.Add((nint)function.Code, reference);
        }
        return (ulong)reference;
    }
}
