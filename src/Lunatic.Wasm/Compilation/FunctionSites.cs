namespace Lunatic.Wasm.Compilation;

/// <summary>
/// The sites of a function: the positions at which its frame can be taken, in ascending order. A position can be two sites, when a bulk operation
/// follows directly on a call or a loop's header: the operand stack of the call site lacks the results.
/// </summary>
internal sealed class FunctionSites
{
    private readonly int[] _positions;
    private readonly SiteKind[] _kinds;
    private readonly int[] _tops;
    private readonly OperandNode[] _nodes;
    private readonly LiveLocals _live;

    internal FunctionSites(LoweredFunction function, int[] positions, SiteKind[] kinds, int[] tops, OperandNode[] nodes, LiveLocals live,
        WasmValueType[] localTypes)
    {
        Function = function;
        _positions = positions;
        _kinds = kinds;
        _tops = tops;
        _nodes = nodes;
        _live = live;
        LocalTypes = localTypes;
    }

    /// <summary>The code that positions are indices into; the same, instruction for instruction, as every other lowering of the function.</summary>
    public LoweredFunction Function { get; }

    /// <summary>Types of parameters and locals.</summary>
    public WasmValueType[] LocalTypes { get; }

    public int Count => _positions.Length;

    /// <summary>Whether every local counts as live, because the function is too large for the analysis (see <see cref="LiveLocals"/>).</summary>
    public bool IsConservative => _live.IsConservative;

    public int Position(int site) => _positions[site];

    public SiteKind Kind(int site) => _kinds[site];

    /// <summary>The first site at a position, or -1. If there are two, a frame's state is right for both.</summary>
    public int Find(int position) => FirstAt(position);

    /// <summary>The site of this kind at a position, or -1.</summary>
    public int Find(int position, SiteKind kind)
    {
        int site = FirstAt(position);
        for (; site >= 0 && site < _positions.Length && _positions[site] == position; site++)
        {
            if (_kinds[site] == kind)
                return site;
        }
        return -1;
    }

    /// <summary>Types of the operands that a frame holds at the site, lowest first; at a call without the arguments and results.</summary>
    public WasmValueType[] OperandTypes(int site)
    {
        int count = 0;
        for (int node = _tops[site]; node != OperandNode.None; node = _nodes[node].Below)
            count++;
        var types = new WasmValueType[count];
        for (int node = _tops[site]; node != OperandNode.None; node = _nodes[node].Below)
            types[--count] = _nodes[node].Type;
        return types;
    }

    /// <summary>
    /// Whether the value in a slot of parameters and locals may be read before it is written, going on from a position. False only for slots
    /// that may hold anything there.
    /// </summary>
    /// <exception cref="ArgumentException">No site is at the position.</exception>
    public bool IsLive(int position, int slot)
    {
        int site = FirstAt(position);
        if (site < 0)
            throw new ArgumentException($"no site is at position {position}", nameof(position));
        return _live.IsLive(site, slot);
    }

    private int FirstAt(int position)
    {
        int site = Array.BinarySearch(_positions, position);
        while (site > 0 && _positions[site - 1] == position)
            site--;
        return site < 0 ? -1 : site;
    }
}
