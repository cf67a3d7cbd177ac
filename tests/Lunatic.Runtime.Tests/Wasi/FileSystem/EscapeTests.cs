using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

[TestFixture(ResolverKind.Beneath)]
[TestFixture(ResolverKind.Walking)]
internal sealed class EscapeTests(ResolverKind kind)
{
    private TemporaryDirectory _files = null!;

    [SetUp]
    public void SetUp()
    {
        _files = new TemporaryDirectory(kind.Create());
        Directory.CreateDirectory(_files.Host("a/b"));
        File.WriteAllText(_files.Host("a/inside"), "inside");
        File.CreateSymbolicLink(_files.Host("link-out"), "../secret");
        File.CreateSymbolicLink(_files.Host("link-absolute"), Path.Combine(_files.Outer, "secret"));
        File.CreateSymbolicLink(_files.Host("directory-out"), "../outside");
        File.CreateSymbolicLink(_files.Host("a/b/deep-out"), "../../../outside");
        File.CreateSymbolicLink(_files.Host("proc"), "/proc/self/root");
        File.CreateSymbolicLink(_files.Host("chain"), "a/../directory-out");
    }

    [TearDown]
    public void TearDown() => _files?.Dispose();

    [TestCase("..")]
    [TestCase("../secret")]
    [TestCase("a/../../secret")]
    [TestCase("a/b/../../../secret")]
    [TestCase("./../secret")]
    [TestCase("/etc/hostname")]
    [TestCase("/")]
    [TestCase("//")]
    [TestCase("link-out")]
    [TestCase("link-absolute")]
    [TestCase("directory-out")]
    [TestCase("directory-out/")]
    [TestCase("directory-out/secret")]
    [TestCase("a/b/deep-out/secret")]
    [TestCase("proc/etc/hostname")]
    [TestCase("chain/secret")]
    public void A_path_that_leads_out_opens_nothing(string path)
    {
        Assert.That(_files.Open(path, true, LinuxFlags.ReadOnly, out string? content), Is.EqualTo(Errno.Perm));
        Assert.That(content, Is.Null);
        Assert.That(_files.GetStatus(path, true, out _), Is.EqualTo(Errno.Perm));
        Assert.That(_files.SetTimes(path, true, 0), Is.EqualTo(Errno.Perm));
    }

    [TestCase("../new")]
    [TestCase("directory-out/new")]
    [TestCase("a/b/deep-out/new")]
    [TestCase("/tmp/lunatic-must-not-exist")]
    public void Nothing_is_created_outside(string path)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_files.Open(path, true, LinuxFlags.Create | LinuxFlags.WriteOnly), Is.EqualTo(Errno.Perm));
            Assert.That(_files.CreateDirectory(path), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Symlink("x", path), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Link("a/inside", path), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Rename("a/inside", path), Is.EqualTo(Errno.Perm));
            // not by a recursive search: that would follow the links
            Assert.That(Directory.GetFileSystemEntries(_files.Outer), Has.Length.EqualTo(3));
            Assert.That(Directory.GetFileSystemEntries(Path.Combine(_files.Outer, "outside")), Has.Length.EqualTo(1));
            Assert.That(Path.Exists("/tmp/lunatic-must-not-exist"), Is.False);
        });
    }

    [Test]
    public void Creating_through_a_dangling_link_that_leads_out_creates_nothing()
    {
        File.CreateSymbolicLink(_files.Host("dangling"), "../new");
        Assert.That(_files.Open("dangling", true, LinuxFlags.Create | LinuxFlags.WriteOnly), Is.EqualTo(Errno.Perm));
        Assert.That(File.Exists(Path.Combine(_files.Outer, "new")), Is.False);
    }

    [TestCase("../secret")]
    [TestCase("directory-out/secret")]
    public void Nothing_is_removed_or_taken_from_outside(string path)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_files.UnlinkFile(path), Is.EqualTo(Errno.Perm));
            Assert.That(_files.RemoveDirectory("directory-out/"), Is.EqualTo(Errno.NotDir));
            Assert.That(_files.RemoveDirectory("../outside"), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Rename(path, "mine"), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Link(path, "mine"), Is.EqualTo(Errno.Perm));
            Assert.That(File.Exists(Path.Combine(_files.Outer, "outside", "secret")), Is.True);
        });
    }

    [Test]
    public void A_link_with_a_slash_behind_it_is_not_followed_out_by_any_call()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_files.GetStatus("directory-out/", false, out _), Is.EqualTo(Errno.Perm));
            Assert.That(_files.SetTimes("directory-out/", false, 0), Is.EqualTo(Errno.Perm));
            Assert.That(_files.ReadLink("directory-out/", out _), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Link("directory-out/", "mine"), Is.EqualTo(Errno.Perm));
            Assert.That(_files.Open("directory-out/", false), Is.EqualTo(Errno.Perm));
        });
    }

    [Test]
    public void Links_themselves_can_be_seen_read_renamed_and_removed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_files.GetStatus("directory-out", false, out FileStatus status), Is.EqualTo(Errno.Success));
            Assert.That(status.Type, Is.EqualTo(FileType.SymbolicLink));
            Assert.That(_files.ReadLink("directory-out", out string text), Is.EqualTo(Errno.Success));
            Assert.That(text, Is.EqualTo("../outside"));
            Assert.That(_files.Rename("directory-out", "renamed"), Is.EqualTo(Errno.Success));
            Assert.That(_files.UnlinkFile("renamed"), Is.EqualTo(Errno.Success));
            Assert.That(Directory.Exists(Path.Combine(_files.Outer, "outside")), Is.True);
        });
    }

    [Test]
    public void An_absolute_target_of_a_link_is_refused() => Assert.That(_files.Symlink("/etc", "link"), Is.EqualTo(Errno.Perm));

    [TestCase("a/inside")]
    [TestCase("a/b/../inside")]
    [TestCase("a/.//b/./..//inside")]
    [TestCase("a/b/../../a/inside")]
    public void Paths_that_stay_inside_work(string path)
    {
        Assert.That(_files.Open(path, true, LinuxFlags.ReadOnly, out string? content), Is.EqualTo(Errno.Success));
        Assert.That(content, Is.EqualTo("inside"));
    }

    [Test]
    public void Links_that_stay_inside_work()
    {
        File.CreateSymbolicLink(_files.Host("a/b/up"), "../../a");
        File.CreateSymbolicLink(_files.Host("file"), "a/b/up/b/../inside");
        Assert.That(_files.Open("file", true, LinuxFlags.ReadOnly, out string? content), Is.EqualTo(Errno.Success));
        Assert.That(content, Is.EqualTo("inside"));
        Assert.That(_files.Open("a/b/up/b/up/inside"), Is.EqualTo(Errno.Success));
        Assert.That(_files.Open("file", follow: false), Is.EqualTo(Errno.Loop));
    }

    [Test]
    public void A_loop_of_links_ends()
    {
        File.CreateSymbolicLink(_files.Host("one"), "two");
        File.CreateSymbolicLink(_files.Host("two"), "one/");
        Assert.That(_files.Open("one"), Is.EqualTo(Errno.Loop));
        Assert.That(_files.Open("two/x"), Is.EqualTo(Errno.Loop));
    }

    [TestCase("a/inside/", Errno.NotDir)]
    [TestCase("a/inside/x", Errno.NotDir)]
    [TestCase("a/none", Errno.NoEnt)]
    [TestCase("a/none/x", Errno.NoEnt)]
    [TestCase("", Errno.NoEnt)]
    public void Errors_tell_what_is_wrong(string path, object expected) => Assert.That(_files.Open(path), Is.EqualTo(expected));
}
