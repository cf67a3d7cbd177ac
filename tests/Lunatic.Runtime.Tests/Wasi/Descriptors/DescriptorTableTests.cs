using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.Descriptors;

internal sealed class DescriptorTableTests
{
    [Test]
    public void New_descriptors_get_the_lowest_free_number_from_3_on()
    {
        using var table = new DescriptorTable(new Probe(), new Probe(), new Probe(), new Probe());
        Assert.That(table.Add(new Probe()), Is.EqualTo(4));
        Assert.That(table.Add(new Probe()), Is.EqualTo(5));
        table.Close(4);
        table.Close(0);
        Assert.That(table.Add(new Probe()), Is.EqualTo(4));
        Assert.That(table.Add(new Probe()), Is.EqualTo(6));
    }

    [Test]
    public void Numbers_that_are_not_open_are_refused()
    {
        using var table = new DescriptorTable(new Probe());
        Assert.Multiple(() =>
        {
            Assert.That(table.Get(1, out _), Is.EqualTo(Errno.BadF));
            Assert.That(table.Get(-1, out _), Is.EqualTo(Errno.BadF));
            Assert.That(table.Get(int.MaxValue, out _), Is.EqualTo(Errno.BadF));
            Assert.That(table.Close(1), Is.EqualTo(Errno.BadF));
            Assert.That(table.Close(0), Is.EqualTo(Errno.Success));
            Assert.That(table.Close(0), Is.EqualTo(Errno.BadF));
        });
    }

    [Test]
    public void Renumbering_closes_what_had_the_number()
    {
        var from = new Probe();
        var to = new Probe();
        using var table = new DescriptorTable(from, to);
        Assert.That(table.Renumber(0, 0), Is.EqualTo(Errno.Success));
        Assert.That(table.Renumber(0, 1), Is.EqualTo(Errno.Success));
        Assert.That(to.IsClosed, Is.True);
        Assert.That(from.IsClosed, Is.False);
        Assert.That(table.Get(0, out _), Is.EqualTo(Errno.BadF));
        Assert.That(table.Get(1, out Descriptor found), Is.EqualTo(Errno.Success));
        Assert.That(found, Is.SameAs(from));
        Assert.That(table.Renumber(1, 0), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void Rights_are_asked_for_and_only_shrink()
    {
        using var table = new DescriptorTable(new Probe());
        Assert.That(table.Get(0, Rights.FdRead, out Descriptor probe), Is.EqualTo(Errno.Success));
        Assert.That(table.Get(0, Rights.FdRead | Rights.FdSeek, out _), Is.EqualTo(Errno.NotCapable));
        Assert.That(probe.Narrow(Rights.FdRead | Rights.FdSeek, Rights.None), Is.EqualTo(Errno.NotCapable));
        Assert.That(probe.Narrow(Rights.FdWrite, Rights.None), Is.EqualTo(Errno.Success));
        Assert.That(table.Get(0, Rights.FdRead, out _), Is.EqualTo(Errno.NotCapable));
        Assert.That(probe.Narrow(Rights.FdRead, Rights.None), Is.EqualTo(Errno.NotCapable));
    }

    [Test]
    public void The_table_has_an_end()
    {
        using var table = new DescriptorTable();
        while (!table.IsFull)
            table.Add(new Probe());
        Assert.That(table.Count, Is.EqualTo(DescriptorTable.MaxDescriptors));
    }

    [Test]
    public void Disposing_closes_everything()
    {
        var probe = new Probe();
        var table = new DescriptorTable(probe);
        table.Dispose();
        Assert.That(probe.IsClosed, Is.True);
        Assert.That(table.Get(0, out _), Is.EqualTo(Errno.BadF));
    }

    private sealed class Probe() : Descriptor(Rights.FdRead | Rights.FdWrite, Rights.None)
    {
        public bool IsClosed { get; private set; }

        public override FileType Type => FileType.Unknown;

        public override void Dispose() => IsClosed = true;
    }
}
