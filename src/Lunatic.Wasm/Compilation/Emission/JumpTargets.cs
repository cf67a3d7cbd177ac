namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Where jumps of lowered code lead, and the loops that they make.</summary>
internal sealed class JumpTargets
{
    private readonly bool[] _isTarget;
    private readonly List<(int Header, int Last)> _loops = [];

    public JumpTargets(Instruction[] code)
    {
        _isTarget = new bool[code.Length + 1];
        var lastJumpBack = new int[code.Length];
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i].Opcode)
            {
                case Opcode.LoopHeader or Opcode.LoopHeaderBeforeCall:
                    _isTarget[i] = true;
                    break;
                case Opcode.JumpTable:
                    _isTarget.AsSpan(i + 1, code[i].A + 1).Fill(true);
                    break;
                case >= Opcode.Jump and <= Opcode.JumpIfZero:
                    _isTarget[code[i].A] = true;
                    if (code[i].A <= i)
                        lastJumpBack[code[i].A] = i;
                    break;
            }
        }
        FindLoops(code, lastJumpBack);
    }

    /// <summary>Whether a jump leads there, or a loop begins.</summary>
    public bool IsTarget(int instruction) => _isTarget[instruction];

    /// <summary>Headers of the loops around the place before an instruction, outermost first. A loop here is what can come back to its header.</summary>
    public List<int> LoopsAround(int instruction)
    {
        var headers = new List<int>();
        foreach ((int header, int last) in _loops)
        {
            if (header >= instruction)
                break;
            if (instruction <= last)
                headers.Add(header);
        }
        return headers;
    }

    /// <summary>The last instruction of the loop whose header an instruction is, or -1.</summary>
    public int LastOfLoop(int header)
    {
        int place = _loops.BinarySearch((header, int.MaxValue));
        // the one before, as no loop ends there
        (int Header, int Last) found = ~place > 0 ? _loops[~place - 1] : (-1, -1);
        return found.Header == header ? found.Last : -1;
    }

    private void FindLoops(Instruction[] code, int[] lastJumpBack)
    {
        // from the inner ones out, as a loop that begins inside one belongs to it wholly; the ones found are kept with headers descending
        for (int header = code.Length - 1; header >= 0; header--)
        {
            int last = lastJumpBack[header];
            if (code[header].Opcode is not (Opcode.LoopHeader or Opcode.LoopHeaderBeforeCall) || last == 0)
                continue;
            for (int i = _loops.Count - 1; i >= 0 && _loops[i].Header <= last; i--)
                last = Math.Max(last, _loops[i].Last);
            _loops.Add((header, last));
        }
        _loops.Reverse();
    }
}
