using System.Text.Json;

namespace Lunatic.Wasm.Scripts;

/// <summary>Reads scripts in the JSON form that <c>wast2json</c> and <c>wasm-tools json-from-wast</c> write, with modules in files beside it.</summary>
internal sealed class JsonScriptReader(string folder)
{
    /// <summary>Reads a script; its modules are in <paramref name="folder"/>.</summary>
    /// <exception cref="FormatException">It is no such JSON.</exception>
    public static List<ScriptCommand> Read(byte[] json, string folder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var reader = new JsonScriptReader(folder);
            return document.RootElement.GetProperty("commands").EnumerateArray().Select(reader.Command).ToList();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new FormatException($"the script is not in the JSON form of wast2json: {exception.Message}", exception);
        }
    }

    private ScriptCommand Command(JsonElement command)
    {
        string kind = Text(command, "type");
        int line = command.GetProperty("line").GetInt32();
        return kind switch
        {
            "module" => new ModuleCommand(line, Optional(command, "name"), Source(command), DefinitionOnly: false),
            "module_definition" => new ModuleCommand(line, Optional(command, "name"), Source(command), DefinitionOnly: true),
            "module_instance" => new InstanceCommand(line, Optional(command, "instance"), Optional(command, "module")),
            "register" => new RegisterCommand(line, Text(command, "as"), Optional(command, "name")),
            "action" => new ActionCommand(line, Action(command)),
            "assert_return" => new AssertReturnCommand(line, Action(command), Array(command, "expected", JsonScriptValues.Pattern)),
            "assert_trap" or "assert_exhaustion" => new AssertTrapCommand(kind, line, Action(command), Text(command, "text")),
            AssertModuleCommand.Malformed or AssertModuleCommand.Invalid or AssertModuleCommand.Unlinkable or AssertModuleCommand.Uninstantiable =>
                new AssertModuleCommand(kind, line, Source(command), Text(command, "text")),
            _ => new UnsupportedCommand(kind, line),
        };
    }

    private ModuleSource Source(JsonElement command)
    {
        string path = Path.Combine(folder, Path.GetFileName(Text(command, "filename")));
        return Optional(command, "module_type") == "text" ? ModuleSource.TextFile(path) : ModuleSource.BinaryFile(path);
    }

    private static ScriptAction Action(JsonElement command)
    {
        JsonElement action = command.GetProperty("action");
        bool invoke = Text(action, "type") == "invoke";
        return new ScriptAction(
            Optional(action, "module"), Text(action, "field"), invoke ? Array(action, "args", JsonScriptValues.Value) : null);
    }

    private static T[] Array<T>(JsonElement element, string name, Func<JsonElement, T> read) =>
        element.GetProperty(name).EnumerateArray().Select(read).ToArray();

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null");

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement found) ? found.GetString() : null;
}
