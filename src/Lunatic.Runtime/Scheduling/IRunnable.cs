namespace Lunatic.Runtime.Scheduling;

/// <summary>What a scheduler runs: a process that has something to do. It is handed to the scheduler once per run.</summary>
internal interface IRunnable
{
    /// <summary>Runs one slice. Throws nothing.</summary>
    void Run();
}
