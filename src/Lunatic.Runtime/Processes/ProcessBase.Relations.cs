using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>Links and monitors, as a process asks for them itself. Owner only, unless said otherwise.</summary>
internal abstract partial class ProcessBase
{
    /// <summary>Links, watchers and watched processes; null while there are none. Owner only.</summary>
    internal ProcessRelations? Relations { get; private set; }

    /// <summary>Whether the process dies when a linked one fails; otherwise it gets a message. Initially it dies. Owner only: others post a <see cref="DieWhenLinkDiesSignal"/>.</summary>
    internal bool DiesWhenLinkDies { get; set; } = true;

    internal ProcessRelations EnsureRelations() => Relations ??= new ProcessRelations();

    /// <inheritdoc/>
    public sealed override void Link(LunaticProcess other, long tag = Message.NoTag) => ProcessLinks.Link(this, Local(other), tag);

    /// <inheritdoc/>
    public sealed override void Unlink(LunaticProcess other) => ProcessLinks.Unlink(this, Local(other));

    /// <inheritdoc/>
    public sealed override void Monitor(LunaticProcess watcher) => ProcessLinks.Monitor(this, Local(watcher));

    /// <inheritdoc/>
    public sealed override void StopMonitoring(LunaticProcess watcher) => ProcessLinks.StopMonitoring(this, Local(watcher));

    /// <summary>A process of a runtime of this kind.</summary>
    internal static ProcessBase Local(LunaticProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return process as ProcessBase ?? throw new ArgumentException("Not a process of this runtime.", nameof(process));
    }
}
