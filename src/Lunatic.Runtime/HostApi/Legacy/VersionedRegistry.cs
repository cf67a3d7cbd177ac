using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>
/// The names of processes in an environment of the old generation: under each name a list of versions, of which the latest that was inserted and fits is found. Processes
/// that have ended stay. Any thread.
/// </summary>
internal sealed class VersionedRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<(SemanticVersion Version, ProcessBase Process)>> _names = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Registers a process; the same version is replaced in its place. A version that is none leaves the name known.</summary>
    /// <returns>Whether the version is one; null: the registry holds <paramref name="max"/> entries.</returns>
    public bool? Register(string name, string version, ProcessBase process, int max)
    {
        lock (_lock)
        {
            if (!_names.TryGetValue(name, out List<(SemanticVersion Version, ProcessBase Process)>? versions))
            {
                if (_count >= max)
                    return null;
                _names[name] = versions = [];
                _count++;
            }
            if (SemanticVersion.Parse(version) is not { } parsed)
                return false;
            int index = versions.FindIndex(entry => entry.Version.Equals(parsed));
            if (index >= 0)
            {
                versions[index] = (parsed, process);
                return true;
            }
            if (_count >= max)
                return null;
            versions.Add((parsed, process));
            _count++;
            return true;
        }
    }

    /// <summary>Removes a version.</summary>
    /// <returns>Found and removed; not there; or null: the name is known and the version is none.</returns>
    public bool? Unregister(string name, string version)
    {
        lock (_lock)
        {
            if (!_names.TryGetValue(name, out List<(SemanticVersion Version, ProcessBase Process)>? versions))
                return false;
            if (SemanticVersion.Parse(version) is not { } parsed)
                return null;
            int removed = versions.RemoveAll(entry => entry.Version.Equals(parsed));
            _count -= removed;
            return removed > 0;
        }
    }

    /// <summary>Finds the latest inserted version that fits a query.</summary>
    /// <param name="name">The name.</param>
    /// <param name="query">The query, for example <c>^1.2</c>.</param>
    /// <param name="isQuery">False: the name is known and the query is none.</param>
    public ProcessBase? Look(string name, string query, out bool isQuery)
    {
        isQuery = true;
        lock (_lock)
        {
            if (!_names.TryGetValue(name, out List<(SemanticVersion Version, ProcessBase Process)>? versions))
                return null;
            if (VersionRequirement.Parse(query) is not { } requirement)
            {
                isQuery = false;
                return null;
            }
            return versions.FindLast(entry => requirement.Matches(entry.Version)).Process;
        }
    }
}
