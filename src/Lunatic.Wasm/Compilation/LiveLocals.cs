namespace Lunatic.Wasm.Compilation;

/// <summary>
/// Which slots of locals are live at each site: on some path from there the slot is read before it is written. Found by the usual backward data flow
/// over basic blocks, exactly, unless the function is beyond <see cref="BudgetBits"/> or <see cref="BudgetWork"/>: then every local counts as live,
/// which is right too, only more to save.
/// </summary>
internal sealed class LiveLocals
{
    /// <summary>The most bits that the sets of all blocks, or of all sites, may take: 32 MiB.</summary>
    public const long BudgetBits = 1L << 28;

    /// <summary>The most 64-bit words that the data flow may look at: about a tenth of a second.</summary>
    public const long BudgetWork = 1L << 27;

    private readonly ulong[]? _sets;
    private readonly int _words;

    private LiveLocals(ulong[]? sets, int words)
    {
        _sets = sets;
        _words = words;
    }

    public bool IsConservative => _sets is null;

    public bool IsLive(int site, int slot) => _sets is null || (_sets[((long)site * _words) + (slot >> 6)] >> (slot & 63) & 1) != 0;

    /// <summary>The live slots at each of these positions, which ascend.</summary>
    public static LiveLocals Find(LoweredFunction function, int[] positions)
    {
        int words = (function.LocalSlots + 63) / 64;
        if ((long)words * 64 * positions.Length > BudgetBits)
            return new LiveLocals(null, words);
        var flow = new ControlFlow(function);
        if ((long)words * 64 * flow.Count > BudgetBits)
            return new LiveLocals(null, words);
        ulong[]? atStart = SolveBlocks(function, flow, words);
        return new LiveLocals(atStart is null ? null : SitesOf(function, flow, atStart, words, positions), words);
    }

    // live sets at the start of each block, or null when that is too much work
    private static ulong[]? SolveBlocks(LoweredFunction function, ControlFlow flow, int words)
    {
        var atStart = new ulong[flow.Count * words];
        var reads = new ulong[flow.Count * words];
        var writes = new ulong[flow.Count * words];
        for (int block = 0; block < flow.Count; block++)
        {
            Span<ulong> blockReads = reads.AsSpan(block * words, words);
            Span<ulong> blockWrites = writes.AsSpan(block * words, words);
            for (int i = flow.End(block) - 1; i >= flow.Start(block); i--)
                Step(in function.Instructions[i], blockReads, blockWrites);
        }

        // code runs mostly forwards, so going backwards a few rounds settle it
        long work = 0;
        var live = new ulong[words];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int block = flow.Count - 1; block >= 0; block--)
            {
                int successors = flow.SuccessorCount(block);
                work += (long)(successors + 1) * words;
                if (work > BudgetWork)
                    return null;
                live.AsSpan().Clear();
                for (int i = 0; i < successors; i++)
                {
                    ReadOnlySpan<ulong> successor = atStart.AsSpan(flow.Successor(block, i) * words, words);
                    for (int word = 0; word < words; word++)
                        live[word] |= successor[word];
                }
                for (int word = 0; word < words; word++)
                {
                    ref ulong set = ref atStart[(block * words) + word];
                    ulong now = reads[(block * words) + word] | (live[word] & ~writes[(block * words) + word]);
                    changed |= now != set;
                    set = now;
                }
            }
        }
        return atStart;
    }

    private static ulong[] SitesOf(LoweredFunction function, ControlFlow flow, ulong[] atStart, int words, int[] positions)
    {
        var sets = new ulong[positions.Length * words];
        var live = new ulong[words];
        var unused = new ulong[words];
        int site = positions.Length - 1;
        while (site >= 0)
        {
            int block = flow.BlockAt(positions[site]);
            live.AsSpan().Clear();
            for (int i = 0; i < flow.SuccessorCount(block); i++)
            {
                ReadOnlySpan<ulong> successor = atStart.AsSpan(flow.Successor(block, i) * words, words);
                for (int word = 0; word < words; word++)
                    live[word] |= successor[word];
            }
            for (int i = flow.End(block) - 1; i >= flow.Start(block) && site >= 0; i--)
            {
                Step(in function.Instructions[i], live, unused);
                for (; site >= 0 && positions[site] == i; site--)
                    live.CopyTo(sets, site * words);
            }
        }
        return sets;
    }

    // one instruction backwards: what it writes is not live before it, what it reads is
    private static void Step(in Instruction instruction, Span<ulong> live, Span<ulong> written)
    {
        switch (instruction.Opcode)
        {
            case Opcode.LocalGet:
                Read(instruction.A, live);
                break;
            case Opcode.LocalGet2:
                Read(instruction.A, live);
                Read(instruction.A + 1, live);
                break;
            case Opcode.LocalSet or Opcode.LocalTee:
                Write(instruction.A, live, written);
                break;
            case Opcode.LocalSet2 or Opcode.LocalTee2:
                Write(instruction.A, live, written);
                Write(instruction.A + 1, live, written);
                break;
        }
    }

    private static void Read(int slot, Span<ulong> live) => live[slot >> 6] |= 1UL << (slot & 63);

    private static void Write(int slot, Span<ulong> live, Span<ulong> written)
    {
        live[slot >> 6] &= ~(1UL << (slot & 63));
        written[slot >> 6] |= 1UL << (slot & 63);
    }
}
