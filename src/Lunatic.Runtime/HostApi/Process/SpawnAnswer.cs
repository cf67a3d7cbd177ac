using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Registry;

namespace Lunatic.Runtime.HostApi.Process;

/// <summary>How a guest is told what came of a spawn: which name the child gets, and where the ids are written.</summary>
/// <param name="Name">The name that the spawner has claimed for the child, or null.</param>
/// <param name="NodeIdPointer">Where the node's id goes, with a name.</param>
/// <param name="IdPointer">Where the id of the process, or of an error, goes.</param>
internal readonly record struct SpawnAnswer(string? Name, int NodeIdPointer, int IdPointer)
{
    private const int Spawned = 0;
    private const int Failed = 1;

    /// <summary>Answers; the result is the host function's. Directories that cannot be used trap: a mistake of the configuration, not of the module.</summary>
    public int Give(ProcessContext context, GuestLaunch launch)
    {
        bool succeeded = launch.Error is null;
        if (Name is not null)
        {
            ProcessRegistry registry = context.Environment.Registry;
            if (succeeded)
                registry.Put(Name, launch.Process.Id, launch.Process);
            else
                registry.GiveUp(Name, context.Process);
            context.TryWriteInt64(NodeIdPointer, 0);
        }
        if (launch.Cause is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
            return context.Trap(launch.Error!, launch.Cause);
        context.TryWriteInt64(IdPointer, succeeded ? launch.Process.Id.LocalId : context.Resources.Errors.Add(launch.Error!));
        return succeeded ? Spawned : Failed;
    }
}
