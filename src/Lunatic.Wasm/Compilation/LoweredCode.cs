using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Compilation;

/// <summary>The instructions of a function that is being lowered.</summary>
internal struct LoweredCode()
{
    /// <summary>Ends a list of jumps whose target is not known yet.</summary>
    public const int NoJump = -1;

    private readonly ArrayBuilder<Instruction> _instructions = new(64);
    private readonly List<int> _offsets = new(64);

    public readonly int Count => _instructions.Count;

    public readonly ref Instruction this[int index] => ref _instructions[index];

    /// <summary>Appends an instruction and returns its index.</summary>
    public readonly int Add(Opcode opcode, int offset, int a = 0, long immediate = 0)
    {
        _instructions.Add(new Instruction { Opcode = opcode, A = a, Immediate = immediate });
        _offsets.Add(offset);
        return _instructions.Count - 1;
    }

    /// <summary>Sets the target of a list of jumps, which is linked through their A fields, to the next instruction.</summary>
    public readonly void Patch(int firstJump)
    {
        while (firstJump != NoJump)
        {
            ref Instruction jump = ref this[firstJump];
            firstJump = jump.A;
            jump.A = Count;
        }
    }

    public readonly (Instruction[] Instructions, int[] Offsets) ToArrays() => (_instructions.ToArray(), [.. _offsets]);
}
