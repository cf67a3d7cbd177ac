using System.Text;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>
/// Guests that call many host functions one after the other, with random arguments, and go on after each trap: what one call leaves (messages, files,
/// configurations, children) the next ones find.
/// </summary>
[TestFixture]
public sealed class CallSequenceTests
{
    private const int Modules = 40;
    private const int Calls = 150;

    // those that end the process or keep it for good, and one that could fill the disk
    private static readonly string[] Excluded = ["proc_exit", "proc_raise", "sleep_ms", "receive", "send_receive_skip_search", "poll_oneoff", "fd_allocate", "kill", "die_when_link_dies", "link"];

    [Test]
    public async Task Random_sequences_leave_nothing_behind()
    {
        await using var host = new HostileHost(options =>
        {
            options.MaxFuelUnits = 200;
            options.MaxProcesses = 50;
        });
        var random = new Random(31);
        int handles = 0;
        int returned = 0;
        for (int i = 0; i < Modules; i++)
        {
            ExitReason? reason = host.Run(host.Compile(Write(random)), "main");
            Assert.That(reason?.Kind, Is.Not.EqualTo(ExitKind.Faulted), reason?.ToString());
            returned += reason == ExitReason.Returned ? 1 : 0;
            host.CheckHealth();
            if (i == 0)
                handles = OpenHandles();
        }
        Assert.That(returned, Is.GreaterThan(Modules / 2), "sequences that came to their end");
        // the test host itself may open one or the other
        Assert.That(OpenHandles(), Is.LessThan(handles + 10), "handles left open");
    }

    private static int OpenHandles() => Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    private static string Write(Random random)
    {
        (string Namespace, HostFunction Function)[] functions =
        [
            .. from table in HostNamespaces.All
               where table.Name is not "lunatic::trap"
               from function in table.Functions
               where !Excluded.Contains(function.Name)
               select (table.Name, function),
        ];
        var imports = new StringBuilder();
        for (int i = 0; i < functions.Length; i++)
        {
            HostFunction function = functions[i].Function;
            imports.AppendLine($"(import \"{functions[i].Namespace}\" \"{function.Name}\" (func $f{i} {Types("param", function.Type.Parameters)} {Types("result", function.Type.Results)}))");
        }
        var calls = new StringBuilder();
        for (int i = 0; i < Calls; i++)
        {
            int chosen = random.Next(functions.Length);
            WasmFunctionType type = functions[chosen].Function.Type;
            string arguments = string.Concat(type.Parameters.Select(parameter => Constant(parameter, random)));
            calls.AppendLine(type.Results.Length > 0 ? $"(func $c{i} (drop (call $f{chosen} {arguments})))" : $"(func $c{i} (call $f{chosen} {arguments}))");
        }
        return $$"""
            (module
            {{imports}}
            (import "lunatic::trap" "catch" (func $catch (param i32 i32) (result i32)))
            (memory (export "memory") 1 4)
            (data (i32.const 0) "child\00file\00.\00..\00main")
            (data (i32.const 64) "child\7f\01\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
            (data (i32.const 192) "\00\01\00\00\05\00\00\00\00\00\00\00\ff\ff\ff\ff")
            (table funcref (elem {{string.Concat(Enumerable.Range(0, Calls).Select(i => $"$c{i} "))}}))
            {{calls}}
            (func (export "child"))
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) (call_indirect (local.get 0)) (i32.const 1))
            (func (export "main") (local $i i32)
              (loop $next
                (drop (call $catch (local.get $i) (i32.const 0)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $next (i32.lt_u (local.get $i) (i32.const {{Calls}}))))))
            """;
    }

    // small numbers mostly: ids, descriptors and pointers that earlier calls made meaningful
    private static string Constant(WasmValueType type, Random random)
    {
        if (random.Next(4) == 0)
        {
            WasmValue any = NastyValues.Any(type, random);
            return type == WasmValueType.I32 ? $"(i32.const {any.AsInt32()})" : type == WasmValueType.I64 ? $"(i64.const {any.AsInt64()})" : "(f64.const nan)";
        }
        int number = random.Next(3) == 0 ? random.Next(300) : random.Next(8);
        return type == WasmValueType.I32 ? $"(i32.const {number})" : type == WasmValueType.I64 ? $"(i64.const {(random.Next(3) == 0 ? -1 : number)})" : $"(f64.const {number})";
    }

    private static string Types(string kind, IEnumerable<WasmValueType> types)
    {
        string list = string.Join(' ', types.Select(type => type.ToString()));
        return list.Length == 0 ? "" : $"({kind} {list})";
    }
}
