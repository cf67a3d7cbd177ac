using System.Reflection.Emit;
using Lunatic.Wasm.Hosting;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Compilation.Emission;

// calls. Whoever is called finds its own identity in the context, since stubs stand in for functions that are not compiled.
internal sealed unsafe partial class FunctionEmitter
{
    private void EmitCall(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        switch (instruction.Opcode)
        {
            case Opcode.CallDefined:
                EmitDirectCall(i, instruction.A);
                break;
            case Opcode.CallImport:
                EmitImportCall(i, instruction.A);
                break;
            default:
                EmitIndirectCall(i);
                break;
        }
    }

    private void EmitDirectCall(int i, int function)
    {
        FunctionCode* callee = _module.Functions + function;
        WasmFunctionType type = _definition.FunctionTypes[callee->Index];
        CallStubs.EnsureCallable(callee, type);
        Value[] arguments = TakeArguments(type);
        // only a stub asks who is called. What is compiled stays so, and where calls enter, a function that calls itself is compiled
        nint entry = Volatile.Read(ref callee->CompiledEntry);
        if (entry == 0 && (_resumes || callee != _code))
        {
            EmitFieldAddress(ContextFields.Callee);
            EmitPointer(callee);
            _il.Emit(OpCodes.Stind_I);
        }
        StoreFuel();
        _il.Emit(OpCodes.Ldarg_0);
        foreach (Value argument in arguments)
            EvaluateExactly(argument);
        if (entry != 0)
        {
            EmitPointer((void*)entry);
        }
        else
        {
            EmitPointer(&callee->CallEntry);
            _il.Emit(OpCodes.Ldind_I);
        }
        Variable[] results = NewResults(type);
        EmitCalli(type, results, AddSite(SiteKind.Call, i + 1, results));
        PushResults(results);
    }

    private void EmitImportCall(int i, int function)
    {
        WasmFunctionType type = _definition.FunctionTypes[function];
        Value[] arguments = TakeArguments(type);
        ByteWindowUse use = _module.ByteWindowUseOf(function);
        if (use != ByteWindowUse.None)
        {
            EmitByteCall(i, function, use, arguments);
            return;
        }
        LocalBuilder reference = LoadImport(function);
        Variable[] results = NewResults(type);
        EmitCallBy(type, arguments, reference, LoadCode(reference), results, AddSite(SiteKind.Call, i + 1, results));
        PushResults(results);
    }

    private LocalBuilder LoadImport(int function)
    {
        LoadField(OpCodes.Ldarg_0, ContextFields.Imports, OpCodes.Ldind_I);
        EmitOffset((long)function * sizeof(FunctionReference));
        LocalBuilder reference = _il.DeclareLocal(typeof(nint));
        _il.Emit(OpCodes.Stloc, reference);
        return reference;
    }

    private void EmitIndirectCall(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        int typeId = (int)instruction.Immediate;
        WasmFunctionType type = _module.TypeWithId(typeId);
        Value index = ToVariable(Pop());
        LocalBuilder reference = _il.DeclareLocal(typeof(nint));
        Evaluate(index);
        _il.Emit(OpCodes.Conv_U8);
        LoadTableField(instruction.A, ContextFields.TableLength, OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Bge_Un, TrapAt(i, TrapReason.UndefinedElement));
        LoadTableField(instruction.A, ContextFields.TableElements, OpCodes.Ldind_I);
        Evaluate(index);
        _il.Emit(OpCodes.Conv_U);
        _il.Emit(OpCodes.Ldc_I4, sizeof(ulong));
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, reference);
        _il.Emit(OpCodes.Ldloc, reference);
        _il.Emit(OpCodes.Brfalse, TrapAt(i, TrapReason.UninitializedElement));
        LocalBuilder code = LoadCode(reference);
        _il.Emit(OpCodes.Ldloc, code);
        EmitOffset(ContextFields.TypeId);
        _il.Emit(OpCodes.Ldind_I4);
        _il.Emit(OpCodes.Ldc_I4, typeId);
        _il.Emit(OpCodes.Bne_Un, TrapAt(i, TrapReason.IndirectCallTypeMismatch));
        Value[] arguments = TakeArguments(type);
        Variable[] results = NewResults(type);
        EmitCallBy(type, arguments, reference, code, results, AddSite(SiteKind.Call, i + 1, results));
        PushResults(results);
    }

    // the record of a table of the module's own lies in the instance's block
    private void LoadTableField(int table, int field, OpCode load)
    {
        int own = table - _definition.ImportedTables;
        if (own >= 0)
        {
            LoadField(OpCodes.Ldarg_0, _module.Layout.TableRecords + (own * sizeof(TableRecord)) + field, load);
            return;
        }
        LoadField(OpCodes.Ldarg_0, ContextFields.Tables, OpCodes.Ldind_I);
        EmitOffset((long)table * sizeof(nint));
        _il.Emit(OpCodes.Ldind_I);
        EmitOffset(field);
        _il.Emit(load);
    }

    private LocalBuilder LoadCode(LocalBuilder reference)
    {
        LocalBuilder code = _il.DeclareLocal(typeof(nint));
        LoadTo(code, reference, ContextFields.ReferenceCode);
        return code;
    }

    // a call through a reference: without an instance it is the caller's, without an entry the stub of the type. Code of an instance that is not active
    // finds that out by itself (see EmitEntryOfInactive)
    private void EmitCallBy(WasmFunctionType type, Value[] arguments, LocalBuilder reference, LocalBuilder code, Variable[] results, Site site)
    {
        LocalBuilder instance = _il.DeclareLocal(typeof(nint));
        LocalBuilder entry = _il.DeclareLocal(typeof(nint));
        EmitCallee(type, reference, code, instance, entry);
        EmitFieldAddress(ContextFields.Callee);
        _il.Emit(OpCodes.Ldloc, code);
        _il.Emit(OpCodes.Stind_I);
        StoreFuel();
        _il.Emit(OpCodes.Ldloc, instance);
        foreach (Value argument in arguments)
            EvaluateExactly(argument);
        _il.Emit(OpCodes.Ldloc, entry);
        EmitCalli(type, results, site);
    }

    // The instance by a branch, which is always taken in the same way: calculated, the callee's first loads would wait for all the loads that it comes from.
    // The entry, which is predicted anyway, without one.
    private void EmitCallee(WasmFunctionType type, LocalBuilder reference, LocalBuilder code, LocalBuilder instance, LocalBuilder entry)
    {
        Label hasInstance = _il.DefineLabel();
        LoadTo(instance, reference, ContextFields.ReferenceInstance);
        _il.Emit(OpCodes.Ldloc, instance);
        _il.Emit(OpCodes.Brtrue, hasInstance);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Stloc, instance);
        _il.MarkLabel(hasInstance);

        LoadTo(entry, code, ContextFields.CallEntry);
        _il.Emit(OpCodes.Ldloc, entry);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_U);
        _il.Emit(OpCodes.Ceq);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Neg);
        EmitPointer((void*)CallStubs.Of(type).Call);
        _il.Emit(OpCodes.And);
        _il.Emit(OpCodes.Ldloc, entry);
        _il.Emit(OpCodes.Or);
        _il.Emit(OpCodes.Stloc, entry);
    }

    private void LoadTo(LocalBuilder target, LocalBuilder structure, int field)
    {
        _il.Emit(OpCodes.Ldloc, structure);
        EmitOffset(field);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, target);
    }

    /// <summary>Pops a call's arguments, and evaluates what lies below them and may change meanwhile.</summary>
    private Value[] TakeArguments(WasmFunctionType type)
    {
        int count = type.Parameters.Length;
        Value[] arguments = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        SpillExpressions();
        return arguments;
    }

    private void StoreFuel()
    {
        EmitFieldAddress(ContextFields.Fuel);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Stind_I8);
    }

    private void LoadFuel()
    {
        LoadField(OpCodes.Ldarg_0, ContextFields.Fuel, OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Stloc, _fuel);
    }

    // instance, arguments and entry are on the evaluation stack
    private void EmitCalli(WasmFunctionType type, Variable[] results, Site site)
    {
        _il.EmitCalli(OpCodes.Calli, System.Reflection.CallingConventions.Standard, CompiledSignature.Result(type), CompiledSignature.Parameters(type), null);
        if (results.Length == 1)
            Assign(results[0]);
        LoadFuel();
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, site.Save);
        if (results.Length > 1)
            LoadResults(results);
        _il.MarkLabel(site.Continue);
        ReloadMemory();
    }

    private Variable[] NewResults(WasmFunctionType type)
    {
        var results = new Variable[type.Results.Length];
        for (int k = 0; k < results.Length; k++)
            results[k] = NewVariable(StackTypes.Of(type.Results[k]));
        return results;
    }

    private void PushResults(Variable[] results)
    {
        foreach (Variable result in results)
            Push(Value.Of(result));
    }

    private void LoadResults(Variable[] variables)
    {
        LoadStoreField(ContextFields.Results, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _pointer);
        int offset = 0;
        foreach (Variable variable in variables)
        {
            RestoreSlot(_pointer, offset, variable);
            offset += StackTypes.Slots(variable.Type) * sizeof(ulong);
        }
    }
}
