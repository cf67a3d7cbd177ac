using System.Collections.Concurrent;
using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>Goes over all function bodies of a module.</summary>
internal static class FunctionBodies
{
    // below this many bytes of code a second thread costs more than it brings
    private const int ParallelBytes = 128 * 1024;
    private const int FunctionsPerStep = 32;

    /// <summary>Validates all bodies, those of a big module on several threads. The error of the lowest function is thrown.</summary>
    public static void Validate(ValidationContext context)
    {
        ModuleDefinition module = context.Module;
        int count = module.Functions.Length;
        if (count == 0)
            return;
        if (module.Functions[^1].BodyEnd - module.Functions[0].BodyStart < ParallelBytes)
        {
            var validator = new FunctionValidator<NoSink>(context, default);
            for (int own = 0; own < count; own++)
                validator.Validate(own);
            return;
        }
        ValidateInParallel(context, count);
    }

    /// <summary>Throws when some body cannot be decoded, whether valid or not.</summary>
    public static void CheckWellFormed(ModuleDefinition module)
    {
        var locals = new LocalTypes();
        try
        {
            for (int own = 0; own < module.Functions.Length; own++)
                CheckWellFormed(module, own, locals);
        }
        catch (WasmInvalidException)
        {
            // an operator of a feature that is not there: what follows cannot be judged
        }
    }

    private static void ValidateInParallel(ValidationContext context, int count)
    {
        var errorLock = new Lock();
        int lowest = count;
        WasmException? error = null;
        Parallel.ForEach(
            Partitioner.Create(0, count, FunctionsPerStep),
            () => new FunctionValidator<NoSink>(context, default),
            (range, _, validator) =>
            {
                for (int own = range.Item1; own < range.Item2 && own < Volatile.Read(ref lowest); own++)
                {
                    try
                    {
                        validator.Validate(own);
                    }
                    catch (WasmException exception)
                    {
                        lock (errorLock)
                        {
                            if (own < lowest)
                                (lowest, error) = (own, exception);
                        }
                    }
                }
                return validator;
            },
            _ => { });
        if (error is not null)
            throw error;
    }

    private static void CheckWellFormed(ModuleDefinition module, int own, LocalTypes locals)
    {
        FunctionDefinition function = module.Functions[own];
        var body = new ByteReader(module.Bytes.Span, function.BodyStart, function.BodyEnd);
        locals.Read(module.FunctionTypes[module.ImportedFunctions + own], ref body);
        var reader = new OperatorReader(body, module.DataCount is not null);
        Operator op = default;
        for (int depth = 1; depth > 0;)
        {
            reader.Read(ref op);
            if (op.Opcode is Opcode.Block or Opcode.Loop or Opcode.If)
                depth++;
            else if (op.Opcode == Opcode.End)
                depth--;
        }
        if (!reader.AtEnd)
            throw new WasmMalformedException("section size mismatch: bytes after the end of a function", reader.Position);
    }
}
