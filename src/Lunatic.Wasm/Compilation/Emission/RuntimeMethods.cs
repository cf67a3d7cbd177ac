using System.Numerics;
using System.Reflection;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Interpretation;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Methods that generated code calls.</summary>
internal static class RuntimeMethods
{
    public static readonly MethodInfo CanonicalSingle = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.Canonical), typeof(float));
    public static readonly MethodInfo CanonicalDouble = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.Canonical), typeof(double));
    public static readonly MethodInfo SingleOf = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.SingleOf), typeof(int));
    public static readonly MethodInfo CheckInt32 = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.CheckInt32), typeof(double));
    public static readonly MethodInfo CheckUInt32 = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.CheckUInt32), typeof(double));
    public static readonly MethodInfo CheckInt64 = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.CheckInt64), typeof(double));
    public static readonly MethodInfo CheckUInt64 = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.CheckUInt64), typeof(double));

    public static readonly MethodInfo Int64BitsToDouble = Of(typeof(BitConverter), nameof(BitConverter.Int64BitsToDouble), typeof(long));
    public static readonly MethodInfo SingleToInt32Bits = Of(typeof(BitConverter), nameof(BitConverter.SingleToInt32Bits), typeof(float));
    public static readonly MethodInfo DoubleToInt64Bits = Of(typeof(BitConverter), nameof(BitConverter.DoubleToInt64Bits), typeof(double));

    public static readonly MethodInfo GrowSaveArea = Of(typeof(SaveArea), nameof(SaveArea.Grow));
    public static readonly MethodInfo CallOther = Of(typeof(CompiledCalls), nameof(CompiledCalls.Call));

    public static readonly MethodInfo MemorySize = Of(typeof(CompiledOperations), nameof(CompiledOperations.MemorySize));
    public static readonly MethodInfo MemoryGrow = Of(typeof(CompiledOperations), nameof(CompiledOperations.MemoryGrow));
    public static readonly MethodInfo TableSize = Of(typeof(CompiledOperations), nameof(CompiledOperations.TableSize));
    public static readonly MethodInfo TableGrow = Of(typeof(CompiledOperations), nameof(CompiledOperations.TableGrow));
    public static readonly MethodInfo TableGet = Of(typeof(CompiledOperations), nameof(CompiledOperations.TableGet));
    public static readonly MethodInfo TableSet = Of(typeof(CompiledOperations), nameof(CompiledOperations.TableSet));
    public static readonly MethodInfo ReferenceTo = Of(typeof(CompiledOperations), nameof(CompiledOperations.ReferenceTo));
    public static readonly MethodInfo TryCopyShort = Of(typeof(CompiledOperations), nameof(CompiledOperations.TryCopyShort));
    public static readonly MethodInfo TryFillShort = Of(typeof(CompiledOperations), nameof(CompiledOperations.TryFillShort));
    public static readonly MethodInfo Bulk = Of(typeof(CompiledOperations), nameof(CompiledOperations.Bulk));

    private static readonly Dictionary<Opcode, MethodInfo> Operators = new()
    {
        [Opcode.I32Clz] = Of(typeof(BitOperations), nameof(BitOperations.LeadingZeroCount), typeof(uint)),
        [Opcode.I32Ctz] = Of(typeof(BitOperations), nameof(BitOperations.TrailingZeroCount), typeof(uint)),
        [Opcode.I32Popcnt] = Of(typeof(BitOperations), nameof(BitOperations.PopCount), typeof(uint)),
        [Opcode.I32Rotl] = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.RotateLeft), typeof(uint), typeof(int)),
        [Opcode.I32Rotr] = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.RotateRight), typeof(uint), typeof(int)),
        [Opcode.I64Clz] = Of(typeof(BitOperations), nameof(BitOperations.LeadingZeroCount), typeof(ulong)),
        [Opcode.I64Ctz] = Of(typeof(BitOperations), nameof(BitOperations.TrailingZeroCount), typeof(ulong)),
        [Opcode.I64Popcnt] = Of(typeof(BitOperations), nameof(BitOperations.PopCount), typeof(ulong)),
        [Opcode.I64Rotl] = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.RotateLeft), typeof(ulong), typeof(int)),
        [Opcode.I64Rotr] = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.RotateRight), typeof(ulong), typeof(int)),
        [Opcode.F32Abs] = Of(typeof(MathF), nameof(MathF.Abs), typeof(float)),
        [Opcode.F32Ceil] = Of(typeof(MathF), nameof(MathF.Ceiling), typeof(float)),
        [Opcode.F32Floor] = Of(typeof(MathF), nameof(MathF.Floor), typeof(float)),
        [Opcode.F32Trunc] = Of(typeof(MathF), nameof(MathF.Truncate), typeof(float)),
        [Opcode.F32Nearest] = Of(typeof(MathF), nameof(MathF.Round), typeof(float)),
        [Opcode.F32Sqrt] = Of(typeof(MathF), nameof(MathF.Sqrt), typeof(float)),
        [Opcode.F32Min] = Of(typeof(MathF), nameof(MathF.Min), typeof(float), typeof(float)),
        [Opcode.F32Max] = Of(typeof(MathF), nameof(MathF.Max), typeof(float), typeof(float)),
        [Opcode.F32Copysign] = Of(typeof(MathF), nameof(MathF.CopySign), typeof(float), typeof(float)),
        [Opcode.F64Abs] = Of(typeof(Math), nameof(Math.Abs), typeof(double)),
        [Opcode.F64Ceil] = Of(typeof(Math), nameof(Math.Ceiling), typeof(double)),
        [Opcode.F64Floor] = Of(typeof(Math), nameof(Math.Floor), typeof(double)),
        [Opcode.F64Trunc] = Of(typeof(Math), nameof(Math.Truncate), typeof(double)),
        [Opcode.F64Nearest] = Of(typeof(Math), nameof(Math.Round), typeof(double)),
        [Opcode.F64Sqrt] = Of(typeof(Math), nameof(Math.Sqrt), typeof(double)),
        [Opcode.F64Min] = Of(typeof(Math), nameof(Math.Min), typeof(double), typeof(double)),
        [Opcode.F64Max] = Of(typeof(Math), nameof(Math.Max), typeof(double), typeof(double)),
        [Opcode.F64Copysign] = Of(typeof(Math), nameof(Math.CopySign), typeof(double), typeof(double)),
        [Opcode.F32ConvertI64U] = Of(typeof(FloatConversions), nameof(FloatConversions.ToSingle), typeof(ulong)),
        [Opcode.F64ConvertI64U] = Of(typeof(FloatConversions), nameof(FloatConversions.ToDouble), typeof(ulong)),
        [Opcode.F32DemoteF64] = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.Demote), typeof(double)),
        [Opcode.F64PromoteF32] = Of(typeof(CompiledNumerics), nameof(CompiledNumerics.Promote), typeof(float)),
        [Opcode.I32ReinterpretF32] = SingleToInt32Bits,
        [Opcode.I64ReinterpretF64] = DoubleToInt64Bits,
        [Opcode.F64ReinterpretI64] = Int64BitsToDouble,
    };

    private static readonly MethodInfo RotateLeft32 = Of(typeof(BitOperations), nameof(BitOperations.RotateLeft), typeof(uint), typeof(int));
    private static readonly MethodInfo RotateRight32 = Of(typeof(BitOperations), nameof(BitOperations.RotateRight), typeof(uint), typeof(int));
    private static readonly MethodInfo RotateLeft64 = Of(typeof(BitOperations), nameof(BitOperations.RotateLeft), typeof(ulong), typeof(int));
    private static readonly MethodInfo RotateRight64 = Of(typeof(BitOperations), nameof(BitOperations.RotateRight), typeof(ulong), typeof(int));

    /// <summary>The method that the JIT makes one instruction of, for rotations whose result is not compared with zero.</summary>
    public static MethodInfo RotationOf(Opcode opcode) => opcode switch
    {
        Opcode.I32Rotl => RotateLeft32,
        Opcode.I32Rotr => RotateRight32,
        Opcode.I64Rotl => RotateLeft64,
        _ => RotateRight64,
    };

    /// <summary>The method that does an operator without side effects, or null.</summary>
    public static MethodInfo? Of(Opcode opcode) => Operators.GetValueOrDefault(opcode);

    private static MethodInfo Of(Type type, string name, params Type[] parameters) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Public, parameters)!;

    private static MethodInfo Of(Type type, string name) => type.GetMethod(name, BindingFlags.Static | BindingFlags.Public)!;
}
