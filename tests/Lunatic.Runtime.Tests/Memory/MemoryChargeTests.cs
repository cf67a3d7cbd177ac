using Lunatic.Runtime.Memory;

namespace Lunatic.Runtime.Tests.Memory;

public sealed class MemoryChargeTests
{
    private const long Page = 65536;

    [TestCase(0, ExpectedResult = 0)]
    [TestCase(1, ExpectedResult = 1)]
    [TestCase(Page, ExpectedResult = 8 << 10)]
    [TestCase(17 * Page, ExpectedResult = 32 << 10)]
    [TestCase(32 * Page, ExpectedResult = 32 << 10)]
    [TestCase(33 * Page, ExpectedResult = (32 << 10) + Page)]
    [TestCase(65536 * Page, ExpectedResult = (4L << 30) - (2 << 20) + (32 << 10))]
    [TestCase(long.MaxValue, ExpectedResult = long.MaxValue - (2 << 20) + (32 << 10))]
    public long A_small_memory_counts_by_estimate_and_the_rest_in_full(long length) => MemoryCharge.Of(length);

    [Test]
    public void A_longer_memory_never_counts_less()
    {
        for (long length = 1; length < 4 << 20; length += 4093)
            Assert.That(MemoryCharge.Of(length), Is.GreaterThanOrEqualTo(MemoryCharge.Of(length - 1)).And.LessThanOrEqualTo(length));
    }

    [Test]
    public void Three_hundred_thousand_Rust_guests_count_less_than_ten_gigabytes() =>
        Assert.That(300_000 * MemoryCharge.Of(17 * Page), Is.LessThan(10_000_000_000));

    [Test]
    public void A_million_one_page_guests_count_less_than_nine_gigabytes() =>
        Assert.That(1_000_000 * MemoryCharge.Of(Page), Is.LessThan(9_000_000_000));
}
