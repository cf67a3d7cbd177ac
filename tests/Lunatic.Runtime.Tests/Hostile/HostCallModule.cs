using System.Text;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>Writes guests that hand the arguments of their entry functions on to one host function.</summary>
internal static class HostCallModule
{
    /// <summary>Calls the function.</summary>
    public const string Bare = "bare";

    /// <summary>Calls the function with a message in the scratch area, a configuration 0, a timer 0 and an error 0.</summary>
    public const string Prepared = "prepared";

    /// <summary>A module with both entries, for one host function.</summary>
    public static string Write(string hostNamespace, HostFunction function)
    {
        string call = CallOf(function);
        string parameters = Types("param", function.Type.Parameters);
        return $"""
            (module
              (import "lunatic::message" "create_data" (func $create (param i64 i64)))
              (import "lunatic::message" "write_data" (func $write (param i32 i32) (result i32)))
              (import "lunatic::process" "create_config" (func $config (result i64)))
              (import "lunatic::process" "compile_module" (func $compile (param i32 i32 i32) (result i32)))
              (import "lunatic::timer" "send_after" (func $later (param i64 i64) (result i64)))
              (import "{hostNamespace}" "{function.Name}" (func $target {parameters} {Types("result", function.Type.Results)}))
              (memory (export "memory") 1 4)
              (data (i32.const 0) "child")
              (data (i32.const 64) "child\7f\01\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
              (data (i32.const 128) "file\c3\28.././file")
              (data (i32.const 192) "\00\01\00\00\05\00\00\00\00\00\00\00\ff\ff\ff\ff")
              (data (i32.const 256) "(module (func (export \"child\")))")
              (data (i32.const 65528) "edge\ff\ff\ff\ff")
              (func (export "child"))
              (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) (if (local.get 0) (then unreachable)) (local.get 1))
              (func (export "{Bare}") {parameters} {call})
              (func (export "{Prepared}") {parameters}
                (call $create (i64.const 1) (i64.const 0))
                (drop (call $later (i64.const 1) (i64.const 1000)))
                (drop (call $config))
                (drop (call $compile (i32.const 0) (i32.const 5) (i32.const 1024)))
                (drop (call $compile (i32.const 256) (i32.const 32) (i32.const 1024)))
                (call $create (i64.const 7) (i64.const -1))
                (drop (call $write (i32.const 0) (i32.const 300)))
                {call}))
            """;
    }

    /// <summary>A call of <c>$target</c>, the function, with the caller's arguments.</summary>
    public static string CallOf(HostFunction function)
    {
        string call = $"(call $target {string.Concat(function.Type.Parameters.Select((_, index) => $"(local.get {index}) "))})";
        return function.Type.Results.Length > 0 ? $"(drop {call})" : call;
    }

    /// <summary>A list of parameters or results; nothing where there are none.</summary>
    public static string Types(string kind, IEnumerable<WasmValueType> types)
    {
        var text = new StringBuilder();
        foreach (WasmValueType type in types)
            text.Append(text.Length == 0 ? $"({kind}" : "").Append(' ').Append(type == WasmValueType.I32 ? "i32" : type == WasmValueType.I64 ? "i64" : "f64");
        return text.Length == 0 ? "" : text.Append(')').ToString();
    }
}
