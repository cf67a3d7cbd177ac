using System.Globalization;

namespace Lunatic.Cli.Testing;

/// <summary>Tells how tests go, in the form of Rust's own tests, in the order in which they end. Colours unless NO_COLOR is set.</summary>
internal sealed class TestReport(TextWriter output, bool showOutput)
{
    private const int Green = 92;
    private const int Red = 91;
    private const int Yellow = 93;

    private readonly Lock _lock = new();
    private readonly bool _hasColours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private readonly List<TestOutcome> _outcomes = [];
    private int _ignored;

    /// <summary>Says how many tests were chosen.</summary>
    public void Start(int count) => output.Write(string.Create(CultureInfo.InvariantCulture, $"\nrunning {count} tests\n"));

    /// <summary>A test does not run.</summary>
    public void Ignore(GuestTest test)
    {
        lock (_lock)
        {
            _ignored++;
            WriteLine(test, "ignored", Yellow);
        }
    }

    /// <summary>A test has ended.</summary>
    public void End(TestOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes.Add(outcome);
            WriteLine(outcome.Test, outcome.Passed ? "ok" : "FAILED", outcome.Passed ? Green : Red);
        }
    }

    /// <summary>Shows what was written and the sums.</summary>
    /// <returns>Whether no test failed.</returns>
    public bool Finish(int filteredOut, TimeSpan time)
    {
        TestOutcome[] failed = [.. _outcomes.Where(static outcome => !outcome.Passed)];
        TestOutcome[] passed = [.. _outcomes.Where(static outcome => outcome.Passed)];
        if (showOutput)
            WriteOutputs("successes", passed);
        WriteOutputs("failures", failed);
        string result = failed.Length == 0 ? Coloured("ok", Green) : Coloured("FAILED", Red);
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\ntest result: {result}. {passed.Length} passed; {failed.Length} failed; {_ignored} ignored; 0 measured; {filteredOut} filtered out; finished in {time.TotalSeconds:F2}s\n\n"));
        output.Flush();
        return failed.Length == 0;
    }

    private void WriteOutputs(string title, TestOutcome[] outcomes)
    {
        if (outcomes.Length == 0)
            return;
        output.Write($"\n{title}:\n\n");
        foreach (TestOutcome outcome in outcomes.Where(static outcome => outcome.Output.Length > 0))
            output.Write($"---- {outcome.Test.Name} stdout ----\n{TestOutput.WithLineEnd(outcome.Output)}\n");
        output.Write($"\n{title}:\n");
        foreach (string name in outcomes.Select(static outcome => outcome.Test.Name).Order(StringComparer.Ordinal))
            output.Write($"    {name}\n");
    }

    private void WriteLine(GuestTest test, string result, int colour)
    {
        output.Write($"test {test.Title} ... {Coloured(result, colour)}\n");
        output.Flush();
    }

    private string Coloured(string text, int colour) => _hasColours ? string.Create(CultureInfo.InvariantCulture, $"\e[{colour}m{text}\e[0m") : text;
}
