using Lunatic.Runtime.Environments;
using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime;

/// <summary>How C# processes are spawned.</summary>
public sealed partial class LunaticEnvironment
{
    /// <summary>Spawns a C# process.</summary>
    /// <param name="body">Its body. When it returns, the process ends; an exception that it throws is the exit reason.</param>
    /// <param name="options">Name, link and mailbox; null for none.</param>
    /// <exception cref="LimitExceededException">There are as many processes as there may be.</exception>
    /// <exception cref="ObjectDisposedException">The environment has been disposed of.</exception>
    /// <exception cref="ArgumentException">An option has no sense.</exception>
    public LunaticProcess Spawn(Func<NativeProcessContext, Task> body, SpawnOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        options?.Validate();
        ProcessBase? link = options?.Link is null ? null : ProcessBase.Local(options.Link);
        NativeProcess process = Create(body, options);
        if (link is not null)
            ProcessLinks.Link(link, process, tagForFirst: options!.LinkTag, tagForOther: Message.NoTag);
        if (options?.Name is { } name)
            Registry.Put(name, process.Id, process);
        process.Start();
        return process;
    }

    /// <summary>Spawns a C# process that handles messages of one type.</summary>
    /// <param name="create">Makes the object that handles them, in the process: nobody else should keep it.</param>
    /// <param name="options">Name, link and mailbox; null for none.</param>
    /// <inheritdoc cref="Spawn(Func{NativeProcessContext, Task}, SpawnOptions)"/>
    public ProcessHandle<TMessage> Spawn<TMessage>(Func<TypedProcess<TMessage>> create, SpawnOptions? options = null)
        where TMessage : notnull
    {
        ArgumentNullException.ThrowIfNull(create);
        return new ProcessHandle<TMessage>(Spawn(context => create().RunAsync(context), options));
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
    /// <param name="body">Its body.</param>
    /// <param name="options">Whose mailbox bounds it gets; null for the environment's.</param>
    internal NativeProcess Create(Func<NativeProcessContext, Task> body, SpawnOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        var process = new NativeProcess(this, AllocateId(), body);
        if (options is { MaxMailboxMessages: not null } or { MaxMailboxBytes: not null } or { MailboxFullPolicy: not null })
            process.Bounds = MailboxBounds.Of(options, Options);
        ThrowIfRefused(TryPublish(process));
        return process;
    }
}
