using System.Reflection.Emit;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Compilation.Emission;

// code that goes on in a saved frame: it takes the top frame off the stack and jumps to its site. Where it is for all sites, one in a loop is reached through
// the headers of the loops around it, because jumping into the middle of a loop would keep the JIT from seeing one. Where it is for one site, that is the
// only way into the loops around it, so it jumps there; what no way leads to from there is emitted all the same, and left out by the JIT.
internal sealed unsafe partial class FunctionEmitter
{
    private readonly List<(int Header, Label Dispatch)> _dispatches = [];
    private readonly LocalBuilder _frame;
    private LocalBuilder? _target;
    private Label[] _restores = [];

    private LocalBuilder Target => _target ??= _il.DeclareLocal(typeof(int));

    private void EmitDispatch()
    {
        _restores = new Label[_sites.Count];
        for (int i = 0; i < _restores.Length; i++)
            _restores[i] = _il.DefineLabel();
        LoadFuel();
        PopFrame();
        ReloadMemory();
        if (_onlySite is int site)
        {
            _il.Emit(OpCodes.Br, _restores[site]);
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4_0);
            _il.Emit(OpCodes.Stloc, Target);
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Switch, _restores);
        }
        // no other value is ever passed; the first site is at the function's entry
        Site entry = AddSite(SiteKind.Entry, 1);
        _il.MarkLabel(entry.Continue);
    }

    private void PopFrame()
    {
        LoadStoreField(ContextFields.Frame, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _frame);
        EmitStoreFieldAddress(ContextFields.FrameTop);
        _il.Emit(OpCodes.Ldloc, _frame);
        EmitOffset(-_layout.Slots * sizeof(ulong));
        _il.Emit(OpCodes.Stind_I);
        EmitStoreFieldAddress(ContextFields.Frame);
        _il.Emit(OpCodes.Ldloc, _frame);
        _il.Emit(OpCodes.Ldloc, _frame);
        EmitOffset(ContextFields.HeaderCallerDistance);
        _il.Emit(OpCodes.Ldind_I4);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Ldc_I4, sizeof(ulong));
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stind_I);
    }

    private void EmitLoopDispatch(int header)
    {
        Label dispatch = _il.DefineLabel();
        _dispatches.Add((header, dispatch));
        _il.Emit(OpCodes.Ldloc, Target);
        _il.Emit(OpCodes.Brtrue, dispatch);
    }

    private void EmitOnlyRestore(int index)
    {
        Site site = _saves.Find(saved => saved.Index == index)
            ?? throw new InvalidOperationException($"site {index} of function {_code->Index} was not emitted");
        _il.MarkLabel(_restores[index]);
        Restore(site);
        _il.Emit(OpCodes.Br, site.Continue);
    }

    private bool TryEmitRestores()
    {
        if (_onlySite is int only)
        {
            EmitOnlyRestore(only);
            return true;
        }
        var inLoops = new Dictionary<int, List<(Site Site, Label Next)>>();
        var restored = new bool[_restores.Length];
        foreach (Site site in _saves)
        {
            if (restored[site.Index])
                continue;
            restored[site.Index] = true;
            _il.MarkLabel(_restores[site.Index]);
            Restore(site);
            List<int> loops = _flow.LoopsAround(site.Position);
            _savedOperands += loops.Count;
            if (IsTooLarge)
                return false;
            for (int i = 0; i < loops.Count; i++)
            {
                if (!inLoops.TryGetValue(loops[i], out var sites))
                    inLoops.Add(loops[i], sites = []);
                sites.Add((site, i + 1 < loops.Count ? LabelOf(loops[i + 1]) : site.Continue));
            }
            if (loops.Count == 0)
            {
                _il.Emit(OpCodes.Br, site.Continue);
                continue;
            }
            _il.Emit(OpCodes.Ldc_I4, site.Index + 1);
            _il.Emit(OpCodes.Stloc, Target);
            _il.Emit(OpCodes.Br, LabelOf(loops[0]));
        }
        for (int i = 0; i < restored.Length; i++)
        {
            if (!restored[i])
                throw new InvalidOperationException($"site {i} of function {_code->Index} was not emitted");
        }
        foreach ((int header, Label dispatch) in _dispatches)
        {
            _il.MarkLabel(dispatch);
            EmitLoopTargets(inLoops.GetValueOrDefault(header) ?? []);
        }
        return true;
    }

    // from the header of a loop to a site in it, or to the header of the next loop around the site
    private void EmitLoopTargets(List<(Site Site, Label Next)> sites)
    {
        foreach ((Site site, Label next) in sites)
        {
            Label other = _il.DefineLabel();
            _il.Emit(OpCodes.Ldloc, Target);
            _il.Emit(OpCodes.Ldc_I4, site.Index + 1);
            _il.Emit(OpCodes.Bne_Un, other);
            if (next == site.Continue)
            {
                _il.Emit(OpCodes.Ldc_I4_0);
                _il.Emit(OpCodes.Stloc, Target);
            }
            _il.Emit(OpCodes.Br, next);
            _il.MarkLabel(other);
        }
        // never reached: the target is one of them
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Throw);
    }

    private void Restore(Site site)
    {
        for (int i = 0; i < _locals.Length; i++)
        {
            if (_sites.IsLive(site.Position, _layout.SlotOf(i)))
                RestoreSlot(_frame, (_layout.SlotOf(i) - _layout.Slots) * sizeof(ulong), _locals[i]);
        }
        int offset = FrameHeader.Slots * sizeof(ulong);
        foreach (Value operand in site.Operands)
        {
            if (operand.Variable is Variable variable)
                RestoreSlot(_frame, offset, variable);
            offset += StackTypes.Slots(operand.Type) * sizeof(ulong);
        }
        foreach (Variable result in site.Results)
        {
            RestoreSlot(_frame, offset, result);
            offset += StackTypes.Slots(result.Type) * sizeof(ulong);
        }
    }

    private void RestoreSlot(LocalBuilder pointer, int offset, Variable variable)
    {
        _il.Emit(OpCodes.Ldloc, pointer);
        EmitOffset(offset);
        SlotAccess.EmitLoad(_il, variable.Type);
        Assign(variable);
    }
}
