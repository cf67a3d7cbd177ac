using System.Text;

namespace Lunatic.Wasm.Tests.Interpretation;

/// <summary>Modules with wrong bytes in them: those that are still valid run, with little fuel and memory, and end in one of the ways that there are.</summary>
[TestFixture]
public sealed class MutatedModulesTests
{
    private const int MutationsPerModule = 40;

    private static readonly WasmStoreOptions Options = new() { MaxFuel = 50_000, MaxMemoryBytes = 4 << 20, MaxTableElements = 10_000, MaxFrameBytes = 1 << 20 };

    private const string Text = """
        (module
          (type $unary (func (param i32) (result i32)))
          (memory (export "memory") 1 3)
          (table $t 8 funcref)
          (global $g (mut i64) (i64.const 7))
          (elem $e (i32.const 1) func $fib $fill $grow)
          (elem $passive func $fib $loops)
          (data $d "0123456789")
          (func $fib (export "fib") (param i32) (result i32)
            (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
              (then (local.get 0))
              (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
          (func $fill (export "fill") (param i32) (result i32)
            (memory.fill (local.get 0) (i32.const 1) (i32.const 100))
            (memory.copy (local.get 0) (i32.const 5) (i32.const 3000))
            (memory.init $d (local.get 0) (i32.const 2) (i32.const 4))
            (data.drop $d)
            (i32.load8_u offset=3 (local.get 0)))
          (func $grow (export "grow") (param i32) (result i32)
            (table.init $t $passive (i32.const 3) (i32.const 0) (i32.const 2))
            (table.copy $t $t (i32.const 0) (i32.const 1) (i32.const 4))
            (drop (table.grow $t (ref.func $fib) (local.get 0)))
            (i32.add (memory.grow (local.get 0)) (table.size $t)))
          (func $loops (export "loops") (param i32) (result i32) (local $x f64)
            (block $out (loop $next
              (br_table $next $out $next (local.get 0))))
            (global.set $g (i64.trunc_sat_f64_s (local.get $x)))
            (call_indirect $t (type $unary) (i32.const 9) (local.get 0)))
          (func (export "call") (param i32) (result i32)
            (call_indirect $t (type $unary) (i32.const 5) (local.get 0)))
          (elem declare func $fib))
        """;

    [Test]
    public void A_module_of_every_kind_of_operation_with_wrong_bytes()
    {
        byte[] module = Lunatic.Wasm.Text.TextModule.Encode(Encoding.UTF8.GetBytes(Text));
        Assert.That(TryRun(module), Is.True);
        int ran = 0;
        var random = new Random(21);
        for (int position = 8; position < module.Length; position++)
        {
            for (int i = 0; i < 12; i++)
                ran += TryRun(Mutate(module, random, position)) ? 1 : 0;
        }
        TestContext.Out.WriteLine($"{ran} mutated modules ran");
        Assert.That(ran, Is.GreaterThan(200));
    }

    [Test]
    public void Modules_of_the_corpus_with_wrong_bytes()
    {
        string[] modules = [.. FuzzCorpus.Read("core").Select(entry => entry.Module)];
        if (modules.Length == 0)
            Assert.Ignore("needs the shared folder and a tar command that knows xz");
        int ran = 0;
        var random = new Random(22);
        foreach (string path in modules)
        {
            byte[] module = File.ReadAllBytes(path);
            for (int i = 0; i < MutationsPerModule; i++)
                ran += TryRun(Mutate(module, random, random.Next(8, module.Length))) ? 1 : 0;
        }
        TestContext.Out.WriteLine($"{ran} mutated modules ran");
        Assert.That(ran, Is.GreaterThan(modules.Length));
    }

    [Test]
    public void Text_with_wrong_characters()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        int ran = 0;
        var random = new Random(23);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] mutated = [.. text];
            for (int change = random.Next(1, 4); change > 0; change--)
                mutated[random.Next(mutated.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : text[random.Next(text.Length)];
            ran += TryRun(mutated) ? 1 : 0;
        }
        TestContext.Out.WriteLine($"{ran} mutated texts ran");
        Assert.That(ran, Is.GreaterThan(40));
    }

    private static byte[] Mutate(byte[] module, Random random, int position)
    {
        byte[] mutated = [.. module];
        mutated[position] = random.Next(3) switch
        {
            0 => (byte)(mutated[position] ^ (1 << random.Next(8))),
            1 => module[random.Next(8, module.Length)],
            _ => (byte)random.Next(256),
        };
        return mutated;
    }

    // false: refused before anything ran
    private static bool TryRun(byte[] bytes)
    {
        using var store = new WasmStore(Options);
        try
        {
            WasmInstance instance = new WasmLinker().Instantiate(store, WasmModule.Load(bytes));
            foreach (WasmExport export in instance.Module.Exports)
            {
                if (export.Type is not WasmFunctionType type || instance.GetFunction(export.Name) is not { } function)
                    continue;
                foreach (int argument in (int[])[0, 12, -1, 65_530])
                    Call(function, [.. type.Parameters.Select(parameter => ValueOf(parameter, argument))]);
            }
            return true;
        }
        catch (WasmException)
        {
            return false;
        }
    }

    private static void Call(WasmFunction function, WasmValue[] arguments)
    {
        try
        {
            function.Invoke(arguments);
        }
        catch (WasmTrapException exception)
        {
            Assert.That(exception.Trap.Cause, Is.Null, exception.ToString());
        }
    }

    private static WasmValue ValueOf(WasmValueType type, int number)
    {
        if (type == WasmValueType.I32)
            return number;
        if (type == WasmValueType.I64)
            return (long)number;
        if (type == WasmValueType.F32)
            return (float)number;
        if (type == WasmValueType.F64)
            return (double)number;
        return type == WasmValueType.FuncRef ? WasmValue.FromFuncRef(null) : WasmValue.FromExternRef(number);
    }
}
