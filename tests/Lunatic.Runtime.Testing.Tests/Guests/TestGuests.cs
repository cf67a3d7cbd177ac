using System.Text;

namespace Lunatic.Runtime.Testing.Tests.Guests;

/// <summary>Guests in the text format, compiled once for all runs.</summary>
internal static class TestGuests
{
    private const string Imports = """
        (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
        (import "lunatic::message" "read_data" (func $read (param i32 i32) (result i32)))
        (import "lunatic::message" "create_data" (func $create (param i64 i64)))
        (import "lunatic::message" "write_data" (func $write (param i32 i32) (result i32)))
        (import "lunatic::message" "send" (func $send (param i64) (result i32)))
        (memory (export "memory") 1 100)
        (func $next (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1))) (drop (call $read (i32.const 0) (i32.const 8))))
        (func $answer (param $length i32)
          (call $create (i64.const 5) (i64.const 0)) (drop (call $write (i32.const 8) (local.get $length))) (drop (call $send (i64.load (i32.const 0)))))
        """;

    /// <summary>Answers each message, which holds the number of a process, with 8 random bytes and the time, after some work.</summary>
    internal static LunaticModule Dice { get; } = Compile("""
        (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
        """, """
        (func (export "serve") (local $i i32)
          loop $again
            call $next
            (local.set $i (i32.const 3000))
            loop $work (br_if $work (local.tee $i (i32.sub (local.get $i) (i32.const 1)))) end
            (drop (call $random (i32.const 8) (i32.const 8)))
            (drop (call $clock (i32.const 0) (i64.const 0) (i32.const 16)))
            (call $answer (i32.const 16))
            br $again
          end)
        """);

    /// <summary>Answers each message with what growing its memory by a page gives: 4 bytes.</summary>
    internal static LunaticModule Grower { get; } = Compile("", """
        (func (export "serve")
          loop $again
            call $next
            (i32.store (i32.const 8) (memory.grow (i32.const 1)))
            (call $answer (i32.const 4))
            br $again
          end)
        """);

    /// <summary>Never ends.</summary>
    internal static LunaticModule Spinner { get; } = Compile("", """(func (export "serve") loop $again br $again end)""");

    /// <summary>Listens on a socket.</summary>
    internal static LunaticModule Listener { get; } = Compile(
        """(import "lunatic::networking" "tcp_bind" (func $bind (param i32 i32 i32 i32 i32 i32) (result i32)))""",
        """(func (export "serve") (drop (call $bind (i32.const 4) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64))))""");

    private static LunaticModule Compile(string imports, string body) => DeterministicRuntime.Compile(Encoding.UTF8.GetBytes($"(module {imports} {Imports} {body})"));
}
