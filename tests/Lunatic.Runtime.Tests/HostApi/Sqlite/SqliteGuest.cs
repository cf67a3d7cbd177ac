using System.Text;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Sqlite;

/// <summary>
/// Guests that use a database: <c>$open</c>, <c>$exec</c>, <c>$prepare</c> take texts that lie in memory (<c>{text}</c> in the source becomes pointer and length), and
/// <c>lunatic_alloc</c> gives addresses from 32,768 on.
/// </summary>
internal static class SqliteGuest
{
    private const string Helpers = """
          (global $free (mut i32) (i32.const 32768))
          (func (export "lunatic_alloc") (param $size i32) (result i32)
            (global.get $free)
            (global.set $free (i32.add (global.get $free) (local.get $size))))
          (func $open (param i32 i32) (call $report (call $sqlite.open (local.get 0) (local.get 1) (i32.const 8))))
          (func $exec (param i32 i32) (call $report32 (call $sqlite.execute (i64.load (i32.const 8)) (local.get 0) (local.get 1))))
          (func $prepare (param i32 i32) (i64.store (i32.const 16) (call $sqlite.query_prepare (i64.load (i32.const 8)) (local.get 0) (local.get 1))))
          (func $statement (result i64) (i64.load (i32.const 16)))
          (func $step (call $report32 (call $sqlite.sqlite3_step (call $statement))))
          (func $bytes (param $address i32)
            (local $end i32)
            (local.set $end (i32.add (local.get $address) (i32.load (i32.const 24))))
            (block $done (loop $next
              (br_if $done (i32.ge_u (local.get $address) (local.get $end)))
              (call $report32 (i32.load8_u (local.get $address)))
              (local.set $address (i32.add (local.get $address) (i32.const 1)))
              (br $next))))
        """;

    /// <summary>The fields of a module whose function "main" does this.</summary>
    public static string Write(string main)
    {
        var data = new StringBuilder();
        var code = new StringBuilder();
        int address = 1024;
        int at = 0;
        while (main.IndexOf('{', at) is >= 0 and var open)
        {
            int close = main.IndexOf('}', open);
            string text = main[(open + 1)..close];
            string escaped = string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"\\{value:x2}"));
            data.Append($"(data (i32.const {address}) \"{escaped}\")");
            int length = Encoding.UTF8.GetByteCount(text);
            code.Append(main, at, open - at).Append($"(i32.const {address}) (i32.const {length})");
            address += length;
            at = close + 1;
        }
        code.Append(main, at, main.Length - at);
        return $"{Helpers}{data}(func (export \"main\") {code})";
    }

    /// <summary>Runs it in an environment with a directory.</summary>
    public static Task<(ExitReason Exit, long[] Reports)> RunAsync(string main, string? folder = null) =>
        GuestHost.RunAsync(Write(main), new EnvironmentOptions { Directories = folder is null ? [] : [new PreopenedDirectory(folder)] });

    /// <summary>Bytes as they are reported.</summary>
    public static long[] Bytes(params byte[] bytes) => [.. bytes.Select(static value => (long)value)];
}
