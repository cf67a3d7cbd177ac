using System.Globalization;
using System.Text;
using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing.Tracing;

/// <summary>Something that happened in a run. It becomes text only when somebody asks.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Step">During which slice of the run.</param>
/// <param name="Time">When, on the virtual clock.</param>
/// <param name="Subject">The process that it happened to, or that did it; null: none did.</param>
/// <param name="Other">The receiver of a message, the process that was spawned.</param>
/// <param name="Number">The slice of the process; the tag of a message.</param>
/// <param name="Length">Bytes of a message, -1 where it is an object; the fuel that a guest used before its slice.</param>
/// <param name="Detail">The type of a message that is an object, the reason of an end, the text of a fault.</param>
internal readonly record struct TraceEvent(TraceKind Kind, long Step, TimeSpan Time, ObservedProcess? Subject, ObservedProcess? Other, long Number, long Length, string? Detail)
{
    /// <summary>Mixes all that makes the event into a fingerprint.</summary>
    internal ulong Mix(ulong fingerprint)
    {
        fingerprint = Mix(fingerprint, (ulong)Kind);
        fingerprint = Mix(fingerprint, (ulong)Step);
        fingerprint = Mix(fingerprint, (ulong)Time.Ticks);
        fingerprint = Mix(fingerprint, Subject?.Fingerprint ?? 0);
        fingerprint = Mix(fingerprint, Other?.Fingerprint ?? 0);
        fingerprint = Mix(fingerprint, (ulong)Number);
        fingerprint = Mix(fingerprint, (ulong)Length);
        foreach (char letter in Detail ?? "")
            fingerprint = Mix(fingerprint, letter);
        return fingerprint;
    }

    /// <summary>After FNV-1a, a word at a time.</summary>
    internal static ulong Mix(ulong fingerprint, ulong value)
    {
        fingerprint = (fingerprint ^ value) * 0x100000001B3;
        return fingerprint ^ (fingerprint >> 29);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Step,6} {Time:d\\.hh\\:mm\\:ss\\.fff} ");
        return text.Append(What).ToString();
    }

    private string Actor => Subject?.Label ?? "the test";

    private string What => Kind switch
    {
        TraceKind.Spawn => $"{Actor} spawns {Other!.Label}",
        TraceKind.Slice => $"{Actor} runs (slice {Number}{(Length == 0 ? "" : $", after {Length} operations")})",
        TraceKind.Message => $"{Actor} sends {Other!.Label} {MessageText}{(Detail is null ? "" : ": " + Detail)}",
        TraceKind.End => $"{Actor} ends: {Detail}",
        TraceKind.Clock => "the clock moves on",
        TraceKind.Test => "the test goes on",
        TraceKind.Work => "blocking work is done",
        _ => $"FAULT: {Detail}",
    };

    private string MessageText => (Length < 0 ? "an object" : Length == 1 ? "1 byte" : $"{Length} bytes") + (Number == Message.NoTag ? "" : $" with tag {Number}");
}
