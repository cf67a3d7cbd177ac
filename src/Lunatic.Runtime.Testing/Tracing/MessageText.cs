using System.Text;

namespace Lunatic.Runtime.Testing.Tracing;

/// <summary>Messages as failures show them.</summary>
internal static class MessageText
{
    private const int MaxBytes = 64;
    private const int MaxLetters = 200;

    internal static string Of(Message message) => message.Kind switch
    {
        MessageKind.Object => $"{Short(message.Body!.ToString() ?? message.Body.GetType().Name)}{Tag(message)}",
        MessageKind.LinkDied => $"the news that linked process {message.DeadProcess} died ({message.DeathReason?.Message ?? "it did not exist"}){Tag(message)}",
        MessageKind.ProcessDied => $"the news that process {message.DeadProcess} ended ({message.DeathReason?.Message ?? "it did not exist"})",
        _ => $"{(message.Data.Length == 1 ? "1 byte" : $"{message.Data.Length} bytes")}{Tag(message)}{Bytes(message.Data.Span)}",
    };

    private static string Tag(Message message) => message.Tag == Message.NoTag ? "" : $" with tag {message.Tag}";

    private static string Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        ReadOnlySpan<byte> shown = bytes[..Math.Min(bytes.Length, MaxBytes)];
        string more = bytes.Length > MaxBytes ? " …" : "";
        foreach (byte value in shown)
        {
            if (value is < 0x20 or > 0x7E)
                return $": {Convert.ToHexStringLower(shown)}{more}";
        }
        return $": \"{Encoding.ASCII.GetString(shown)}{more}\"";
    }

    private static string Short(string text) => text.Length <= MaxLetters ? text : text[..MaxLetters] + " …";
}
