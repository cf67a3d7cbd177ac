using System.Globalization;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Inspection;

/// <summary>Whether a process is asked for. Allocates nothing for a process without names.</summary>
internal readonly struct ProcessFilter
{
    private readonly ProcessId? _parent;
    private readonly string? _text;
    private readonly long? _environmentId, _localId;

    internal ProcessFilter(ProcessQuery query)
    {
        _parent = query.Parent;
        _text = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim();
        if (_text is null)
            return;
        int dot = _text.IndexOf('.', StringComparison.Ordinal);
        if (!long.TryParse(_text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long localId))
            return;
        if (dot < 0)
            _localId = localId;
        else if (long.TryParse(_text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long environmentId))
            (_environmentId, _localId) = (environmentId, localId);
    }

    internal bool Matches(ProcessBase process)
    {
        if (_parent is { } parent && process.Parent != parent)
            return false;
        return _text is null || HasId(process) || Contains(process.ModuleName) || Contains(process.FunctionName) || Contains(process.Environment.Name) || process.HasNameWith(_text);
    }

    private bool HasId(ProcessBase process) => _localId == process.LocalId && (_environmentId is null || _environmentId == process.Environment.Id);

    private bool Contains(string? text) => text is not null && text.Contains(_text!, StringComparison.OrdinalIgnoreCase);
}
