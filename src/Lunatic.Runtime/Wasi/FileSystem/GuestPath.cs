using System.Text.Unicode;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>
/// A path that a guest gave: valid UTF-8, no zero byte inside, one behind it, short enough for the system. Whether it stays in its directory is
/// found out when it is resolved.
/// </summary>
internal readonly ref struct GuestPath
{
    /// <summary>Bytes of the longest path, without the zero byte.</summary>
    public const int MaxBytes = 4095;

    /// <summary>Bytes of a buffer that holds any path.</summary>
    public const int BufferBytes = MaxBytes + 1;

    private readonly Span<byte> _bytes;

    private GuestPath(Span<byte> bytes) => _bytes = bytes;

    /// <summary>The path with its zero byte.</summary>
    public ReadOnlySpan<byte> Terminated => _bytes;

    /// <summary>The path without its zero byte.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes[..^1];

    /// <summary>Whether it starts at the root, which no guest has.</summary>
    public bool IsAbsolute => _bytes[0] == '/';

    /// <summary>Whether it ends with a slash and so can only name a directory.</summary>
    public bool EndsWithSlash => _bytes.Length > 1 && _bytes[^2] == '/';

    /// <summary>A path that was checked before.</summary>
    /// <param name="terminated">Its bytes with the zero byte; they belong to the path.</param>
    public static GuestPath Of(byte[] terminated) => new(terminated);

    /// <summary>Checks and copies a guest's path, to be used later by another thread.</summary>
    public static Errno TryCopy(ReadOnlySpan<byte> text, out byte[] terminated)
    {
        terminated = text.Length > MaxBytes ? [] : new byte[text.Length + 1];
        return TryCreate(text, terminated, out _);
    }

    /// <summary>Checks and copies a guest's path.</summary>
    /// <param name="text">The bytes in guest memory.</param>
    /// <param name="buffer">At least <see cref="BufferBytes"/> bytes that live as long as the path.</param>
    /// <param name="path">The path.</param>
    public static Errno TryCreate(ReadOnlySpan<byte> text, Span<byte> buffer, out GuestPath path)
    {
        path = default;
        if (text.Length > MaxBytes)
            return Errno.NameTooLong;
        if (!Utf8.IsValid(text))
            return Errno.IlSeq;
        if (text.Contains((byte)0))
            return Errno.Inval;
        text.CopyTo(buffer);
        buffer[text.Length] = 0;
        path = new GuestPath(buffer[..(text.Length + 1)]);
        return Errno.Success;
    }

    /// <summary>
    /// Splits in place into the directory and the last component (slashes behind it stay with it), both with a zero byte; the directory is empty
    /// when the path has one component. This path cannot be used afterwards.
    /// </summary>
    public Errno Split(out ReadOnlySpan<byte> directory, out ReadOnlySpan<byte> name)
    {
        directory = ZeroTerminated.Empty;
        name = _bytes;
        if (IsAbsolute)
            return Errno.Perm;
        int end = Bytes.TrimEnd((byte)'/').Length;
        if (end == 0)
            return Errno.NoEnt;
        int slash = _bytes[..end].LastIndexOf((byte)'/');
        if (slash < 0)
            return Errno.Success;
        _bytes[slash] = 0;
        directory = _bytes[..(slash + 1)];
        name = _bytes[(slash + 1)..];
        return Errno.Success;
    }
}
