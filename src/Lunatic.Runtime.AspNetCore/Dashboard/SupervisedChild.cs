using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>A process's place in its supervision tree.</summary>
/// <param name="Supervisors">The supervisors above it, the root first; if it is a supervisor itself, that is the last of them.</param>
/// <param name="Child">What it is to the supervisor above it; null: it is the root.</param>
internal sealed record SupervisedChild(ImmutableArray<Supervisor> Supervisors, ChildHandle? Child)
{
    /// <summary>The process as a supervisor; null: it is none.</summary>
    internal Supervisor? Self { get; private init; }

    /// <summary>The supervisor that it is a child of; null: it is the root.</summary>
    internal Supervisor? Above => Self is null ? Supervisors[^1] : Supervisors is [.., var above, _] ? above : null;

    /// <summary>Finds a process in the trees; null: nobody supervises it.</summary>
    internal static SupervisedChild? Find(LunaticRuntime runtime, ProcessSnapshot process)
    {
        // who is not spawned by another process is a root at most
        if (process.Kind is not ProcessKind.Supervisor && process.Parent is null)
            return null;
        return runtime.Environments.SelectMany(static environment => environment.Supervisors)
            .Select(root => FindBelow(root, process, [root], null)).FirstOrDefault(static found => found is not null);
    }

    private static SupervisedChild? FindBelow(Supervisor supervisor, ProcessSnapshot process, ImmutableArray<Supervisor> path, ChildHandle? self)
    {
        if (supervisor.Process.Id == process.Id)
            return new SupervisedChild(path, self) { Self = supervisor };
        bool isParent = supervisor.Process.Id == process.Parent;
        foreach (ChildHandle child in supervisor.Children)
        {
            if (child.Supervisor is { } below && FindBelow(below, process, path.Add(below), child) is { } found)
                return found;
            if (isParent && child.Current?.Id == process.Id)
                return new SupervisedChild(path, child);
        }
        return null;
    }
}
