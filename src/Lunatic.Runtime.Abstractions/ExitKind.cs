namespace Lunatic.Runtime;

/// <summary>How a process ended.</summary>
public enum ExitKind
{
    /// <summary>The entry function or the body returned.</summary>
    Returned = 1,

    /// <summary>The process asked to end with an exit code (<c>proc_exit</c>).</summary>
    Exited,

    /// <summary>The guest trapped.</summary>
    Trapped,

    /// <summary>Somebody killed the process.</summary>
    Killed,

    /// <summary>A linked process failed, or did not exist, and the process did not ask to be told by message instead.</summary>
    LinkDied,

    /// <summary>The guest used all the fuel that it may use.</summary>
    OutOfFuel,

    /// <summary>
    /// The host could not keep something for the guest (messages, names, texts): the host's process is out of memory, or guests use as much as they may
    /// (<see cref="LunaticRuntimeOptions.MaxCommittedBytes"/>). Growing a linear memory beyond its limit is no end: it answers -1.
    /// </summary>
    OutOfMemory,

    /// <summary>The body of a C# process, or the runtime on the process's behalf, threw an exception.</summary>
    Faulted,
}
