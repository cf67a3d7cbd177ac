using System.Globalization;
using System.Text.Json;

namespace Lunatic.Wasm.Scripts;

/// <summary>Reads arguments and result patterns in the JSON form of scripts: numbers as decimal strings of their bits.</summary>
internal static class JsonScriptValues
{
    public static WasmValue Value(JsonElement element)
    {
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
                return text is "nan:canonical" or "nan:arithmetic"
                    ? new NanPattern(NumberType(element), Canonical: text == "nan:canonical")
                    : new ExactPattern(Value(element));
        }
    }

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
        string other => throw new FormatException($"values of type {other} are not supported in scripts yet"),
    };
}
