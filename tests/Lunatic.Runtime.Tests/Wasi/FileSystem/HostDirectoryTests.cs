using System.Text;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

[TestFixture(ResolverKind.Beneath)]
[TestFixture(ResolverKind.Walking)]
internal sealed class HostDirectoryTests(ResolverKind kind)
{
    private TemporaryDirectory _files = null!;

    [SetUp]
    public void SetUp() => _files = new TemporaryDirectory(kind.Create());

    [TearDown]
    public void TearDown() => _files?.Dispose();

    [Test]
    public void A_missing_directory_is_named()
    {
        string missing = _files.Host("missing");
        Assert.That(() => HostDirectory.OpenHostPath(missing), Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains(missing));
        File.WriteAllText(missing, "");
        Assert.That(() => HostDirectory.OpenHostPath(missing), Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("not a directory"));
    }

    [Test]
    public void Directories_are_created_and_removed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_files.CreateDirectory("a"), Is.EqualTo(Errno.Success));
            Assert.That(_files.CreateDirectory("a/b/"), Is.EqualTo(Errno.Success));
            Assert.That(_files.CreateDirectory("a"), Is.EqualTo(Errno.Exist));
            Assert.That(_files.CreateDirectory("x/y"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_files.RemoveDirectory("a"), Is.EqualTo(Errno.NotEmpty));
            Assert.That(_files.UnlinkFile("a/b"), Is.EqualTo(Errno.IsDir));
            Assert.That(_files.RemoveDirectory("a/b"), Is.EqualTo(Errno.Success));
            Assert.That(_files.RemoveDirectory("a/"), Is.EqualTo(Errno.Success));
            Assert.That(_files.RemoveDirectory("."), Is.Not.EqualTo(Errno.Success));
            Assert.That(_files.RemoveDirectory(".."), Is.Not.EqualTo(Errno.Success));
            Assert.That(Directory.Exists(_files.Root), Is.True);
        });
    }

    [Test]
    public void Files_are_renamed_linked_and_unlinked()
    {
        File.WriteAllText(_files.Host("a"), "text");
        Assert.Multiple(() =>
        {
            Assert.That(_files.Rename("a", "b"), Is.EqualTo(Errno.Success));
            Assert.That(_files.Rename("a", "b"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_files.Link("b", "c"), Is.EqualTo(Errno.Success));
            Assert.That(_files.Link("b", "c"), Is.EqualTo(Errno.Exist));
            Assert.That(_files.Link("b", "d/"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_files.Link("b/", "d"), Is.EqualTo(Errno.NotDir));
            Assert.That(_files.GetStatus("c", true, out FileStatus status), Is.EqualTo(Errno.Success));
            Assert.That(status.Links, Is.EqualTo(2));
            Assert.That(status.Size, Is.EqualTo(4));
            Assert.That(status.Type, Is.EqualTo(FileType.RegularFile));
            Assert.That(_files.UnlinkFile("c/"), Is.EqualTo(Errno.NotDir));
            Assert.That(_files.UnlinkFile("c"), Is.EqualTo(Errno.Success));
            Assert.That(_files.RemoveDirectory("b"), Is.EqualTo(Errno.NotDir));
        });
    }

    [Test]
    public void Times_are_set_on_a_link_or_on_what_it_points_to()
    {
        File.WriteAllText(_files.Host("file"), "");
        Assert.That(_files.Symlink("file", "link"), Is.EqualTo(Errno.Success));
        Assert.That(_files.SetTimes("link", false, 1_000_000_007), Is.EqualTo(Errno.Success));
        Assert.That(_files.SetTimes("link", true, 2_000_000_009), Is.EqualTo(Errno.Success));
        _files.GetStatus("link", false, out FileStatus link);
        _files.GetStatus("file", false, out FileStatus file);
        Assert.That(link.ModificationTime, Is.EqualTo(1_000_000_007));
        Assert.That(file.ModificationTime, Is.EqualTo(2_000_000_009));
    }

    [Test]
    public void Opening_creates_truncates_and_refuses_as_asked()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_files.Open("new"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_files.Open("new", true, LinuxFlags.WriteOnly | LinuxFlags.Create), Is.EqualTo(Errno.Success));
            Assert.That(_files.Open("new", true, LinuxFlags.WriteOnly | LinuxFlags.Create | LinuxFlags.Exclusive), Is.EqualTo(Errno.Exist));
            Assert.That(_files.Open("new", true, LinuxFlags.Directory), Is.EqualTo(Errno.NotDir));
            Assert.That(_files.Open(".", true, LinuxFlags.ReadWrite), Is.EqualTo(Errno.IsDir));
            Assert.That(_files.Open("other/", true, LinuxFlags.WriteOnly | LinuxFlags.Create), Is.EqualTo(Errno.IsDir));
        });
        File.WriteAllText(_files.Host("new"), "text");
        Assert.That(_files.Open("new", true, LinuxFlags.WriteOnly | LinuxFlags.Truncate), Is.EqualTo(Errno.Success));
        Assert.That(new FileInfo(_files.Host("new")).Length, Is.Zero);
    }

    [Test]
    public void A_listing_begins_with_the_directory_itself_and_tells_types_and_inodes()
    {
        Directory.CreateDirectory(_files.Host("d"));
        File.WriteAllText(_files.Host("f"), "");
        _files.Symlink("f", "l");
        Assert.That(_files.Guest.List(out List<DirectoryEntry> entries), Is.EqualTo(Errno.Success));
        Assert.That(entries.Select(entry => Encoding.UTF8.GetString(entry.Name)), Is.EquivalentTo(new[] { ".", "..", "d", "f", "l" }));
        Assert.That(entries.Take(2).Select(entry => Encoding.UTF8.GetString(entry.Name)), Is.EqualTo(new[] { ".", ".." }));
        DirectoryEntry link = entries.Single(entry => entry.Name.AsSpan().SequenceEqual("l"u8));
        _files.GetStatus("l", false, out FileStatus status);
        Assert.That(link.Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(link.Inode, Is.EqualTo(status.Inode));
    }

    [Test]
    public void A_long_listing_is_complete()
    {
        for (int index = 0; index < 2_000; index++)
            File.WriteAllText(_files.Host($"a file with a rather long name, number {index}"), "");
        Assert.That(_files.Guest.List(out List<DirectoryEntry> entries), Is.EqualTo(Errno.Success));
        Assert.That(entries, Has.Count.EqualTo(2_002));
    }

    [Test, CancelAfter(20_000)]
    public void A_pipe_that_nobody_writes_to_does_not_block(CancellationToken cancellation)
    {
        Assume.That(File.Exists("/usr/bin/mkfifo"), "needs mkfifo");
        using (var made = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [_files.Host("pipe")]))
            Assert.That(made.WaitForExit(10_000), Is.True, "mkfifo did not end");
        Assert.That(_files.Open("pipe", true, LinuxFlags.WriteOnly), Is.EqualTo(Errno.NxIo));
        Assert.That(_files.Open("pipe", true, LinuxFlags.ReadOnly, out string? content), Is.EqualTo(Errno.Success));
        Assert.That(content, Is.Empty);
    }
}
