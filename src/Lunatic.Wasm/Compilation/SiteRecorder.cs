using Lunatic.Wasm.Validation;

namespace Lunatic.Wasm.Compilation;

/// <summary>
/// Keeps the operand types of each site as a path in a tree whose nodes are operands, so that sites share what lies below. That makes it linear
/// in the size of the code, however deep the operand stack is.
/// </summary>
internal sealed class SiteRecorder
{
    private readonly List<int> _positions = [];
    private readonly List<SiteKind> _kinds = [];
    private readonly List<int> _tops = [];
    private readonly List<OperandNode> _nodes = [];

    // the nodes of the operands as they were at the last site, lowest first
    private readonly List<int> _path = [];

    private WasmValueType[] _localTypes = [];

    /// <summary>The function begins.</summary>
    public void Begin(LocalTypes locals)
    {
        _localTypes = new WasmValueType[locals.Count];
        for (int i = 0; i < _localTypes.Length; i++)
            _localTypes[i] = locals[i];
    }

    /// <summary>Adds a site. Only the lowest <paramref name="count"/> operands of the stack are part of its state.</summary>
    public void Add(int position, SiteKind kind, OperandStack stack, int count)
    {
        int known = Math.Min(Math.Min(_path.Count, stack.LowWater), count);
        _path.RemoveRange(known, _path.Count - known);
        for (int i = known; i < count; i++)
        {
            _nodes.Add(new OperandNode(i == 0 ? OperandNode.None : _path[i - 1], stack.Types[i]));
            _path.Add(_nodes.Count - 1);
        }
        stack.MarkLowWater();
        _positions.Add(position);
        _kinds.Add(kind);
        _tops.Add(count == 0 ? OperandNode.None : _path[count - 1]);
    }

    /// <summary>What was added last is no site after all.</summary>
    public void RemoveLast()
    {
        _positions.RemoveAt(_positions.Count - 1);
        _kinds.RemoveAt(_kinds.Count - 1);
        _tops.RemoveAt(_tops.Count - 1);
    }

    public FunctionSites ToSites(LoweredFunction function, LiveLocals live) =>
        new(function, [.. _positions], [.. _kinds], [.. _tops], [.. _nodes], live, _localTypes);

    public int[] Positions() => [.. _positions];
}
