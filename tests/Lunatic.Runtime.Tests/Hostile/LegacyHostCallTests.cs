using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Legacy;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>Every function of the old generation, called with arguments that no honest guest uses, with nothing to work on and with one thing of each kind.</summary>
[TestFixture]
public sealed class LegacyHostCallTests
{
    private const int RandomLists = 30;

    private static IEnumerable<TestCaseData> Functions() =>
        from table in LegacyNamespaces.Version07
        where table.Name.StartsWith("lunatic::", StringComparison.Ordinal)
        from function in table.Functions
        select new TestCaseData(table.Name, function.Name).SetArgDisplayNames(table.Name, function.Name);

    [TestCaseSource(nameof(Functions))]
    public async Task Nasty_arguments_end_or_hold_up_their_caller_only(string hostNamespace, string name)
    {
        await using var host = new HostileHost();
        HostFunction function = LegacyNamespaces.Version07.Single(table => table.Name == hostNamespace).Functions.Single(function => function.Name == name);
        LunaticModule module = host.Compile(Write(hostNamespace, function));
        int calls = 0;
        foreach (WasmValue[] arguments in NastyValues.ArgumentsOf(function.Type, new Random(8), RandomLists))
        {
            foreach (string entry in (string[])["bare", "prepared"])
            {
                ExitReason? reason = host.Run(module, entry, arguments);
                string call = $"{entry} {name}({string.Join(", ", arguments)}): {reason}";
                Assert.That(reason?.Kind, Is.Not.EqualTo(ExitKind.Faulted), call);
                Assert.That(reason?.Exception, Is.Null, call);
                if (++calls % 64 == 0)
                    host.CheckHealth();
            }
        }
    }

    private static string Write(string hostNamespace, HostFunction function)
    {
        string call = HostCallModule.CallOf(function);
        string parameters = HostCallModule.Types("param", function.Type.Parameters);
        return $"""
            (module
              (import "lunatic::message" "create_data" (func $create (param i64 i64)))
              (import "lunatic::message" "write_data" (func $write (param i32 i32) (result i32)))
              (import "lunatic::message" "push_process" (func $push (param i64) (result i64)))
              (import "lunatic::process" "this" (func $this (result i64)))
              (import "lunatic::process" "create_config" (func $config (param i64 i64) (result i64)))
              (import "lunatic::process" "create_environment" (func $environment (param i64 i32) (result i32)))
              (import "lunatic::process" "add_this_module" (func $module (param i64 i32) (result i32)))
              (import "{hostNamespace}" "{function.Name}" (func $target {parameters} {HostCallModule.Types("result", function.Type.Results)}))
              (memory (export "memory") 1 4)
              (data (i32.const 0) "child")
              (data (i32.const 64) "child\7f\01\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
              (data (i32.const 128) "1.0.0\c3\28.././file")
              (data (i32.const 65528) "edge\ff\ff\ff\ff")
              (func (export "child"))
              (func (export "bare") {parameters} {call})
              (func (export "prepared") {parameters}
                (drop (call $this))
                (drop (call $config (i64.const -1) (i64.const 0)))
                (drop (call $environment (i64.const 0) (i32.const 1024)))
                (drop (call $module (i64.const 0) (i32.const 1024)))
                (call $create (i64.const 7) (i64.const -1))
                (drop (call $write (i32.const 0) (i32.const 300)))
                (drop (call $push (call $this)))
                {call}))
            """;
    }
}
