using System.CommandLine;
using Lunatic.Wasm;
using Spectre.Console;

namespace Lunatic.Cli.Commands;

/// <summary>`lunatic inspect`: shows what a module imports and exports.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The module, binary or text." };
        Command command = new("inspect", "Shows imports and exports of a module.") { file };
        command.SetAction(parsed => Inspect(parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Inspect(string path)
    {
        if (ModuleFile.Read(path) is not { } bytes)
            return ExitStatus.Failure;
        try
        {
            var module = WasmModule.Load(bytes);
            AnsiConsole.WriteLine($"{path}: {bytes.Length:N0} bytes{(module.Name is { } name ? $", module {name}" : "")}");
            Show("Imports", module.Imports.Select(import => ($"{import.Module} {import.Name}", import.Type)));
            Show("Exports", module.Exports.Select(export => (export.Name, export.Type)));
            return ExitStatus.Success;
        }
        catch (WasmException exception)
        {
            ModuleFile.Report(path, exception);
            return ExitStatus.Failure;
        }
    }

    private static void Show(string title, IEnumerable<(string Name, WasmExternalType Type)> items)
    {
        Table table = new Table().Border(TableBorder.None).AddColumn(title).AddColumn("Type");
        foreach ((string name, WasmExternalType type) in items)
            table.AddRow(Markup.Escape(name), Markup.Escape(type.ToString() ?? ""));
        AnsiConsole.Write(table);
    }
}
