;; A guest that answers greetings. A request is 8 bytes with the number of the process to answer, then a name.
(module
  (import "lunatic::message" "receive" (func $receive (param $tags i32) (param $count i32) (param $timeout i64) (result i32)))
  (import "lunatic::message" "read_data" (func $read (param $at i32) (param $length i32) (result i32)))
  (import "lunatic::message" "create_data" (func $create (param $tag i64) (param $capacity i64)))
  (import "lunatic::message" "write_data" (func $write (param $at i32) (param $length i32) (result i32)))
  (import "lunatic::message" "send" (func $send (param $process i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "hello, ")

  (func (export "serve") (local $length i32)
    (loop $next
      (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))    ;; any message, however long it takes
      (drop (call $read (i32.const 0) (i32.const 8)))                      ;; who asks
      (local.set $length (call $read (i32.const 1024) (i32.const 1024)))   ;; the name
      (call $create (i64.const 0) (i64.const 0))
      (drop (call $write (i32.const 16) (i32.const 7)))
      (drop (call $write (i32.const 1024) (local.get $length)))
      (drop (call $send (i64.load (i32.const 0))))
      (br $next)))

  (func (export "spin")
    (loop $forever (br $forever)))

  (func $fail (unreachable))
  (func (export "crash") (call $fail)))
