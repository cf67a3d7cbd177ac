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

    [Test]
    public void A_guest_and_a_process_exchange_messages() => Assert.That(Run("QuickStart"), Is.EqualTo(new[]
    {
        "the guest says: hello, Joe",
        "the guest says: hello, Robert",
        "the guest says: hello, Mike",
        "the C# process returned",
        "the endless loop ended: all fuel is used",
        "the crash ended: unreachable",
        "    at fail (function 7, offset 0x133)",
        "    at crash (function 8, offset 0x137)",
        "the greeter was killed",
    }));

    [Test]
    public void The_engine_alone_runs_a_module()
    {
        string[] lines = Run("EmbeddedWasm");

        Assert.That(lines.Take(5), Is.EqualTo(new[] { "guest says 2", "2 + 3 = 5", "fetched 700", "after a slice: Preempted, fuel used True", "trap: integer divide by zero" }));
        Assert.That(lines[5], Does.Contain("at divide (function "));
    }

    [Test]
    public void Requests_are_replied_to_by_a_guest() => Assert.That(Run("RequestReply"), Is.EqualTo(new[]
    {
        "Order { Article = tea, Quantity = 3 }: 1050 cents",
        "Order { Article = bread, Quantity = 2 }: 840 cents",
        "no reply: unreachable",
    }));

    [Test]
    public void Bad_plug_ins_end_and_the_host_goes_on() => Assert.That(Run("Plugins"), Is.EqualTo(new[]
    {
        "1-good: 1200 cents off",
        "2-endless: failed: all fuel is used",
        "3-hungry: failed: out of bounds memory access",
        "4-broken: failed: integer divide by zero",
        "5-greedy: failed: shop::cart::give_discount: 99999999 cents cannot be off 12000",
        "6-nosy: failed: lunatic::process::kill: the function is not allowed in this environment",
        "7-unknown: cannot be used: unknown import (import \"shop::cart\" \"empty\")",
        "8-good-again: 600 cents off",
    }));

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
