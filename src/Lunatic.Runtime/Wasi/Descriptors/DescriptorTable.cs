using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>
/// A process's descriptors by number. New ones get the lowest free number from 3 on: 0 to 2 are never reused for files, so that a program
/// which closed its standard output does not print into a file.
/// </summary>
internal sealed class DescriptorTable : IDisposable
{
    /// <summary>Most descriptors of one process, so that a guest cannot use up those of the host.</summary>
    public const int MaxDescriptors = 1024;

    private const int FirstFree = 3;

    private Descriptor?[] _descriptors;

    /// <summary>A table that begins with these descriptors.</summary>
    public DescriptorTable(params Descriptor[] descriptors) => _descriptors = descriptors;

    /// <summary>How many are open.</summary>
    public int Count => _descriptors.Count(descriptor => descriptor is not null);

    /// <summary>Whether another descriptor can be added.</summary>
    public bool IsFull => Count >= MaxDescriptors;

    /// <summary>The descriptor with this number; null after an error.</summary>
    public Errno Get(int number, out Descriptor descriptor)
    {
        descriptor = ((uint)number < (uint)_descriptors.Length ? _descriptors[number] : null)!;
        return descriptor is null ? Errno.BadF : Errno.Success;
    }

    /// <summary>The descriptor with this number, if it has all of <paramref name="rights"/>.</summary>
    public Errno Get(int number, Rights rights, out Descriptor descriptor)
    {
        Errno error = Get(number, out descriptor);
        return error != Errno.Success ? error : (descriptor.Rights & rights) == rights ? Errno.Success : descriptor.Refuse(rights & ~descriptor.Rights);
    }

    /// <summary>The directory with this number, if it has all of <paramref name="rights"/>; <see cref="Errno.NotDir"/> for something else.</summary>
    public Errno GetDirectory(int number, Rights rights, out DirectoryDescriptor directory)
    {
        Errno error = Get(number, out Descriptor descriptor);
        directory = (descriptor as DirectoryDescriptor)!;
        if (error != Errno.Success)
            return error;
        if (directory is null)
            return Errno.NotDir;
        return (directory.Rights & rights) == rights ? Errno.Success : Errno.NotCapable;
    }

    /// <summary>Adds a descriptor under the lowest free number; <see cref="IsFull"/> was asked before.</summary>
    public int Add(Descriptor descriptor)
    {
        int number = FirstFree;
        while (number < _descriptors.Length && _descriptors[number] is not null)
            number++;
        if (number >= _descriptors.Length)
            Array.Resize(ref _descriptors, Math.Max(number + 1, Math.Min(number * 2, MaxDescriptors + FirstFree)));
        _descriptors[number] = descriptor;
        return number;
    }

    /// <summary>Closes a descriptor.</summary>
    public Errno Close(int number)
    {
        Errno error = Get(number, out Descriptor descriptor);
        if (error != Errno.Success)
            return error;
        _descriptors[number] = null;
        descriptor.Dispose();
        return Errno.Success;
    }

    /// <summary>Gives a descriptor the number of another open one, which is closed.</summary>
    public Errno Renumber(int from, int to)
    {
        Errno error = Get(from, out Descriptor moved);
        if (error == Errno.Success)
            error = Get(to, out _);
        if (error != Errno.Success || from == to)
            return error;
        Descriptor? replaced = _descriptors[to];
        _descriptors[to] = moved;
        _descriptors[from] = null;
        replaced?.Dispose();
        return Errno.Success;
    }

    /// <summary>Closes all.</summary>
    public void Dispose()
    {
        foreach (Descriptor? descriptor in _descriptors)
            descriptor?.Dispose();
        _descriptors = [];
    }
}
