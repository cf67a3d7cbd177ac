namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>Texts of the host as the C library wants them.</summary>
internal static class ZeroTerminated
{
    /// <summary>The empty path: the descriptor itself.</summary>
    public static ReadOnlySpan<byte> Empty => "\0"u8;

    /// <summary>The directory itself.</summary>
    public static ReadOnlySpan<byte> Here => ".\0"u8;

    /// <summary>A host path as UTF-8 with a zero byte behind it.</summary>
    public static byte[] FromString(string text)
    {
        byte[] bytes = new byte[System.Text.Encoding.UTF8.GetByteCount(text) + 1];
        System.Text.Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>A copy with a zero byte behind it.</summary>
    public static byte[] FromBytes(ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[text.Length + 1];
        text.CopyTo(bytes);
        return bytes;
    }
}
