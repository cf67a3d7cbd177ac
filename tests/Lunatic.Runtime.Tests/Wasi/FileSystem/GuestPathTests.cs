using System.Text;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

internal sealed class GuestPathTests
{
    [Test]
    public void What_is_no_path_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Create([0xff, 0xfe]), Is.EqualTo(Errno.IlSeq));
            Assert.That(Create("a\0b"u8), Is.EqualTo(Errno.Inval));
            Assert.That(Create("a\0"u8), Is.EqualTo(Errno.Inval));
            Assert.That(Create(new byte[GuestPath.MaxBytes + 1]), Is.EqualTo(Errno.NameTooLong));
            Assert.That(Create(Enumerable.Repeat((byte)'a', GuestPath.MaxBytes).ToArray()), Is.EqualTo(Errno.Success));
        });
    }

    [TestCase("a", "", "a")]
    [TestCase("a/b", "a", "b")]
    [TestCase("a/b/c//", "a/b", "c//")]
    [TestCase("a//b", "a/", "b")]
    [TestCase("..", "", "..")]
    [TestCase("a/..", "a", "..")]
    public void A_path_splits_into_directory_and_last_component(string path, string directory, string name)
    {
        GuestPath.TryCreate(Encoding.UTF8.GetBytes(path), new byte[GuestPath.BufferBytes], out GuestPath parsed);
        Assert.That(parsed.Split(out ReadOnlySpan<byte> foundDirectory, out ReadOnlySpan<byte> foundName), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(foundDirectory), Is.EqualTo(directory + "\0"));
        Assert.That(Encoding.UTF8.GetString(foundName), Is.EqualTo(name + "\0"));
    }

    [TestCase("", Errno.NoEnt)]
    [TestCase("/", Errno.Perm)]
    [TestCase("/a", Errno.Perm)]
    public void A_path_without_a_last_component_or_from_the_root_does_not_split(string path, object expected)
    {
        GuestPath.TryCreate(Encoding.UTF8.GetBytes(path), new byte[GuestPath.BufferBytes], out GuestPath parsed);
        Assert.That(parsed.Split(out _, out _), Is.EqualTo(expected));
    }

    private static Errno Create(ReadOnlySpan<byte> text) => GuestPath.TryCreate(text, new byte[GuestPath.BufferBytes], out _);
}
