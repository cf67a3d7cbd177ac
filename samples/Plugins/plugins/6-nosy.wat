;; wants to see other processes
(module
  (import "lunatic::process" "kill" (func $kill (param i64)))
  (func (export "apply") (call $kill (i64.const 1))))
