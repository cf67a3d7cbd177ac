;; Rolls dice. A request is 8 bytes with the number of the process to tell, and 4 bytes with the number of sides: none is a division by zero, which ends this process.
(module
  (import "lunatic::message" "receive" (func $receive (param $tags i32) (param $count i32) (param $timeout i64) (result i32)))
  (import "lunatic::message" "read_data" (func $read (param $at i32) (param $length i32) (result i32)))
  (import "lunatic::message" "create_data" (func $create (param $tag i64) (param $capacity i64)))
  (import "lunatic::message" "write_data" (func $write (param $at i32) (param $length i32) (result i32)))
  (import "lunatic::message" "send" (func $send (param $process i64) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param $at i32) (param $length i32) (result i32)))
  (memory (export "memory") 1)

  (func (export "serve")
    (loop $next
      (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))
      (drop (call $read (i32.const 0) (i32.const 12)))
      (drop (call $random (i32.const 16) (i32.const 4)))
      (call $create (i64.const 0) (i64.const 0))
      (call $write_number (i32.add (i32.const 1) (i32.rem_u (i32.load (i32.const 16)) (i32.load (i32.const 8)))))
      (drop (call $send (i64.load (i32.const 0))))
      (br $next)))

  ;; the digits, from the last to the first, end at 32
  (func $write_number (param $number i32) (local $at i32)
    (local.set $at (i32.const 32))
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10))))
      (local.set $number (i32.div_u (local.get $number) (i32.const 10)))
      (br_if $digit (local.get $number)))
    (drop (call $write (local.get $at) (i32.sub (i32.const 32) (local.get $at))))))
