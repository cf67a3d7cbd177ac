using Lunatic.TestSupport;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Tests.Compilation;

[TestFixture]
public class SiteAnalysisTests : LoweringTestBase
{
    [Test]
    public void Sites_are_after_entry_loop_headers_and_calls_and_before_bulk_operators()
    {
        FunctionSites sites = Analyze("""
            (memory 1) (func $three (result i32 i32 i32) i32.const 0 i32.const 0 i32.const 0)
            (func (param i64) i64.const 5 (loop (param i64) (result i64) i32.const 1 i32.load drop call $three memory.fill) drop)
            """);
        // 0 enter, 1 const, 2 loop, 3 const, 4 load, 5 drop, 6 call, 7 fill
        Assert.That(
            Enumerable.Range(0, sites.Count).Select(site => $"{sites.Position(site)} {sites.Kind(site)} {string.Join(' ', sites.OperandTypes(site))}"),
            Is.EqualTo(new[] { "1 Entry ", "3 LoopHeader i64", "7 Call i64", "7 Bulk i64 i32 i32 i32" }));
    }

    [Test]
    public void A_loop_header_that_leaves_the_check_to_a_function_called_next_is_no_site()
    {
        FunctionSites sites = Analyze("(func $f (param i32)) (func (local i32) (loop (call $f (i32.add (local.get 0) (i32.const 1)))) (loop (call $f (i32.load (i32.const 0))))) (memory 1)");
        Assert.That(
            Enumerable.Range(0, sites.Count).Select(site => sites.Kind(site)),
            Is.EqualTo(new[] { SiteKind.Entry, SiteKind.Call, SiteKind.LoopHeader, SiteKind.Call }));
    }

    [Test]
    public void A_call_site_lacks_the_arguments()
    {
        FunctionSites sites = Analyze("(func $f (param i32 i32)) (func i64.const 1 f32.const 2 i32.const 3 i32.const 4 call $f drop drop)");
        int call = sites.Find(6, SiteKind.Call);
        Assert.That(sites.OperandTypes(call), Is.EqualTo(new[] { WasmValueType.I64, WasmValueType.F32 }));
    }

    [Test]
    public void A_local_is_live_when_some_path_reads_it_before_writing_it()
    {
        FunctionSites sites = Analyze("""
            (func $f)
            (func (param $read i32) (param $written i32) (param $sometimes i32) (param $unused i32)
              call $f
              (local.set $written (local.get $read))
              (if (local.get $written) (then (local.set $sometimes (i32.const 1))))
              (drop (local.get $sometimes))
              call $f)
            """);
        int[] calls = [.. Enumerable.Range(0, sites.Count).Where(site => sites.Kind(site) == SiteKind.Call).Select(sites.Position)];
        Assert.Multiple(() =>
        {
            Assert.That(Live(sites, calls[0]), Is.EqualTo(new[] { true, false, true, false }));
            Assert.That(Live(sites, calls[1]), Is.EqualTo(new[] { false, false, false, false }));
        });
    }

    [Test]
    public void What_a_loop_reads_in_its_next_round_is_live_in_this_one()
    {
        FunctionSites sites = Analyze("""
            (func $f)
            (func (param $n i32) (local $x i32)
              (loop
                (drop (local.get $x))
                (local.set $x (i32.const 1))
                call $f
                (br_if 0 (local.get $n))))
            """);
        int call = Enumerable.Range(0, sites.Count).Single(site => sites.Kind(site) == SiteKind.Call);
        Assert.That(Live(sites, sites.Position(call)), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void Both_slots_of_a_vector_live_and_die_together()
    {
        FunctionSites sites = Analyze("""
            (func $f)
            (func (param $a i32) (param $read v128) (param $b i32) (param $written v128)
              v128.const i64x2 1 2
              call $f
              (local.set $written (local.get $read))
              call $f
              drop
              (drop (local.get $written))
              (drop (local.get $b)))
            """);
        int[] calls = [.. Enumerable.Range(0, sites.Count).Where(site => sites.Kind(site) == SiteKind.Call).Select(sites.Position)];
        Assert.Multiple(() =>
        {
            Assert.That(Live(sites, calls[0]), Is.EqualTo(new[] { false, true, true, true, false, false }));
            Assert.That(Live(sites, calls[1]), Is.EqualTo(new[] { false, false, false, true, true, true }));
            Assert.That(sites.OperandTypes(sites.Find(calls[1], SiteKind.Call)), Is.EqualTo(new[] { WasmValueType.V128 }));
        });
    }

    [Test]
    public void Positions_without_a_site_are_refused()
    {
        FunctionSites sites = Analyze("(func (param i32) local.get 0 drop)");
        Assert.Multiple(() =>
        {
            Assert.That(sites.Find(2, SiteKind.Call), Is.EqualTo(-1));
            Assert.That(() => sites.IsLive(2, 0), Throws.ArgumentException);
        });
    }

    // the analysis against the definition, applied path by path
    [TestCase("counter.wasm")]
    [TestCase("host.wasm")]
    public void Live_locals_of_a_guest_are_those_that_a_walk_over_all_paths_finds(string guest)
    {
        ModuleDefinition module = WasmModule.Load(File.ReadAllBytes(SharedFolder.Path("guests", guest))).Definition;
        int compared = 0;
        for (int index = module.ImportedFunctions; index < module.FunctionTypes.Length; index++)
        {
            FunctionSites sites = SiteAnalysis.Analyze(module, index);
            if (sites.Function.Instructions.Length > 600)
                continue;
            for (int site = 0; site < sites.Count; site++)
            {
                int position = sites.Position(site);
                for (int slot = 0; slot < sites.Function.LocalSlots; slot++, compared++)
                {
                    if (sites.IsLive(position, slot) != IsRead(sites.Function.Instructions, position, slot))
                        Assert.Fail($"function {index}, position {position}, slot {slot}: the analysis says {sites.IsLive(position, slot)}");
                }
            }
        }
        Assert.That(compared, Is.GreaterThan(1_000));
    }

    private static FunctionSites Analyze(string fields)
    {
        ModuleDefinition module = Module(fields);
        return SiteAnalysis.Analyze(module, module.FunctionTypes.Length - 1);
    }

    private static IEnumerable<bool> Live(FunctionSites sites, int position) =>
        Enumerable.Range(0, sites.Function.LocalSlots).Select(slot => sites.IsLive(position, slot));

    private static bool IsRead(Instruction[] code, int position, int slot)
    {
        var seen = new bool[code.Length];
        var open = new Stack<int>([position]);
        while (open.TryPop(out int at))
        {
            if (seen[at])
                continue;
            seen[at] = true;
            Instruction instruction = code[at];
            switch (instruction.Opcode)
            {
                case Opcode.LocalGet when instruction.A == slot:
                    return true;
                case Opcode.LocalSet or Opcode.LocalTee when instruction.A == slot:
                case Opcode.Return or Opcode.Unreachable:
                    break;
                case Opcode.Jump or Opcode.JumpUnwinding:
                    open.Push(instruction.A);
                    break;
                case Opcode.JumpIf or Opcode.JumpIfUnwinding or Opcode.JumpIfZero:
                    open.Push(instruction.A);
                    open.Push(at + 1);
                    break;
                case Opcode.JumpTable:
                    for (int i = 0; i <= instruction.A; i++)
                        open.Push(at + 1 + i);
                    break;
                default:
                    open.Push(at + 1);
                    break;
            }
        }
        return false;
    }
}
