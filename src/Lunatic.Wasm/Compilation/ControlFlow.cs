namespace Lunatic.Wasm.Compilation;

/// <summary>Basic blocks of lowered code: runs of instructions that control enters at the first and leaves at the last.</summary>
internal sealed class ControlFlow
{
    private readonly Instruction[] _code;
    private readonly int[] _starts;
    private readonly int[] _blockAt;

    public ControlFlow(LoweredFunction function)
    {
        _code = function.Instructions;
        var isStart = new bool[_code.Length + 1];
        isStart[0] = true;
        for (int i = 0; i < _code.Length; i++)
        {
            switch (_code[i].Opcode)
            {
                case Opcode.Jump or Opcode.JumpUnwinding or Opcode.JumpIf or Opcode.JumpIfUnwinding or Opcode.JumpIfZero:
                    isStart[_code[i].A] = true;
                    isStart[i + 1] = true;
                    break;
                case Opcode.JumpTable or Opcode.Return or Opcode.Unreachable:
                    isStart[i + 1] = true;
                    break;
            }
        }
        var starts = new List<int>();
        _blockAt = new int[_code.Length];
        for (int i = 0; i < _code.Length; i++)
        {
            if (isStart[i])
                starts.Add(i);
            _blockAt[i] = starts.Count - 1;
        }
        _starts = [.. starts];
    }

    public int Count => _starts.Length;

    public int Start(int block) => _starts[block];

    /// <summary>Index after the block's last instruction.</summary>
    public int End(int block) => block + 1 < _starts.Length ? _starts[block + 1] : _code.Length;

    /// <summary>The block that an instruction is in.</summary>
    public int BlockAt(int instruction) => _blockAt[instruction];

    /// <summary>Number of blocks that control may come to next; <see cref="Successor"/> gives them.</summary>
    public int SuccessorCount(int block)
    {
        ref readonly Instruction last = ref _code[End(block) - 1];
        return last.Opcode switch
        {
            Opcode.Return or Opcode.Unreachable => 0,
            Opcode.JumpIf or Opcode.JumpIfUnwinding or Opcode.JumpIfZero => 2,
            Opcode.JumpTable => last.A + 1,
            _ => 1,
        };
    }

    public int Successor(int block, int number)
    {
        ref readonly Instruction last = ref _code[End(block) - 1];
        return last.Opcode switch
        {
            Opcode.Jump or Opcode.JumpUnwinding => _blockAt[last.A],
            Opcode.JumpIf or Opcode.JumpIfUnwinding or Opcode.JumpIfZero when number == 1 => _blockAt[last.A],
            // the jumps of a table are blocks of one instruction that follow it
            _ => block + 1 + number,
        };
    }
}
