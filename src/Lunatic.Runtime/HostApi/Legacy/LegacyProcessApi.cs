using System.Buffers.Binary;
using System.Security.Cryptography;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary><c>lunatic::process</c> of the old generation. Processes, environments and modules are named by ids of the caller's own tables; unknown ids trap. The parts lie in a file each.</summary>
[HostNamespace("lunatic::process")]
internal static partial class LegacyProcessApi
{
    private const int IdBytes = 16;

    /// <summary>A new handle of the calling process.</summary>
    [HostFunction("this")]
    public static long This(ProcessContext context) => context.Resources.Legacy.Processes.Add(context.Process);

    /// <summary>Forgets a handle; the process goes on.</summary>
    [HostFunction("drop_process")]
    public static void DropProcess(ProcessContext context, long processId) => context.TryTake(context.Resources.Legacy.Processes, processId, "process", out _);

    /// <summary>Another handle of the same process.</summary>
    [HostFunction("clone_process")]
    public static long CloneProcess(ProcessContext context, long processId) =>
        context.TryFind(context.Resources.Legacy.Processes, processId, "process", out ProcessBase? process) ? context.Resources.Legacy.Processes.Add(process) : 0;

    /// <summary>Writes the 16 bytes that name a process wherever it is known: a UUID of version 4, made from its number and a secret of the runtime.</summary>
    [HostFunction("id")]
    public static void Id(ProcessContext context, long processId, int pointer)
    {
        if (!context.TryFind(context.Resources.Legacy.Processes, processId, "process", out ProcessBase? process) || !context.TryGetMemory(pointer, IdBytes, out Span<byte> target))
            return;
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, process.Id.EnvironmentId);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], process.Id.LocalId);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(context.Services.IdSecret, numbers, hash);
        // little-endian as a number of 128 bits: version and variant lie in its upper half
        hash[9] = (byte)((hash[9] & 0x0F) | 0x40);
        hash[7] = (byte)((hash[7] & 0x3F) | 0x80);
        hash[..IdBytes].CopyTo(target);
    }

    /// <summary>Links the process with another: whichever outlives the other hears of its failure under the tag (0 for none). A process that has ended is no link.</summary>
    [HostFunction("link")]
    public static void Link(ProcessContext context, long tag, long processId)
    {
        if (context.TryFind(context.Resources.Legacy.Processes, processId, "process", out ProcessBase? other) && !other.HasEnded)
            ProcessLinks.Link(context.Process, other, tag);
    }

    /// <summary>Removes a link, on both sides.</summary>
    [HostFunction("unlink")]
    public static void Unlink(ProcessContext context, long processId)
    {
        if (context.TryFind(context.Resources.Legacy.Processes, processId, "process", out ProcessBase? other))
            ProcessLinks.Unlink(context.Process, other);
    }
}
