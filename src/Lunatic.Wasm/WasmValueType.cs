namespace Lunatic.Wasm;

/// <summary>A WebAssembly value type: a number, a vector or a reference (specification 3.0, 2.3 "Types").</summary>
public readonly struct WasmValueType : IEquatable<WasmValueType>
{
    private const int NullableReference = 0x63;
    private const int NonNullReference = 0x64;

    // the low byte is the type's code in the binary format; for references the rest is the heap type,
    // as in the binary format: negative for an abstract one, else the index of a type
    private readonly int _code;

    private WasmValueType(int code) => _code = code;

    /// <summary>32-bit integer.</summary>
    public static WasmValueType I32 => new(0x7F);

    /// <summary>64-bit integer.</summary>
    public static WasmValueType I64 => new(0x7E);

    /// <summary>32-bit float.</summary>
    public static WasmValueType F32 => new(0x7D);

    /// <summary>64-bit float.</summary>
    public static WasmValueType F64 => new(0x7C);

    /// <summary>128-bit vector.</summary>
    public static WasmValueType V128 => new(0x7B);

    /// <summary>Nullable reference to a function.</summary>
    public static WasmValueType FuncRef => Reference(AbstractHeapType.Func, nullable: true);

    /// <summary>Nullable reference to an object of the host.</summary>
    public static WasmValueType ExternRef => Reference(AbstractHeapType.Extern, nullable: true);

    /// <summary>Whether it is one of i32, i64, f32, f64.</summary>
    public bool IsNumber => _code is >= 0x7C and <= 0x7F;

    /// <summary>Whether it is v128.</summary>
    public bool IsVector => _code == 0x7B;

    /// <summary>Whether it is a reference type.</summary>
    public bool IsReference => (_code & 0xFF) is NullableReference or NonNullReference;

    /// <summary>Whether it is a reference type that has the null value.</summary>
    public bool IsNullable => (_code & 0xFF) == NullableReference;

    /// <summary>Whether a local of this type starts with a value of its own (all but non-null references).</summary>
    public bool IsDefaultable => (_code & 0xFF) != NonNullReference;

    /// <summary>For a reference: the heap type, negative for an abstract one (see <see cref="AbstractHeapType"/>), else a type index.</summary>
    internal int HeapType => _code >> 8;

    /// <summary>Number of 64-bit slots a value takes in a frame: 2 for v128, else 1.</summary>
    internal int Slots => IsVector ? 2 : 1;

    internal static WasmValueType Reference(int heapType, bool nullable) =>
        new((heapType << 8) | (nullable ? NullableReference : NonNullReference));

    /// <inheritdoc/>
    public bool Equals(WasmValueType other) => _code == other._code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WasmValueType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _code;

    /// <summary>Whether both are the same type.</summary>
    public static bool operator ==(WasmValueType left, WasmValueType right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(WasmValueType left, WasmValueType right) => !left.Equals(right);

    /// <summary>The type as the text format writes it.</summary>
    public override string ToString() => _code switch
    {
        0x7F => "i32",
        0x7E => "i64",
        0x7D => "f32",
        0x7C => "f64",
        0x7B => "v128",
        _ when this == FuncRef => "funcref",
        _ when this == ExternRef => "externref",
        _ when IsReference => $"(ref {(IsNullable ? "null " : "")}{AbstractHeapType.Describe(HeapType)})",
        _ => "bottom",
    };
}
