;; The smallest guest: a WASI command. Run it with `lunatic run samples/guests/hello.wat`.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 8) "\10\00\00\00\13\00\00\00")   ;; one iovec: address 16, length 19
  (data (i32.const 16) "hello from a guest\n")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0)))))
