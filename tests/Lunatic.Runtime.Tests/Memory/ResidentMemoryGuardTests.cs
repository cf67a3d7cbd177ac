using Lunatic.Runtime.Memory;

namespace Lunatic.Runtime.Tests.Memory;

public sealed class ResidentMemoryGuardTests
{
    private const long Interval = 64 << 20;

    [Test]
    public void Measures_once_per_64_MiB_handed_out()
    {
        int measured = 0;
        using ResidentMemoryGuard guard = new(1000, () => { measured++; return 10; });
        for (int mebibyte = 0; mebibyte < 640; mebibyte++)
            Assert.That(guard.Allows(1 << 20));
        Assert.That(measured, Is.EqualTo(10));
    }

    [Test]
    public void Refuses_while_the_process_is_over_the_limit_and_goes_on_when_it_is_not()
    {
        long resident = 1001;
        using ResidentMemoryGuard guard = new(1000, () => resident);
        Assert.That(guard.Allows(1), "nothing measured yet");
        Assert.That(guard.Allows(Interval), Is.False);
        Assert.That(guard.Allows(1), Is.False);
        resident = 1000;
        Assert.That(guard.Allows(1));
        Assert.That(guard.Allows(1));
    }

    [Test]
    public void Gives_back_what_is_kept_for_speed_before_it_refuses()
    {
        long resident = 2000;
        using ResidentMemoryGuard guard = new(1000, () => resident, () => resident = 500);
        Assert.That(guard.Allows(Interval));
        Assert.That(resident, Is.EqualTo(500));
    }

    [Test]
    public void Measures_the_real_process()
    {
        using ResidentMemoryGuard small = new(1 << 20);
        using ResidentMemoryGuard large = new(1L << 50);
        Assert.That(small.Allows(Interval), Is.False, "a .NET process has more than 1 MiB");
        Assert.That(large.Allows(Interval));
    }

    [Test]
    public void Huge_requests_do_not_wrap_its_counter_around()
    {
        int measured = 0;
        using ResidentMemoryGuard guard = new(1000, () => { measured++; return 10; });
        Assert.That(guard.Allows(long.MaxValue));
        Assert.That(guard.Allows(long.MaxValue));
        Assert.That(measured, Is.EqualTo(2));
    }
}
