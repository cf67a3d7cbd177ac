using System.Text.RegularExpressions;

namespace Lunatic.Cli.Projects;

/// <summary>
/// Changes a .cargo/config.toml so that cargo builds for WebAssembly and runs programs by lunatic. Only lines are looked at, so that comments and everything else stay as
/// they are; a file that says the same in another way (dotted keys, inline tables) is left alone, with a message.
/// </summary>
internal static partial class CargoConfiguration
{
    /// <summary>The command that cargo runs programs by.</summary>
    public const string Runner = "lunatic run";

    private const string OldRunner = "lunatic";

    /// <summary>Makes the changes.</summary>
    /// <param name="before">The file's text; empty: there is no file.</param>
    /// <param name="target">The target.</param>
    /// <param name="after">The text with the settings in it.</param>
    /// <returns>Null, or why nothing is changed.</returns>
    public static string? Apply(string before, string target, out string after)
    {
        after = before;
        List<string> lines = [.. before.Split('\n')];
        if (lines.Find(line => OtherForm().IsMatch(line)) is { } other)
            return $"cannot be changed by this command, as it has the line `{other.Trim()}`: add the setting build.target = \"{target}\" and, for that target, runner = \"{Runner}\"";
        if (Set(lines, "build", "target", target, null) is { } wrongTarget)
            return $"sets build.target to \"{wrongTarget}\": Lunatic needs \"{target}\"; change or remove that line and run `lunatic init` again";
        if (Set(lines, $"target.{target}", "runner", Runner, OldRunner) is { } wrongRunner)
            return $"sets the runner of {target} to \"{wrongRunner}\": Lunatic needs \"{Runner}\"; change or remove that line and run `lunatic init` again";
        after = string.Join('\n', lines);
        return null;
    }

    // the value that is there and must not be replaced; null after a success
    private static string? Set(List<string> lines, string section, string key, string value, string? replaceable)
    {
        string setting = $"{key} = \"{value}\"";
        int header = lines.FindIndex(line => SectionName(line) == section);
        if (header < 0)
        {
            while (lines.Count > 0 && lines[^1].Length == 0)
                lines.RemoveAt(lines.Count - 1);
            if (lines.Count > 0)
                lines.Add("");
            lines.AddRange([$"[{section}]", setting, ""]);
            return null;
        }
        for (int at = header + 1; at < lines.Count && SectionName(lines[at]) is null; at++)
        {
            if (Setting().Match(lines[at]) is not { Success: true } match || match.Groups["key"].Value != key)
                continue;
            string found = match.Groups["value"].Value;
            if (found == value)
                return null;
            if (found != replaceable)
                return found;
            lines[at] = setting;
            return null;
        }
        lines.Insert(header + 1, setting);
        return null;
    }

    private static string? SectionName(string line) =>
        Header().Match(line) is { Success: true } match ? match.Groups["name"].Value.Replace("\"", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^\s*\[(?<name>[^\[\]]+)\]\s*(#.*)?$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^\s*(?<key>[A-Za-z0-9_-]+)\s*=\s*(""(?<value>[^""]*)""|'(?<value>[^']*)'|(?<value>[^#]*?))\s*(#.*)?$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\s*(build|target)\s*(\.|=\s*\{)|^\s*(wasm32-wasi|wasm32-wasip1|""wasm32-wasi(p1)?"")\s*(\.|=\s*\{)")]
    private static partial Regex OtherForm();
}
