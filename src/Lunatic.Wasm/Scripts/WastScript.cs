using System.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>
/// A script of the WebAssembly test suite: modules, actions and assertions, in the text form (<c>.wast</c>) or in the JSON form that
/// <c>wast2json</c> and <c>wasm-tools json-from-wast</c> write. Immutable; may be run any number of times.
/// </summary>
public sealed class WastScript
{
    private readonly List<ScriptCommand> _commands;

    private WastScript(string name, List<ScriptCommand> commands)
    {
        Name = name;
        _commands = commands;
    }

    /// <summary>The script's file name, or what it was called.</summary>
    public string Name { get; }

    /// <summary>Number of commands.</summary>
    public int Commands => _commands.Count;

    internal IReadOnlyList<ScriptCommand> Content => _commands;

    /// <summary>Number of assertions: of commands whose name begins with <c>assert_</c>, whatever they assert.</summary>
    public int Assertions => _commands.Count(command => command.Kind.StartsWith("assert_", StringComparison.Ordinal));

    /// <summary>Reads a script from a file: <c>.json</c> in the JSON form (its modules are files in the same folder), else text.</summary>
    /// <exception cref="WasmMalformedException">The text is no script.</exception>
    /// <exception cref="FormatException">The JSON is no script.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WastScript Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = File.ReadAllBytes(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool isJson = string.Equals(Path.GetExtension(path), ".json", StringComparison.OrdinalIgnoreCase);
        return new WastScript(Path.GetFileName(path), isJson ? JsonScriptReader.Read(content, folder) : TextScriptReader.Read(content));
    }

    /// <summary>Reads a script in the text form.</summary>
    /// <exception cref="WasmMalformedException">The text is no script.</exception>
    public static WastScript Parse(string text, string name = "script") => new(name, TextScriptReader.Read(Encoding.UTF8.GetBytes(text)));

    /// <summary>Executes the script's commands in order, in a store of their own. What is wrong with a module or guest becomes a result.</summary>
    /// <param name="options">How to execute it.</param>
    /// <param name="progress">Told each result as it comes, on the calling thread's terms (<see cref="IProgress{T}"/>).</param>
    /// <param name="cancellation">Stops between two slices.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public WastSummary Run(WastOptions? options = null, IProgress<WastResult>? progress = null, CancellationToken cancellation = default)
    {
        using var runner = new WastRunner(options ?? WastOptions.Default, cancellation);
        var results = new List<WastResult>(_commands.Count);
        foreach (ScriptCommand command in _commands)
        {
            cancellation.ThrowIfCancellationRequested();
            WastResult result = runner.Execute(command);
            results.Add(result);
            progress?.Report(result);
        }
        return new WastSummary([.. results]);
    }
}
