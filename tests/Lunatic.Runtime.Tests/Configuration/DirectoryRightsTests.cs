using Lunatic.Runtime.Configuration;

namespace Lunatic.Runtime.Tests.Configuration;

internal sealed class DirectoryRightsTests
{
    private static readonly DirectoryGrant Own = new(new PreopenedDirectory("/srv/data", "/data"));

    [TestCase("/data", "")]
    [TestCase("/data/", "")]
    [TestCase("/data/a/b", "a/b")]
    [TestCase("/data/a/../b", "b")]
    [TestCase("/srv/data/a", "a")]
    public void What_lies_in_an_own_directory_is_found(string path, string steps)
    {
        DirectoryGrant? found = DirectoryRights.Find([Own], path);
        Assert.That(found, Is.Not.Null);
        Assert.That(string.Join(';', found!.Steps), Is.EqualTo(steps));
        Assert.That(found.HostPath, Is.EqualTo("/srv/data"));
        Assert.That(found.GuestPath, Is.EqualTo(path));
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("/data/..")]
    [TestCase("/data/../etc")]
    [TestCase("/database")]
    [TestCase("/srv")]
    [TestCase("/data/a\0b")]
    public void What_lies_outside_is_not(string path) => Assert.That(DirectoryRights.Find([Own], path), Is.Null);

    [Test]
    public void What_was_handed_on_is_reached_from_where_it_was_handed_on()
    {
        DirectoryGrant child = DirectoryRights.Find([Own], "/data/a")!;
        DirectoryGrant grandchild = DirectoryRights.Find([child], "/data/a/b")!;
        Assert.That(grandchild.Steps, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(DirectoryRights.Find([child], "/data/c"), Is.Null);
        Assert.That(DirectoryRights.Find([child], "/srv/data/c"), Is.Null);
    }
}
