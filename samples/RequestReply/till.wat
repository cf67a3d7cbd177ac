;; Replies to orders with what they cost. It is an abstract process with one request handler, which gets { article: String, quantity: u32 } and replies with a u64; the price of the
;; article it asks of the process named "prices". In Rust the attribute #[abstract_process] writes all this.
(module
  (import "lunatic::message" "receive" (func $receive (param $tags i32) (param $count i32) (param $timeout i64) (result i32)))
  (import "lunatic::message" "get_tag" (func $tag (result i64)))
  (import "lunatic::message" "read_data" (func $read (param $at i32) (param $length i32) (result i32)))
  (import "lunatic::message" "create_data" (func $create (param $tag i64) (param $capacity i64)))
  (import "lunatic::message" "write_data" (func $write (param $at i32) (param $length i32) (result i32)))
  (import "lunatic::message" "send" (func $send (param $process i64) (result i32)))
  (import "lunatic::process" "process_id" (func $self (result i64)))
  (import "lunatic::registry" "get" (func $find (param $name i32) (param $length i32) (param $node i32) (param $process i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "prices")
  ;; 16: number of the process "prices"; 24: node and number of this one, as a return address; 40: the tag of replies that it waits for; 48: price; 56: sum; 1024: request
  (data (i32.const 40) "\ff\01\00\00\00\00\00\00")

  (func (export "serve") (local $handler i64) (local $reply i64) (local $article i32)
    (if (call $find (i32.const 0) (i32.const 6) (i32.const 8) (i32.const 16)) (then unreachable))
    (i64.store (i32.const 32) (call $self))
    (loop $next
      (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))
      (drop (call $read (i32.const 1024) (i32.const 4096)))
      ;; the top byte of the tag is the handler, the rest the tag of the reply
      (local.set $handler (i64.shr_u (call $tag) (i64.const 56)))
      (local.set $reply (i64.and (call $tag) (i64.const 0x00ffffffffffffff)))
      (if (i64.ne (local.get $handler) (i64.const 1)) (then (call $unknown_handler)))

      ;; a string is its length, 8 bytes, and its text; so it is sent on as it came
      (local.set $article (i32.add (i32.load (i32.const 1024)) (i32.const 8)))
      (call $create (i64.const 0x01000000000001ff) (i64.const 0))
      (drop (call $write (i32.const 1024) (local.get $article)))
      (drop (call $write (i32.const 24) (i32.const 16)))
      (drop (call $send (i64.load (i32.const 16))))
      (drop (call $receive (i32.const 40) (i32.const 1) (i64.const -1)))
      (drop (call $read (i32.const 48) (i32.const 4)))

      ;; behind the article: the quantity, then node and number of the process that asks
      (i64.store (i32.const 56) (i64.mul (i64.load32_u (i32.const 48)) (i64.load32_u (i32.add (i32.const 1024) (local.get $article)))))
      (call $create (local.get $reply) (i64.const 0))
      (drop (call $write (i32.const 56) (i32.const 8)))
      (drop (call $send (i64.load offset=12 (i32.add (i32.const 1024) (local.get $article)))))
      (br $next)))

  (func $unknown_handler (unreachable)))
