using System.Globalization;
using System.Text.Json;
using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>Reads arguments and result patterns in the JSON form of scripts: numbers as decimal strings of their bits, vectors as arrays of them.</summary>
internal static class JsonScriptValues
{
    public static WasmValue Value(JsonElement element)
    {
        if (Type(element) == "v128")
            return Vector(element) is ExactPattern exact ? exact.Expected : throw new FormatException("an argument with a pattern");
        string text = Text(element) ?? throw new FormatException("a value is missing");
        switch (Type(element))
        {
            case "funcref" when text == "null":
                return WasmValue.FromFuncRef(null);
            case "externref":
                return WasmValue.FromExternRef(text == "null" ? null : new HostReference(Number(text)));
            default:
                return WasmValue.FromBits(NumberType(element), Number(text));
        }
    }

    public static ResultPattern Pattern(JsonElement element)
    {
        if (Type(element) == "v128")
            return Vector(element);
        string? text = Text(element);
        switch (Type(element))
        {
            case "either":
                return new EitherPattern(element.GetProperty("values").EnumerateArray().Select(Pattern).ToArray());
            case "refnull":
                return new ReferencePattern(Type: null, IsNull: true);
            case "funcref":
                return new ReferencePattern(WasmValueType.FuncRef, IsNull: text == "null");
            case "externref":
                ulong? number = text is null or "null" ? null : Number(text);
                return new ReferencePattern(WasmValueType.ExternRef, IsNull: text == "null", number);
            default:
                return IsNan(text) ? Nan(NumberType(element), text) : new ExactPattern(Value(element));
        }
    }

    private static ResultPattern Vector(JsonElement element)
    {
        VectorShape shape = Shape(element.GetProperty("lane_type").GetString());
        VectorPattern.Lane[] lanes = element.GetProperty("value").EnumerateArray().Select(lane => Lane(shape, lane.GetString() ?? throw new FormatException("a lane is null"))).ToArray();
        return lanes.Length == shape.Lanes ? VectorPattern.Of(shape, lanes) : throw new FormatException($"a vector of {lanes.Length} lanes");
    }

    private static VectorPattern.Lane Lane(VectorShape shape, string text) =>
        shape.IsFloat && IsNan(text) ? new VectorPattern.Lane(0, Nan(VectorPattern.LaneType(shape), text)) : new VectorPattern.Lane(Number(text), null);

    private static VectorShape Shape(string? laneType) => laneType switch
    {
        "i8" => new VectorShape(16, IsFloat: false),
        "i16" => new VectorShape(8, IsFloat: false),
        "i32" => new VectorShape(4, IsFloat: false),
        "i64" => new VectorShape(2, IsFloat: false),
        "f32" => new VectorShape(4, IsFloat: true),
        "f64" => new VectorShape(2, IsFloat: true),
        _ => throw new FormatException($"lanes of type {laneType} do not exist"),
    };

    private static bool IsNan(string? text) => text is "nan:canonical" or "nan:arithmetic";

    private static NanPattern Nan(WasmValueType type, string? text) => new(type, Canonical: text == "nan:canonical");

    private static string Type(JsonElement element) => element.GetProperty("type").GetString() ?? throw new FormatException("a type is null");

    private static string? Text(JsonElement element) =>
        element.TryGetProperty("value", out JsonElement value) ? value.GetString() : null;

    private static ulong Number(string text) =>
        text.StartsWith('-') ? (ulong)long.Parse(text, CultureInfo.InvariantCulture) : ulong.Parse(text, CultureInfo.InvariantCulture);

    private static WasmValueType NumberType(JsonElement element) => Type(element) switch
    {
        "i32" => WasmValueType.I32,
        "i64" => WasmValueType.I64,
        "f32" => WasmValueType.F32,
        "f64" => WasmValueType.F64,
        string other => throw new FormatException($"values of type {other} are not supported in scripts"),
    };
}
