using Lunatic.Runtime.HostApi.Legacy;

namespace Lunatic.Runtime.Tests.HostApi.Legacy;

/// <summary>Versions and questions for them, as Rust's semver has them.</summary>
[TestFixture]
public sealed class VersionRequirementTests
{
    [TestCase("1.2.3", "1.2.3", true)]
    [TestCase("1.2.3", "1.9.0", true)]
    [TestCase("1.2.3", "1.2.2", false)]
    [TestCase("1.2.3", "2.0.0", false)]
    [TestCase("^0.2.3", "0.2.9", true)]
    [TestCase("^0.2.3", "0.3.0", false)]
    [TestCase("^0.0.3", "0.0.3", true)]
    [TestCase("^0.0.3", "0.0.4", false)]
    [TestCase("^0.0", "0.0.9", true)]
    [TestCase("^0.0", "0.1.0", false)]
    [TestCase("^0", "0.9.0", true)]
    [TestCase("~1.2", "1.2.9", true)]
    [TestCase("~1.2", "1.3.0", false)]
    [TestCase("~1.2.3", "1.2.2", false)]
    [TestCase("~1", "1.9.9", true)]
    [TestCase("=1.2", "1.2.7", true)]
    [TestCase(">1.2", "1.2.7", false)]
    [TestCase(">1.2", "1.3.0", true)]
    [TestCase(">=1.2", "1.2.0", true)]
    [TestCase("<2", "1.9.9", true)]
    [TestCase("<2", "2.0.0", false)]
    [TestCase("<=1.2", "1.2.9", true)]
    [TestCase("1.*", "1.7.0", true)]
    [TestCase("1.2.x", "1.3.0", false)]
    [TestCase("*", "0.0.0", true)]
    [TestCase("*", "1.0.0-a", false)]
    [TestCase(">= 1.0.0, < 2", "1.5.0", true)]
    [TestCase("1.0.0-alpha", "1.0.0-beta", true)]
    [TestCase("1.0.0-alpha", "1.1.0-beta", false)]
    [TestCase("1.0.0-alpha.2", "1.0.0-alpha.10", true)]
    [TestCase("1.0.0-alpha.2", "1.0.0-alpha", false)]
    [TestCase("1.0.0-1", "1.0.0-a", true)]
    [TestCase("1.0.0-a", "1.0.0-1", false)]
    [TestCase("1.0.0-rc", "1.0.0", true)]
    public void A_version_fits_or_not(string question, string version, bool fits) =>
        Assert.That(VersionRequirement.Parse(question)!.Matches(SemanticVersion.Parse(version)!), Is.EqualTo(fits));

    [TestCase("1.2")]
    [TestCase("1.2.3.4")]
    [TestCase("01.2.3")]
    [TestCase("1.2.3-")]
    [TestCase("1.2.3-01")]
    [TestCase("v1.2.3")]
    [TestCase("1.2.99999999999999999999")]
    [TestCase("")]
    public void What_is_no_version_is_none(string text) => Assert.That(SemanticVersion.Parse(text), Is.Null);

    [TestCase("")]
    [TestCase("not semver")]
    [TestCase("1.*.3")]
    [TestCase(">1,")]
    [TestCase("^^1")]
    public void What_is_no_question_is_none(string text) => Assert.That(VersionRequirement.Parse(text), Is.Null);
}
