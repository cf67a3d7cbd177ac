using System.Reflection;
using System.Runtime.Intrinsics;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// Operators that are one method of <see cref="Vector128"/>. Generated code calls these directly: in functions with many locals the JIT puts no methods in
/// place any more, but instructions of these still.
/// </summary>
internal static class VectorIntrinsics
{
    private static readonly MethodInfo[] Methods = typeof(Vector128).GetMethods(BindingFlags.Static | BindingFlags.Public);
    private static readonly Dictionary<Opcode, VectorIntrinsic> Table = MakeTable();

    /// <summary>The method that is the operator, or null.</summary>
    public static VectorIntrinsic? Of(Opcode opcode) => Table.GetValueOrDefault(opcode);

    private static Dictionary<Opcode, VectorIntrinsic> MakeTable()
    {
        var table = new Dictionary<Opcode, VectorIntrinsic>();
        AddBits(table);
        AddIntegers(table, "I8x16", typeof(sbyte), typeof(byte));
        AddIntegers(table, "I16x8", typeof(short), typeof(ushort));
        AddIntegers(table, "I32x4", typeof(int), typeof(uint));
        AddIntegers(table, "I64x2", typeof(long), typeof(ulong));
        AddFloats(table, "F32x4", typeof(float));
        AddFloats(table, "F64x2", typeof(double));
        AddExtensions(table, "I16x8", "I8x16", typeof(sbyte), typeof(byte));
        AddExtensions(table, "I32x4", "I16x8", typeof(short), typeof(ushort));
        AddExtensions(table, "I64x2", "I32x4", typeof(int), typeof(uint));
        return table;
    }

    private static void AddBits(Dictionary<Opcode, VectorIntrinsic> table)
    {
        Add(table, "V128Not", nameof(Vector128.OnesComplement), typeof(byte));
        Add(table, "V128And", nameof(Vector128.BitwiseAnd), typeof(byte));
        Add(table, "V128AndNot", nameof(Vector128.AndNot), typeof(byte));
        Add(table, "V128Or", nameof(Vector128.BitwiseOr), typeof(byte));
        Add(table, "V128Xor", nameof(Vector128.Xor), typeof(byte));
    }

    // shapes lack some of these; what is no operator is left out
    private static void AddIntegers(Dictionary<Opcode, VectorIntrinsic> table, string shape, Type signed, Type unsigned)
    {
        Add(table, shape + "Add", nameof(Vector128.Add), unsigned);
        Add(table, shape + "Sub", nameof(Vector128.Subtract), unsigned);
        Add(table, shape + "Mul", nameof(Vector128.Multiply), signed);
        Add(table, shape + "Neg", nameof(Vector128.Negate), signed);
        Add(table, shape + "Eq", nameof(Vector128.Equals), unsigned);
        Add(table, shape + "Ne", nameof(Vector128.Equals), unsigned, isComplement: true);
        foreach ((string suffix, Type lane) in new[] { ("S", signed), ("U", unsigned) })
        {
            Add(table, shape + "Lt" + suffix, nameof(Vector128.LessThan), lane);
            Add(table, shape + "Gt" + suffix, nameof(Vector128.GreaterThan), lane);
            Add(table, shape + "Le" + suffix, nameof(Vector128.LessThanOrEqual), lane);
            Add(table, shape + "Ge" + suffix, nameof(Vector128.GreaterThanOrEqual), lane);
            Add(table, shape + "Min" + suffix, nameof(Vector128.Min), lane);
            Add(table, shape + "Max" + suffix, nameof(Vector128.Max), lane);
            Add(table, shape + "AddSat" + suffix, nameof(Vector128.AddSaturate), lane);
            Add(table, shape + "SubSat" + suffix, nameof(Vector128.SubtractSaturate), lane);
        }
    }

    // arithmetic as in VectorArithmetic: NaNs may be any
    private static void AddFloats(Dictionary<Opcode, VectorIntrinsic> table, string shape, Type lane)
    {
        Add(table, shape + "Add", nameof(Vector128.Add), lane);
        Add(table, shape + "Sub", nameof(Vector128.Subtract), lane);
        Add(table, shape + "Mul", nameof(Vector128.Multiply), lane);
        Add(table, shape + "Div", nameof(Vector128.Divide), lane);
        Add(table, shape + "Sqrt", nameof(Vector128.Sqrt), lane);
        Add(table, shape + "Min", nameof(Vector128.Min), lane);
        Add(table, shape + "Max", nameof(Vector128.Max), lane);
        Add(table, shape + "Eq", nameof(Vector128.Equals), lane);
        Add(table, shape + "Ne", nameof(Vector128.Equals), lane, isComplement: true);
        Add(table, shape + "Lt", nameof(Vector128.LessThan), lane);
        Add(table, shape + "Gt", nameof(Vector128.GreaterThan), lane);
        Add(table, shape + "Le", nameof(Vector128.LessThanOrEqual), lane);
        Add(table, shape + "Ge", nameof(Vector128.GreaterThanOrEqual), lane);
        Add(table, shape + "Ceil", nameof(Vector128.Ceiling), lane);
        Add(table, shape + "Floor", nameof(Vector128.Floor), lane);
        Add(table, shape + "Trunc", nameof(Vector128.Truncate), lane);
        Add(table, shape + "Nearest", nameof(Vector128.Round), lane);
    }

    private static void AddExtensions(Dictionary<Opcode, VectorIntrinsic> table, string shape, string narrow, Type signed, Type unsigned)
    {
        foreach ((string suffix, Type lane) in new[] { ("S", signed), ("U", unsigned) })
        {
            Add(table, shape + "ExtendLow" + narrow + suffix, nameof(Vector128.WidenLower), lane);
            Add(table, shape + "ExtendHigh" + narrow + suffix, nameof(Vector128.WidenUpper), lane);
        }
    }

    private static void Add(Dictionary<Opcode, VectorIntrinsic> table, string name, string method, Type lane, bool isComplement = false)
    {
        if (Enum.TryParse(name, out Opcode opcode))
            table.Add(opcode, new VectorIntrinsic(Find(method, lane, Vectors.VectorSignature.Of(opcode).Form == Vectors.VectorForm.Binary ? 2 : 1), isComplement));
    }

    private static MethodInfo Find(string name, Type lane, int operands)
    {
        Type vector = typeof(Vector128<>).MakeGenericType(lane);
        foreach (MethodInfo candidate in Methods)
        {
            if (candidate.Name != name || candidate.GetGenericArguments().Length > 1)
                continue;
            MethodInfo method = candidate.IsGenericMethodDefinition ? candidate.MakeGenericMethod(lane) : candidate;
            ParameterInfo[] parameters = method.GetParameters();
            if (parameters.Length == operands && Array.TrueForAll(parameters, parameter => parameter.ParameterType == vector))
                return method;
        }
        throw new MissingMethodException(nameof(Vector128), name);
    }
}
