using System.Reflection;

namespace Lunatic.Samples.Tests;

/// <summary>Runs the samples and compares what they print.</summary>
internal sealed class SampleTests
{
    [Test]
    public void Supervised_workers_come_back_and_stop_with_the_host() => Assert.That(Run("SupervisedWorkers"), Is.EqualTo(new[]
    {
        "Hello, Joe!",
        "the greeter tidies up",
        "greeter crashed: InvalidDataException: nobody asked for a greeting",
        "clock crashed: unreachable",
        "Hello, Robert!",
        "greeter: Running, 1 restart, last end: InvalidDataException: nobody asked for a greeting",
        "clock: Running, 1 restart, last end: unreachable",
        "the greeter tidies up",
        "the workers returned",
    }));

    [Test]
    public void Metrics_and_traces_reach_OpenTelemetry()
    {
        string[] lines = Run("Metrics");

        Assert.That(lines, Has.Member("lunatic.process.ended: environment=shop reason=Returned 3").And.Member("lunatic.process.ended: environment=shop reason=Faulted 1"));
        Assert.That(lines, Has.Member("lunatic.process: 3 with status Unset").And.Member("lunatic.process: 1 with status Error"));
    }

    private static string[] Run(string sample)
    {
        TextWriter console = Console.Out;
        using StringWriter output = new();
        Console.SetOut(TextWriter.Synchronized(output));
        try
        {
            Assembly.Load(sample).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
