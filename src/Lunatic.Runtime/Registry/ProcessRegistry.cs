using System.Collections.Immutable;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Registry;

/// <summary>The names of processes in an environment. A process's names go when it ends. Any thread.</summary>
/// <param name="max">Most names.</param>
internal sealed class ProcessRegistry(int max)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<ProcessId, List<string>> _names = [];

    internal int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>Gives a name to a process, taking it from another one if need be. The name of a process that has ended is not kept.</summary>
    /// <exception cref="LimitExceededException">There are as many names as there may be.</exception>
    internal void Put(string name, ProcessId id, ProcessBase? process)
    {
        lock (_lock)
        {
            ProcessBase[] waiting = Detach(name);
            if (process is not { HasEnded: true })
            {
                CheckRoom();
                _entries[name] = new Entry { Id = id };
                if (process is not null)
                {
                    // Under the lock and before the end is looked at again: the end either sees the mark, and cleans up, or is seen here.
                    process.IsRegistered = true;
                    Remember(name, id);
                }
            }
            WakeAll(waiting);
        }
        Interlocked.MemoryBarrier();
        if (process is { HasEnded: true })
            RemoveAllOf(id);
    }

    internal bool TryGet(string name, out ProcessId id)
    {
        lock (_lock)
        {
            bool found = _entries.TryGetValue(name, out Entry? entry) && entry.Claimant is null;
            id = found ? entry!.Id : default;
            return found;
        }
    }

    internal void Remove(string name)
    {
        lock (_lock)
            WakeAll(Detach(name));
    }

    /// <summary>Finds a process by name, or reserves the name for one that the claimant is about to spawn.</summary>
    /// <exception cref="LimitExceededException">There are as many names as there may be.</exception>
    /// <returns>
    /// Whether it was found; whether the claimant has to spawn it and then call <see cref="Put"/> or <see cref="GiveUp"/>; or whether another one is at it: the claimant is woken when that is decided, and asks again.
    /// </returns>
    internal ClaimResult Claim(string name, ProcessBase claimant, out ProcessId id)
    {
        id = default;
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out Entry? entry))
            {
                CheckRoom();
                _entries[name] = new Entry { Claimant = claimant };
                claimant.IsRegistered = true;
                Remember(name, claimant.Id);
                return ClaimResult.Claimed;
            }
            if (entry.Claimant is null)
            {
                id = entry.Id;
                return ClaimResult.Found;
            }
            if (entry.Claimant == claimant)
                return ClaimResult.Claimed;
            // it asks again whenever it is woken, also for another reason
            if (!(entry.Waiting ??= []).Contains(claimant))
                entry.Waiting.Add(claimant);
            return ClaimResult.Busy;
        }
    }

    /// <summary>Gives a reserved name back.</summary>
    internal void GiveUp(string name, ProcessBase claimant)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(name, out Entry? entry) && entry.Claimant == claimant)
                WakeAll(Detach(name));
        }
    }

    /// <summary>The first name of a process, for logs; null: it has none.</summary>
    internal string? NameOf(ProcessId id)
    {
        lock (_lock)
            return _names.TryGetValue(id, out List<string>? names) ? names.Find(name => _entries[name].Claimant is null) : null;
    }

    /// <summary>The names of a process.</summary>
    internal ImmutableArray<string> NamesOf(ProcessId id)
    {
        lock (_lock)
            return _names.TryGetValue(id, out List<string>? names) ? [.. names.Where(name => _entries[name].Claimant is null)] : [];
    }

    /// <summary>Whether one of the names of a process contains a text, in whatever case.</summary>
    internal bool HasNameWith(ProcessId id, string text)
    {
        lock (_lock)
        {
            if (!_names.TryGetValue(id, out List<string>? names))
                return false;
            foreach (string name in names)
            {
                if (name.Contains(text, StringComparison.OrdinalIgnoreCase) && _entries[name].Claimant is null)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Removes all names and reservations of a process.</summary>
    internal void RemoveAllOf(ProcessId id)
    {
        lock (_lock)
        {
            if (!_names.TryGetValue(id, out List<string>? names))
                return;
            foreach (string name in names.ToArray())
                WakeAll(Detach(name));
        }
    }

    private void CheckRoom()
    {
        if (_entries.Count >= max)
            throw new LimitExceededException(nameof(EnvironmentOptions.MaxRegistryNames), max);
    }

    private void Remember(string name, ProcessId id)
    {
        if (!_names.TryGetValue(id, out List<string>? names))
            _names[id] = names = [];
        names.Add(name);
    }

    private ProcessBase[] Detach(string name)
    {
        if (!_entries.Remove(name, out Entry? entry))
            return [];
        ProcessId owner = entry.Claimant?.Id ?? entry.Id;
        if (_names.TryGetValue(owner, out List<string>? names) && names.Remove(name) && names.Count == 0)
            _names.Remove(owner);
        return entry.Waiting is null ? [] : [.. entry.Waiting];
    }

    private static void WakeAll(ProcessBase[] processes)
    {
        foreach (ProcessBase process in processes)
            process.Wake();
    }

    private sealed class Entry
    {
        internal ProcessId Id;
        internal ProcessBase? Claimant;
        internal List<ProcessBase>? Waiting;
    }
}
