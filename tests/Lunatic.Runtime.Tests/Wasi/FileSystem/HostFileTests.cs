using System.Text;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

internal sealed class HostFileTests
{
    private TemporaryDirectory _files = null!;

    [SetUp]
    public void SetUp() => _files = new TemporaryDirectory(ResolverKind.Walking.Create());

    [TearDown]
    public void TearDown() => _files?.Dispose();

    [Test]
    public void Reads_and_writes_move_the_offset_and_those_at_an_offset_do_not()
    {
        using HostFile file = _files.OpenFile("f", LinuxFlags.ReadWrite | LinuxFlags.Create);
        byte[] buffer = new byte[10];
        Assert.Multiple(() =>
        {
            Assert.That(file.Write("0123456789"u8, out int count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.EqualTo(10));
            Assert.That(file.WriteAt("xx"u8, 4, out _), Is.EqualTo(Errno.Success));
            Assert.That(file.Seek(0, Whence.Current, out long position), Is.EqualTo(Errno.Success));
            Assert.That(position, Is.EqualTo(10));
            Assert.That(file.Seek(-7, Whence.End, out position), Is.EqualTo(Errno.Success));
            Assert.That(position, Is.EqualTo(3));
            Assert.That(file.ReadAt(buffer.AsSpan(0, 2), 0, out _), Is.EqualTo(Errno.Success));
            Assert.That(Encoding.ASCII.GetString(buffer, 0, 2), Is.EqualTo("01"));
            Assert.That(file.Read(buffer, out count), Is.EqualTo(Errno.Success));
            Assert.That(Encoding.ASCII.GetString(buffer, 0, count), Is.EqualTo("3xx6789"));
            Assert.That(file.Read(buffer, out count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.Zero);
            Assert.That(file.Seek(-1, Whence.Set, out _), Is.EqualTo(Errno.Inval));
        });
    }

    [Test]
    public void Appending_ignores_the_offset_until_it_is_turned_off()
    {
        File.WriteAllText(_files.Host("f"), "abc");
        using HostFile file = _files.OpenFile("f", LinuxFlags.WriteOnly | LinuxFlags.Append);
        file.Write("d"u8, out _);
        file.Seek(0, Whence.Set, out _);
        file.Write("e"u8, out _);
        Assert.That(file.SetAppend(false), Is.EqualTo(Errno.Success));
        file.Seek(0, Whence.Set, out _);
        file.Write("A"u8, out _);
        Assert.That(File.ReadAllText(_files.Host("f")), Is.EqualTo("Abcde"));
    }

    [Test]
    public void Sizes_are_set_and_allocated()
    {
        using HostFile file = _files.OpenFile("f", LinuxFlags.ReadWrite | LinuxFlags.Create);
        Assert.Multiple(() =>
        {
            Assert.That(file.SetSize(100), Is.EqualTo(Errno.Success));
            Assert.That(file.Allocate(50, 100), Is.EqualTo(Errno.Success).Or.EqualTo(Errno.NotSup));
            Assert.That(file.Allocate(0, 0), Is.EqualTo(Errno.Inval).Or.EqualTo(Errno.NotSup));
            Assert.That(file.SetSize(7), Is.EqualTo(Errno.Success));
            Assert.That(file.SetSize(-1), Is.EqualTo(Errno.Inval));
            Assert.That(file.GetStatus(out FileStatus status), Is.EqualTo(Errno.Success));
            Assert.That(status.Size, Is.EqualTo(7));
            Assert.That(file.Advise(0, 0, 3), Is.EqualTo(Errno.Success));
            Assert.That(file.Sync(metadata: true), Is.EqualTo(Errno.Success));
            Assert.That(file.Sync(metadata: false), Is.EqualTo(Errno.Success));
        });
    }

    [Test]
    public void Reading_what_is_open_for_writing_only_is_refused()
    {
        using HostFile file = _files.OpenFile("f", LinuxFlags.WriteOnly | LinuxFlags.Create);
        Assert.That(file.Read(new byte[1], out _), Is.EqualTo(Errno.BadF));
    }
}
