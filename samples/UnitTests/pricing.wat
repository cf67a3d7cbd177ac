;; Says what a number of items costs: 250 cents each, 200 from ten on. A request is the number of the process that asks (8 bytes) and the number of items
;; (4 bytes); the answer, with tag 1, is the price (4 bytes).
(module
  (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
  (import "lunatic::message" "read_data" (func $read_data (param i32 i32) (result i32)))
  (import "lunatic::message" "create_data" (func $create_data (param i64 i64)))
  (import "lunatic::message" "write_data" (func $write_data (param i32 i32) (result i32)))
  (import "lunatic::message" "send" (func $send (param i64) (result i32)))
  (memory (export "memory") 1)
  (func (export "serve") (local $items i32)
    (loop $next
      (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))     ;; any message, for ever
      (drop (call $read_data (i32.const 0) (i32.const 12)))
      (local.set $items (i32.load (i32.const 8)))
      (i32.store (i32.const 12)
        (i32.mul (local.get $items) (select (i32.const 200) (i32.const 250) (i32.ge_u (local.get $items) (i32.const 10)))))
      (call $create_data (i64.const 1) (i64.const 4))
      (drop (call $write_data (i32.const 12) (i32.const 4)))
      (drop (call $send (i64.load (i32.const 0))))
      (br $next))))
