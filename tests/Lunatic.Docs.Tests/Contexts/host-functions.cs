using System.Collections.Concurrent;
using Lunatic.Runtime;

/* snippet */

LunaticModule module = await runtime.CompileAsync("""
    (module
      (import "app::math" "add" (func $add (param i32 i32) (result i32)))
      (import "app::kv" "put" (func $put (param i32 i32 i32 i32)))
      (import "app::kv" "get" (func $get (param i32 i32 i32 i32) (result i32)))
      (import "app::kv" "wait_for" (func $wait (param i32 i32 i32 i32) (result i32)))
      (import "app::kv" "owner" (func $owner (result i64)))
      (memory (export "memory") 1)
      (data (i32.const 0) "keyvalue")
      (func $check (param i32) (if (i32.eqz (local.get 0)) (then unreachable)))
      (func (export "_start")
        (call $check (i32.eq (call $add (i32.const 2) (i32.const 3)) (i32.const 5)))
        (call $check (i32.eq (call $get (i32.const 0) (i32.const 3) (i32.const 64) (i32.const 16)) (i32.const -1)))
        (call $put (i32.const 0) (i32.const 3) (i32.const 3) (i32.const 5))
        (call $check (i32.eq (call $get (i32.const 0) (i32.const 3) (i32.const 64) (i32.const 16)) (i32.const 5)))
        (call $check (i32.eq (call $wait (i32.const 0) (i32.const 3) (i32.const 96) (i32.const 16)) (i32.const 5)))
        (call $check (i64.eq (i64.load (i32.const 64)) (i64.load (i32.const 96))))
        (call $check (i64.eq (call $owner) (i64.const 1)))))
    """u8.ToArray());
LunaticProcess guest = await runtime.CreateEnvironment().SpawnAsync(module);
NUnit.Framework.Assert.That(await guest.Completion, NUnit.Framework.Is.EqualTo(ExitReason.Returned));
