using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>What guests hold of a runtime, counted. When all have ended nothing of it is left.</summary>
/// <param name="Processes">Processes in the tables.</param>
/// <param name="Starting">Guests whose start function runs.</param>
/// <param name="Memories">Slots of memory.</param>
/// <param name="ChargedBytes">Bytes on the account of all guests.</param>
/// <param name="Names">Names in the registry, reservations among them.</param>
/// <param name="Timers">Timers that are set.</param>
/// <param name="Files">Files below <c>folder</c> that are open, other than the folder itself.</param>
/// <param name="Sockets">Sockets that are open.</param>
internal readonly record struct Holdings(int Processes, int Starting, long Memories, long ChargedBytes, int Names, int Timers, int Files, int Sockets)
{
    public static Holdings Of(LunaticEnvironment environment, string? folder = null) => new(
        environment.ProcessCount,
        environment.StartingCount,
        environment.Runtime.GuestMemory.SlotsInUse,
        environment.Runtime.GuestMemory.ChargedBytes,
        environment.Registry.Count,
        environment.Runtime.Timers.Count,
        folder is null ? 0 : OpenFilesBelow(folder),
        environment.Runtime.HostServices.Network.OpenSockets);

    /// <summary>Checks that a process that has ended holds nothing, and that none of the others has anything to do with it.</summary>
    public static void AssertNothingOf(LunaticProcess ended, string when)
    {
        var process = (ProcessBase)ended;
        Assert.That(process.HasEnded, Is.True, $"{when}: not ended");
        Assert.That(process.Environment.Find(process.Id.LocalId), Is.Null, $"{when}: in the table");
        Assert.That(process.Environment.Registry.NameOf(process.Id), Is.Null, $"{when}: in the registry");
        Assert.That(process.Relations, Is.Null, $"{when}: relations");
        if (process is GuestProcess guest)
        {
            Assert.That(guest.Pending, Is.Null, $"{when}: a pending operation");
            Assert.That(guest.Context.Resources.Count, Is.Zero, $"{when}: resources");
            Assert.That(guest.Context.Scratch, Is.Null, $"{when}: a message in work");
            Assert.That(() => guest.Store.FuelUsed, Throws.InstanceOf<ObjectDisposedException>(), $"{when}: the store");
        }
        foreach (LunaticProcess other in process.Environment.Processes)
            Assert.That(((ProcessBase)other).Relations?.Peers ?? [], Has.None.EqualTo(process.Id), $"{when}: a relation of {other}");
    }

    private static int OpenFilesBelow(string folder) => Directory.EnumerateFiles("/proc/self/fd")
        .Select(static descriptor => new FileInfo(descriptor).LinkTarget)
        .Count(target => target is not null && target.StartsWith(folder + "/", StringComparison.Ordinal));
}
