using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi;

// Resources by id. Each method returns false after it made the call trap.
internal sealed partial class ProcessContext
{
    private ProcessResources? _resources;

    /// <summary>What the process holds by id.</summary>
    public ProcessResources Resources => _resources ??= new(Environment.Options.MaxResources);

    /// <summary>Looks an entry up; traps on an unknown id.</summary>
    public bool TryFind<T>(ResourceTable<T> table, long id, string kind, [NotNullWhen(true)] out T? entry) where T : class
    {
        if (table.TryGet(id, out entry))
            return true;
        TrapUnknown(kind, id);
        return false;
    }

    /// <summary>Takes an entry out; traps on an unknown id.</summary>
    public bool TryTake<T>(ResourceTable<T> table, long id, string kind, [NotNullWhen(true)] out T? entry) where T : class
    {
        if (table.TryRemove(id, out entry))
            return true;
        TrapUnknown(kind, id);
        return false;
    }

    private void TrapUnknown(string kind, long id) => Trap($"there is no {kind} with id {(ulong)id}");
}
