using System.Buffers.Binary;
using Lunatic.Runtime.Wasi;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi;

internal sealed class BufferListTests
{
    private readonly byte[] _memory = new byte[1_000];

    [Test]
    public void Buffers_are_gathered_and_scattered_in_order()
    {
        "abc"u8.CopyTo(_memory.AsSpan(100));
        "de"u8.CopyTo(_memory.AsSpan(200));
        Put((100, 3), (0, 0), (200, 2));
        Assert.That(BufferList.TryRead(new WasiMemory(_memory), 8, 3, out BufferList list), Is.EqualTo(Errno.Success));
        Assert.That(list.TotalBytes, Is.EqualTo(5));
        Assert.That(list.IsSingle, Is.False);
        byte[] all = new byte[5];
        list.Gather(all);
        Assert.That(all, Is.EqualTo("abcde"u8.ToArray()));
        list.Scatter("wxyz"u8);
        Assert.That(_memory[100..103], Is.EqualTo("wxy"u8.ToArray()));
        Assert.That(_memory[200..202], Is.EqualTo("ze"u8.ToArray()));
    }

    [Test]
    public void One_buffer_that_is_not_empty_is_used_as_it_is()
    {
        Put((100, 0), (100, 7), (300, 0));
        BufferList.TryRead(new WasiMemory(_memory), 8, 3, out BufferList list);
        Assert.That(list.IsSingle, Is.True);
        Assert.That(list.Single.Length, Is.EqualTo(7));
    }

    [Test]
    public void A_list_that_one_of_its_buffers_overwrites_harms_nobody()
    {
        Put((8, 24), (500, 20), (600, 20));
        BufferList.TryRead(new WasiMemory(_memory), 8, 3, out BufferList list);
        byte[] data = new byte[64];
        Array.Fill(data, (byte)0xff);
        list.Scatter(data);
        Assert.That(_memory[500], Is.Zero);
    }

    [TestCase(8, 1025, Errno.Inval)]
    [TestCase(8, -1, Errno.Inval)]
    [TestCase(9, 1, Errno.Inval)]
    [TestCase(996, 1, Errno.Fault)]
    [TestCase(-8, 1, Errno.Fault)]
    public void A_list_out_of_place_is_refused(int pointer, int count, object expected) =>
        Assert.That(BufferList.TryRead(new WasiMemory(_memory), pointer, count, out _), Is.EqualTo(expected));

    [TestCase(990, 11)]
    [TestCase(-1, 0)]
    [TestCase(0, -1)]
    [TestCase(1001, 0)]
    public void A_buffer_outside_the_memory_is_refused(int pointer, int length)
    {
        Put((100, 1), (pointer, length));
        Assert.That(BufferList.TryRead(new WasiMemory(_memory), 8, 2, out _), Is.EqualTo(Errno.Fault));
    }

    private void Put(params (int Pointer, int Length)[] buffers)
    {
        for (int index = 0; index < buffers.Length; index++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_memory.AsSpan(8 + index * 8), buffers[index].Pointer);
            BinaryPrimitives.WriteInt32LittleEndian(_memory.AsSpan(12 + index * 8), buffers[index].Length);
        }
    }
}
