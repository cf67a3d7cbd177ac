namespace Lunatic.Cli;

/// <summary>What the command's exit status says beside a guest's own `proc_exit` code.</summary>
internal static class ExitStatus
{
    public const int Success = 0;

    /// <summary>A file that cannot be read or is no module that can run here; scripts or tests that failed.</summary>
    public const int Failure = 1;

    /// <summary>Arguments that make no sense.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C (128 + SIGINT, as shells have it).</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to end (128 + SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>The guest trapped or was killed (128 + SIGABRT, as a native program that aborts).</summary>
    public const int Trapped = 134;
}
