;; nothing of the above has harmed anybody: a twentieth off
(module
  (import "shop::cart" "total" (func $total (result i64)))
  (import "shop::cart" "give_discount" (func $give (param i64)))
  (func (export "apply") (call $give (i64.div_s (call $total) (i64.const 20)))))
