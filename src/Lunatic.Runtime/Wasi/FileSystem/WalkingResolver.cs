using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>
/// Resolves component by component, for kernels without openat2: each directory on the way is opened without following links and stays open,
/// links are read and expanded by us, and <c>..</c> goes back to the directory that we came from. So nothing outside is ever opened,
/// even when directories are moved and replaced meanwhile.
/// </summary>
internal sealed class WalkingResolver : PathResolver
{
    // as in Linux
    private const int MaxLinks = 40;

    private static int StepFlags => LinuxFlags.PathOnly | LinuxFlags.Directory | LinuxFlags.NoFollow | LinuxFlags.CloseOnExec;

    /// <inheritdoc/>
    public override Errno Open(DescriptorHandle directory, ReadOnlySpan<byte> path, int flags, uint mode, out DescriptorHandle? handle)
    {
        handle = null;
        var way = new Stack<DescriptorHandle>();
        try
        {
            return Walk(directory, path[..^1].ToArray(), flags, mode, way, out handle);
        }
        finally
        {
            foreach (DescriptorHandle passed in way)
                passed.Dispose();
        }
    }

    private static Errno Walk(DescriptorHandle root, byte[] path, int flags, uint mode, Stack<DescriptorHandle> way, out DescriptorHandle? handle)
    {
        handle = null;
        if (path.Length == 0)
            return Errno.NoEnt;
        ReadOnlySpan<byte> rest = path;
        int links = 0;
        while (true)
        {
            if (rest[0] == '/')
                return Errno.Perm;
            int slash = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> name = slash < 0 ? rest : rest[..slash];
            ReadOnlySpan<byte> next = slash < 0 ? [] : rest[slash..].TrimStart((byte)'/');
            bool isLast = next.IsEmpty;
            bool mustBeDirectory = slash >= 0;
            if (name.SequenceEqual(".."u8))
            {
                if (!way.TryPop(out DescriptorHandle? left))
                    return Errno.Perm;
                left.Dispose();
            }
            DescriptorHandle here = way.TryPeek(out DescriptorHandle? top) ? top : root;
            bool isHere = name.SequenceEqual(".."u8) || name.SequenceEqual("."u8);
            Errno error;
            if (isLast)
            {
                error = OpenLast(here, ZeroTerminated.FromBytes(isHere ? "."u8 : name), flags, mode, mustBeDirectory, out handle);
            }
            else if (isHere)
            {
                rest = next;
                continue;
            }
            else
            {
                error = Step(here, ZeroTerminated.FromBytes(name), way);
                if (error == Errno.Success)
                {
                    rest = next;
                    continue;
                }
            }
            if (error is not (Errno.Loop or Errno.NotDir) || (isLast && !Follows(flags, mustBeDirectory)))
                return error;
            // it may be a link: go on with what it says instead of it
            if (ReadLink(here, name) is not { } target)
                return error;
            if (++links > MaxLinks)
                return Errno.Loop;
            byte[] expanded = new byte[target.Length + (mustBeDirectory ? 1 : 0) + next.Length];
            target.CopyTo(expanded, 0);
            if (mustBeDirectory)
                expanded[target.Length] = (byte)'/';
            next.CopyTo(expanded.AsSpan(expanded.Length - next.Length));
            rest = expanded;
        }
    }

    private static bool Follows(int flags, bool mustBeDirectory) => mustBeDirectory || (flags & LinuxFlags.NoFollow) == 0;

    private static Errno Step(DescriptorHandle here, byte[] name, Stack<DescriptorHandle> way)
    {
        DescriptorHandle opened = LinuxCalls.OpenAt(here, in name[0], StepFlags, 0);
        if (!opened.IsInvalid)
        {
            way.Push(opened);
            return Errno.Success;
        }
        Errno error = LinuxErrors.Last();
        opened.Dispose();
        return error;
    }

    // Opens the last component itself; a link that is to be followed is reported as Loop.
    private static Errno OpenLast(DescriptorHandle here, byte[] name, int flags, uint mode, bool mustBeDirectory, out DescriptorHandle? handle)
    {
        handle = null;
        if (mustBeDirectory && (flags & LinuxFlags.Create) != 0)
            return Errno.IsDir;
        int direct = flags | LinuxFlags.NoFollow | LinuxFlags.CloseOnExec | (mustBeDirectory ? LinuxFlags.Directory : 0);
        DescriptorHandle opened = LinuxCalls.OpenAt(here, in name[0], direct, mode);
        if (opened.IsInvalid)
        {
            Errno error = LinuxErrors.Last();
            opened.Dispose();
            return error;
        }
        // with PathOnly the link itself was opened
        if ((flags & LinuxFlags.PathOnly) != 0 && Follows(flags, mustBeDirectory)
            && LinuxCalls.Statx(opened, in ZeroTerminated.Empty[0], LinuxFlags.EmptyPath, LinuxFlags.BasicStatus, out Statx status) == 0
            && status.Type == FileType.SymbolicLink)
        {
            opened.Dispose();
            return Errno.Loop;
        }
        handle = opened;
        return Errno.Success;
    }

    // What a link says; null when it is not a link (any more).
    private static byte[]? ReadLink(DescriptorHandle here, ReadOnlySpan<byte> name)
    {
        byte[] target = new byte[GuestPath.BufferBytes];
        nint length = LinuxCalls.ReadLinkAt(here, in ZeroTerminated.FromBytes(name)[0], ref target[0], (nuint)target.Length);
        return length is > 0 and <= GuestPath.MaxBytes ? target[..(int)length] : null;
    }
}
