;; waits for one message, then traps: whoever supervises it has something to do
(module
  (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
  (memory 1)
  (func (export "tick")
    (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))
    unreachable))
