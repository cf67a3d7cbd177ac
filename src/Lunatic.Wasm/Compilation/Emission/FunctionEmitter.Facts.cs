namespace Lunatic.Wasm.Compilation.Emission;

// what is known of addresses: how many bytes from the address in a variable on are inside the memory, which never shrinks. Every way to a place has checked
// that, so it holds in a frame that goes on there as well.
internal sealed unsafe partial class FunctionEmitter
{
    // bounds the time that joining takes
    private const int MaxFacts = 64;

    // instructions that may be looked at to find what loops assign to
    private const int MaxLookedAt = 200_000;

    private Dictionary<Variable, long> _checked = [];
    private readonly Dictionary<int, Dictionary<Variable, long>> _checkedAt = [];
    private int _lookedAt;

    /// <summary>Notes that so many bytes are about to be checked.</summary>
    /// <returns>False if they have been.</returns>
    private bool TryLearn(Variable variable, long bytes)
    {
        if (_checked.TryGetValue(variable, out long known) && known >= bytes)
            return false;
        if (known != 0 || _checked.Count < MaxFacts)
            _checked[variable] = bytes;
        return true;
    }

    private void ForgetChecks(Variable variable) => _checked.Remove(variable);

    private void CopyChecks(Variable from, Variable to)
    {
        if (_checked.TryGetValue(from, out long known))
            _checked[to] = known;
    }

    /// <summary>Control may go on from here at a later instruction.</summary>
    private void LeaveFactsAt(int target)
    {
        if (!_checkedAt.TryGetValue(target, out Dictionary<Variable, long>? there))
        {
            _checkedAt.Add(target, new Dictionary<Variable, long>(_checked));
            return;
        }
        foreach ((Variable variable, long bytes) in there)
        {
            long here = _checked.GetValueOrDefault(variable);
            if (here == 0)
                there.Remove(variable);
            else if (here < bytes)
                there[variable] = here;
        }
    }

    /// <summary>Knows what is known on all ways to an instruction; at the header of a loop what the loop does not change.</summary>
    private void TakeFactsAt(int instruction)
    {
        _checked = _checkedAt.Remove(instruction, out Dictionary<Variable, long>? known) ? known : [];
        int last = _flow.LastOfLoop(instruction);
        if (last < 0 || _checked.Count == 0)
            return;
        _lookedAt += last - instruction;
        if (_lookedAt > MaxLookedAt)
        {
            _checked.Clear();
            return;
        }
        Dictionary<Variable, long> before = _checked;
        _checked = [];
        foreach (Variable local in _locals)
        {
            if (before.TryGetValue(local, out long bytes))
                _checked.Add(local, bytes);
        }
        for (int i = instruction; i <= last; i++)
        {
            if (_instructions[i].Opcode is Opcode.LocalSet or Opcode.LocalTee)
                _checked.Remove(LocalOf(in _instructions[i]));
        }
    }
}
