using System.Globalization;

namespace Lunatic.Wasm;

/// <summary>A WebAssembly value with its type: a number, a vector or a reference.</summary>
public readonly struct WasmValue : IEquatable<WasmValue>
{
    private readonly UInt128 _bits;
    private readonly object? _reference;

    private WasmValue(WasmValueType type, UInt128 bits, object? reference = null)
    {
        Type = type;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>The value's type.</summary>
    public WasmValueType Type { get; }

    /// <summary>The bits of a number (in the low 32 or 64) or vector; 0 for a reference.</summary>
    public UInt128 Bits => _bits;

    /// <summary>The object of an externref or the <see cref="WasmFunction"/> of a funcref; null for the null reference and for numbers.</summary>
    public object? Reference => _reference;

    /// <summary>Whether this is a null reference.</summary>
    public bool IsNullReference => Type.IsReference && _reference is null;

    /// <summary>An i32.</summary>
    public static WasmValue FromInt32(int value) => new(WasmValueType.I32, (uint)value);

    /// <summary>An i64.</summary>
    public static WasmValue FromInt64(long value) => new(WasmValueType.I64, (ulong)value);

    /// <summary>An f32.</summary>
    public static WasmValue FromSingle(float value) => new(WasmValueType.F32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>An f64.</summary>
    public static WasmValue FromDouble(double value) => new(WasmValueType.F64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A v128.</summary>
    public static WasmValue FromVector(UInt128 bits) => new(WasmValueType.V128, bits);

    /// <summary>A reference to an object of the host.</summary>
    public static WasmValue FromExternRef(object? value) => new(WasmValueType.ExternRef, 0, value);

    /// <summary>A reference to a function.</summary>
    public static WasmValue FromFuncRef(WasmFunction? function) => new(WasmValueType.FuncRef, 0, function);

    /// <summary>A number or vector from its bits, which keeps the payload of a NaN.</summary>
    /// <exception cref="ArgumentException">The type is a reference type.</exception>
    public static WasmValue FromBits(WasmValueType type, UInt128 bits)
    {
        if (!type.IsNumber && !type.IsVector)
            throw new ArgumentException($"a {type} is not made of bits", nameof(type));
        return new WasmValue(type, type.IsVector ? bits : type == WasmValueType.I32 || type == WasmValueType.F32 ? (uint)bits : (ulong)bits);
    }

    /// <summary>The value of an i32.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public int AsInt32() => (int)(uint)Expect(WasmValueType.I32);

    /// <summary>The value of an i64.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public long AsInt64() => (long)(ulong)Expect(WasmValueType.I64);

    /// <summary>The value of an f32.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public float AsSingle() => BitConverter.UInt32BitsToSingle((uint)Expect(WasmValueType.F32));

    /// <summary>The value of an f64.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public double AsDouble() => BitConverter.UInt64BitsToDouble((ulong)Expect(WasmValueType.F64));

    /// <summary>The bits of a v128.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public UInt128 AsVector() => Expect(WasmValueType.V128);

    /// <summary>The object of an externref, or null.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public object? AsExternRef()
    {
        Expect(WasmValueType.ExternRef);
        return _reference;
    }

    /// <summary>The function of a funcref, or null.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public WasmFunction? AsFuncRef()
    {
        Expect(WasmValueType.FuncRef);
        return (WasmFunction?)_reference;
    }

    /// <summary>An i32.</summary>
    public static implicit operator WasmValue(int value) => FromInt32(value);

    /// <summary>An i64.</summary>
    public static implicit operator WasmValue(long value) => FromInt64(value);

    /// <summary>An f32.</summary>
    public static implicit operator WasmValue(float value) => FromSingle(value);

    /// <summary>An f64.</summary>
    public static implicit operator WasmValue(double value) => FromDouble(value);

    /// <summary>Whether type and bits, or the objects referred to, are the same (so that a NaN equals itself).</summary>
    public static bool operator ==(WasmValue left, WasmValue right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(WasmValue left, WasmValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WasmValue other) => Type == other.Type && _bits == other._bits && Equals(_reference, other._reference);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WasmValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, _bits, _reference);

    /// <summary>For example <c>i32 7</c>.</summary>
    public override string ToString() => $"{Type} {Describe()}";

    private string Describe()
    {
        if (Type == WasmValueType.I32)
            return AsInt32().ToString(CultureInfo.InvariantCulture);
        if (Type == WasmValueType.I64)
            return AsInt64().ToString(CultureInfo.InvariantCulture);
        if (Type == WasmValueType.F32)
            return AsSingle().ToString(CultureInfo.InvariantCulture);
        if (Type == WasmValueType.F64)
            return AsDouble().ToString(CultureInfo.InvariantCulture);
        return Type.IsVector ? $"0x{_bits:x32}" : _reference?.ToString() ?? "null";
    }

    private UInt128 Expect(WasmValueType type) =>
        Type == type ? _bits : throw new InvalidOperationException($"the value is of type {Type}, not {type}");
}
