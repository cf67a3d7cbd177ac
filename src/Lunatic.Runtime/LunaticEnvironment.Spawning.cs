using Lunatic.Runtime.Environments;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime;

/// <summary>How C# processes are spawned.</summary>
public sealed partial class LunaticEnvironment
{
    /// <summary>Spawns a C# process.</summary>
    /// <param name="body">Its body. When it returns, the process ends; an exception that it throws is the exit reason.</param>
    /// <exception cref="LimitExceededException">There are as many processes as there may be.</exception>
    /// <exception cref="ObjectDisposedException">The environment has been disposed of.</exception>
    public LunaticProcess Spawn(Func<NativeProcessContext, Task> body)
    {
        NativeProcess process = Create(body);
        process.Start();
        return process;
    }

    internal LunaticProcess SpawnLinked(Func<NativeProcessContext, Task> body, ProcessBase parent, long tag)
    {
        NativeProcess process = Create(body);
        ProcessLinks.Link(parent, process, tagForFirst: tag, tagForOther: Message.NoTag);
        process.Start();
        return process;
    }

    /// <summary>What says why a process was not taken in; null if it was.</summary>
    internal Exception? RefusalOf(PublishResult result) => result switch
    {
        PublishResult.EnvironmentFull => new LimitExceededException(nameof(EnvironmentOptions.MaxProcesses), Options.MaxProcesses),
        PublishResult.RuntimeFull => new LimitExceededException($"{nameof(LunaticRuntimeOptions)}.{nameof(LunaticRuntimeOptions.MaxProcesses)}", Runtime.Options.MaxProcesses),
        PublishResult.Closed => new ObjectDisposedException(nameof(LunaticEnvironment), $"Environment {Name} has been disposed of."),
        _ => null,
    };

    /// <summary>Throws what says why a process was not taken in.</summary>
    internal void ThrowIfRefused(PublishResult result)
    {
        if (RefusalOf(result) is { } refusal)
            throw refusal;
    }

    /// <summary>Makes a C# process that can be found, but does not run before <see cref="ProcessBase.Start"/>.</summary>
    internal NativeProcess Create(Func<NativeProcessContext, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var process = new NativeProcess(this, AllocateId(), body);
        ThrowIfRefused(TryPublish(process));
        return process;
    }
}
