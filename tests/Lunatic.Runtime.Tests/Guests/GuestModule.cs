using System.Text;
using Lunatic.Runtime.Tests.HostApi;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>
/// Writes guests in the text format. A guest may call every function of the host API by <c>$namespace.name</c> (for example <c>$message.send</c>), has one page of memory,
/// and <c>$report</c>, which tells the test a number.
/// </summary>
internal static class GuestModule
{
    /// <summary>The counter that <c>$report</c> adds to, so that numbers come out of a guest without use of what is tested.</summary>
    public const string ReportCounter = "test.report";

    private const int ReportNameAddress = 65_000;

    private static readonly string Imports = WriteImports();

    /// <summary>A module with these fields (functions, data …) after the imports and the memory.</summary>
    public static string Write(string fields) => $"""
        (module
        {Imports}
          (memory (export "memory") 1)
          (data (i32.const {ReportNameAddress}) "{ReportCounter}")
          (func $report (param i64) (call $metrics.counter (i32.const {ReportNameAddress}) (i32.const {ReportCounter.Length}) (local.get 0)))
          (func $report32 (param i32) (call $report (i64.extend_i32_u (local.get 0))))
        {fields}
        )
        """;

    private static string WriteImports()
    {
        var text = new StringBuilder();
        foreach (string line in HostApiSignatures.List.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] sides = parts[2].Replace("-", "", StringComparison.Ordinal).Split('→');
            text.Append($"""  (import "{parts[0]}" "{parts[1]}" (func ${parts[0].Split("::")[1]}.{parts[1]}""");
            Append(" (param", sides[0]);
            Append(" (result", sides.Length > 1 ? sides[1] : "");
            text.AppendLine("))");
        }
        return text.ToString();

        void Append(string head, string letters)
        {
            if (letters.Length > 0)
                text.Append(head).Append(string.Concat(letters.Select(letter => letter switch { 'i' => " i32", 'l' => " i64", _ => " f64" }))).Append(')');
        }
    }
}
