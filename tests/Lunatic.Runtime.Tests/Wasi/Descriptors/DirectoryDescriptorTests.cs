using System.Buffers.Binary;
using System.Text;
using Lunatic.Runtime.Tests.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.Descriptors;

internal sealed class DirectoryDescriptorTests
{
    private TemporaryDirectory _files = null!;
    private DirectoryDescriptor _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _files = new TemporaryDirectory(ResolverKind.Walking.Create());
        _directory = new DirectoryDescriptor(_files.Guest, "guest"u8.ToArray());
    }

    [TearDown]
    public void TearDown()
    {
        _directory?.Dispose();
        _files?.Dispose();
    }

    [Test]
    public void Entries_come_in_pieces_from_where_the_cookie_says()
    {
        for (int index = 0; index < 50; index++)
            File.WriteAllText(_files.Host($"file {index}"), "");
        var names = new List<string>();
        byte[] buffer = new byte[100];
        ulong cookie = 0;
        int used;
        do
        {
            Assert.That(Read(buffer, cookie, out used), Is.EqualTo(Errno.Success));
            foreach ((string name, ulong next) in Parse(buffer.AsSpan(0, used)))
            {
                names.Add(name);
                cookie = next;
            }
        }
        while (used == buffer.Length);
        Assert.That(names, Is.EquivalentTo(Enumerable.Range(0, 50).Select(index => $"file {index}").Concat([".", ".."])));
    }

    [Test]
    public void A_listing_stays_the_same_until_it_starts_anew()
    {
        File.WriteAllText(_files.Host("a"), "");
        byte[] buffer = new byte[1_000];
        Read(buffer, 0, out _);
        File.WriteAllText(_files.Host("b"), "");
        Read(buffer, 2, out int used);
        Assert.That(Parse(buffer.AsSpan(0, used)).Select(entry => entry.Name), Is.EqualTo(new[] { "a" }));
        Read(buffer, 0, out used);
        Assert.That(Parse(buffer.AsSpan(0, used)), Has.Count.EqualTo(4));
    }

    [TestCase(3UL)]
    [TestCase(ulong.MaxValue)]
    public void A_cookie_beyond_the_end_gives_nothing(ulong cookie)
    {
        Assert.That(Read(new byte[100], cookie, out int used), Is.EqualTo(Errno.Success));
        Assert.That(used, Is.Zero);
    }

    [Test]
    public void An_entry_is_cut_where_the_buffer_ends()
    {
        byte[] buffer = new byte[DirectoryEntry.HeaderBytes + 1 + 10];
        Read(buffer, 0, out int used);
        Assert.That(used, Is.EqualTo(buffer.Length));
    }

    private static List<(string Name, ulong Next)> Parse(ReadOnlySpan<byte> bytes)
    {
        var entries = new List<(string, ulong)>();
        while (bytes.Length >= DirectoryEntry.HeaderBytes)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]);
            if (bytes.Length < DirectoryEntry.HeaderBytes + length)
                break;
            entries.Add((Encoding.UTF8.GetString(bytes.Slice(DirectoryEntry.HeaderBytes, length)), BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
            bytes = bytes[(DirectoryEntry.HeaderBytes + length)..];
        }
        return entries;
    }

    // as the guest does: a listing from the beginning is a new one
    private Errno Read(Span<byte> target, ulong cookie, out int used)
    {
        Errno error = cookie == 0 || !_directory.IsListed ? _directory.List() : Errno.Success;
        used = error == Errno.Success ? _directory.ReadEntries(target, cookie) : 0;
        return error;
    }
}
