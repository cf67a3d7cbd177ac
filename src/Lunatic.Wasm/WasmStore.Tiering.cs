using System.Runtime.CompilerServices;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

// which functions become hot, and what happens then. The interpreter alone samples: what runs compiled needs nothing more.
public sealed unsafe partial class WasmStore
{
    /// <summary>
    /// Fuel that a function uses in the interpreter before it is compiled. Compiling pays after some ten times as much, but who has used this much mostly goes on.
    /// </summary>
    internal const long HotFuel = 50_000;

    // FuelUsed when heat was sampled last
    private long _usedAtSample;

    /// <summary>
    /// For tests: what makes functions be compiled at random checks, at once, and guests change between compiled code and interpreter at random calls
    /// and sites; null: heat decides.
    /// </summary>
    internal Random? TierSwitches { get; set; }

    private bool RunsInTiers => Options.ExecutionMode == WasmExecutionMode.Tiered;

    private long Quantum => TierSwitches is Random random ? random.Next(1, 300) : MaxQuantum;

    /// <summary>A check of the interpreter ran out: grants the next part of the slice in place.</summary>
    /// <param name="frame">The frame that the check is in.</param>
    /// <param name="next">The instruction behind the check.</param>
    /// <returns>False if the slice is used up: the guest has to come out.</returns>
    internal bool TryGoOn(FrameHeader* frame, Instruction* next)
    {
        Sample(frame, isLoop: next[-1].Opcode == Opcode.LoopHeader);
        return TryGoOn();
    }

    /// <summary>Fuel ran out at a header of a loop that leaves the check to the function that it calls next.</summary>
    internal void SampleLoop(FrameHeader* frame) => Sample(frame, isLoop: true);

    private void Sample(FrameHeader* frame, bool isLoop)
    {
        FunctionCode* code = frame->Function;
        long used = _context->Granted - _context->Fuel;
        // whatever compiled code used in between is not the function's
        code->Heat += Math.Clamp(used - _usedAtSample, 0, MaxQuantum);
        _usedAtSample = used;
        if (RunsInTiers && CanCompile && (code->Heat >= HotFuel || TierSwitches is not null))
            Heated(frame, isLoop);
    }

    // A loop wants the code that goes on in frames, to get into compiled code while it runs; so does a function that is compiled and still has frames
    // that the interpreter spends time in.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Heated(FrameHeader* frame, bool isLoop)
    {
        FunctionCode* code = frame->Function;
        ModuleCode module = InstanceOf(frame->Instance).Code;
        if (TierSwitches is Random random)
        {
            _ = random.Next(4) == 0 && module.TryCompile(code);
            _ = random.Next(4) == 0 && module.TryCompileResume(code);
            return;
        }
        module.Request(code, resumes: false);
        if (isLoop || code->CompiledEntry != 0)
            module.Request(code, resumes: true);
    }

    // tests leave compiled code aside now and then
    private bool StaysInterpreted => TierSwitches is Random random && random.Next(3) == 0;
}
