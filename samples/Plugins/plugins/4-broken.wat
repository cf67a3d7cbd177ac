(module
  (func $divide (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
  (func (export "apply") (drop (call $divide (i32.const 0)))))
