using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Registry;
using Lunatic.Runtime.Tests.Processes;

namespace Lunatic.Runtime.Tests.Registry;

internal sealed class ProcessRegistryTests(SchedulerKind kind) : KernelFixture(kind)
{
    private ScriptedProcess Idle() => ScriptedProcess.Start(Environment, _ => SliceOutcome.Waiting);

    [Test]
    public void A_name_finds_its_process_until_it_ends()
    {
        ScriptedProcess process = Idle();
        Environment.Register("a", process);
        Environment.Register("b", process);

        Assert.That(Environment.FindProcess("a"), Is.SameAs(process));
        process.Kill();
        Exit(process);
        Assert.That(Environment.FindProcess("a"), Is.Null);
        Assert.That(Environment.Registry.Count, Is.Zero);
    }

    [Test]
    public void A_name_can_be_taken_over_and_survives_its_former_owner()
    {
        ScriptedProcess first = Idle(), second = Idle();
        Environment.Register("a", first);
        Environment.Register("a", second);
        first.Kill();
        Exit(first);

        Assert.That(Environment.FindProcess("a"), Is.SameAs(second));
    }

    [Test]
    public void The_name_of_a_process_that_has_ended_is_not_kept()
    {
        ScriptedProcess process = Idle();
        process.Kill();
        Exit(process);
        Environment.Register("a", process);

        Assert.That(Environment.Registry.Count, Is.Zero);
    }

    [Test]
    public void Only_one_of_those_who_claim_a_name_gets_it_and_the_others_are_woken()
    {
        ScriptedProcess claimant = Idle(), child = Idle();
        Assert.That(Environment.Registry.Claim("a", claimant, out _), Is.EqualTo(ClaimResult.Claimed));
        ClaimResult? seen = null;
        ProcessId found = default;
        var asked = new TaskCompletionSource();
        ScriptedProcess other = ScriptedProcess.Start(Environment, process =>
        {
            ClaimResult result = Environment.Registry.Claim("a", process, out found);
            seen ??= result;
            asked.TrySetResult();
            if (result is ClaimResult.Found)
                process.EndWith(ExitReason.Returned);
            return SliceOutcome.Waiting;
        });
        Run(asked.Task, "the second claim");
        Environment.Registry.Put("a", child.Id, child);
        Exit(other);

        Assert.That(seen, Is.EqualTo(ClaimResult.Busy));
        Assert.That(found, Is.EqualTo(child.Id));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_claim_that_is_given_up_passes_on(bool byEnding)
    {
        ScriptedProcess claimant = Idle();
        Environment.Registry.Claim("a", claimant, out _);
        var asked = new TaskCompletionSource();
        ScriptedProcess other = ScriptedProcess.Start(Environment, process =>
        {
            if (Environment.Registry.Claim("a", process, out _) is ClaimResult.Claimed)
                process.EndWith(ExitReason.Returned);
            asked.TrySetResult();
            return SliceOutcome.Waiting;
        });
        Run(asked.Task, "the second claim");
        if (byEnding)
            claimant.Kill();
        else
            Environment.Registry.GiveUp("a", claimant);

        Assert.That(Exit(other), Is.EqualTo(ExitReason.Returned));
        Assert.That(Environment.Registry.Count, Is.Zero, "names left");
    }
}
