using System.Buffers.Binary;
using System.Text;
using Lunatic.Runtime.Wasi;

namespace Lunatic.Runtime.Tests.Wasi;

internal sealed class StringTableTests
{
    [Test]
    public void Texts_lie_one_behind_the_other_with_their_addresses()
    {
        var table = new StringTable(["prog", "", "grüße"]);
        byte[] pointers = new byte[12];
        byte[] bytes = new byte[table.TotalBytes];
        table.Write(pointers, bytes, 1000);
        Assert.That(table.Count, Is.EqualTo(3));
        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo("prog\0\0grüße\0"));
        Assert.That(new[] { 0, 4, 8 }.Select(at => BinaryPrimitives.ReadInt32LittleEndian(pointers.AsSpan(at))), Is.EqualTo(new[] { 1000, 1005, 1006 }));
    }
}
