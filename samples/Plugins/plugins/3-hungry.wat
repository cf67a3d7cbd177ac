;; takes memory as long as there is some, and gives up then
(module
  (memory 1)
  (func (export "apply")
    (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (i32.store8 (i32.const 0x7fffffff) (i32.const 1))))
