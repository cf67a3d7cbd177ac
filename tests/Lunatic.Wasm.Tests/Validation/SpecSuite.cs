using System.Text.Json;
using Lunatic.Wasm.Tests.Scripts;

namespace Lunatic.Wasm.Tests.Validation;

/// <summary>The modules of the specification's scripts in binary.</summary>
internal static class SpecSuite
{
    /// <summary>The binary modules of a script with what the script says of each.</summary>
    public static IReadOnlyList<SpecModule> Modules(string script)
    {
        string json = SpecScripts.Path(script, ScriptForm.Json);
        string folder = Path.GetDirectoryName(json)!;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        var modules = new List<SpecModule>();
        foreach (JsonElement command in document.RootElement.GetProperty("commands").EnumerateArray())
        {
            if (!command.TryGetProperty("filename", out JsonElement file) || !file.GetString()!.EndsWith(".wasm", StringComparison.Ordinal))
                continue;
            modules.Add(new SpecModule(
                command.GetProperty("line").GetInt32(),
                command.GetProperty("type").GetString()!,
                command.TryGetProperty("text", out JsonElement text) ? text.GetString()! : "",
                File.ReadAllBytes(Path.Combine(folder, file.GetString()!))));
        }
        return modules;
    }
}
