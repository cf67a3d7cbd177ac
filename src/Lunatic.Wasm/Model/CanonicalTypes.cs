using System.Collections.Immutable;

namespace Lunatic.Wasm.Model;

/// <summary>
/// Makes equal function types one object with one number, runtime-wide. Types that nobody uses any more are forgotten, so that guests which compile ever new
/// modules do not fill the host's memory; their numbers are given out again, which is safe because whatever compares a number keeps its type alive.
/// </summary>
internal static class CanonicalTypes
{
    private const int SmallestPurge = 4096;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal);
    private static readonly Stack<int> FreeIds = [];
    private static int _lastId;
    private static int _purgeAt = SmallestPurge;

    /// <summary>Number of types that are known; some of them may be unused by now.</summary>
    public static int Count
    {
        get
        {
            lock (Gate)
                return Entries.Count;
        }
    }

    /// <summary>The one object for a type.</summary>
    /// <param name="key">What tells the type from all others.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="results">Its results.</param>
    public static WasmFunctionType Get(string key, ReadOnlySpan<WasmValueType> parameters, ReadOnlySpan<WasmValueType> results)
    {
        lock (Gate)
        {
            Entry? entry = Entries.GetValueOrDefault(key);
            if (entry is not null && entry.Type.TryGetTarget(out WasmFunctionType? known))
                return known;
            if (entry is not null)
                FreeIds.Push(entry.Id);
            else if (Entries.Count >= _purgeAt)
                Purge();
            int id = FreeIds.Count > 0 ? FreeIds.Pop() : checked(++_lastId);
            var type = new WasmFunctionType(ImmutableArray.Create(parameters), ImmutableArray.Create(results), id);
            Entries[key] = new Entry(new WeakReference<WasmFunctionType>(type), id);
            return type;
        }
    }

    // costs as much as the types that were added since the last time
    private static void Purge()
    {
        foreach ((string key, Entry entry) in Entries)
        {
            if (entry.Type.TryGetTarget(out _))
                continue;
            Entries.Remove(key);
            FreeIds.Push(entry.Id);
        }
        _purgeAt = Math.Max(SmallestPurge, Entries.Count * 2);
    }

    private sealed record Entry(WeakReference<WasmFunctionType> Type, int Id);
}
