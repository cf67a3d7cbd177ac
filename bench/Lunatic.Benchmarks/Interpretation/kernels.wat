;; Small loops with one kind of work each. Every export takes a count and returns a checksum.
(module
  (memory 2)
  (type $binary (func (param i64 i64) (result i64)))
  (table funcref (elem $sum $xor $mul $difference))
  (func $sum (type $binary) (i64.add (local.get 0) (local.get 1)))
  (func $xor (type $binary) (i64.xor (local.get 0) (local.get 1)))
  (func $mul (type $binary) (i64.mul (local.get 0) (i64.or (local.get 1) (i64.const 1))))
  (func $difference (type $binary) (i64.sub (local.get 0) (local.get 1)))

  ;; direct calls: naive Fibonacci
  (func $fib (export "calls") (param $n i32) (result i64)
    (if (result i64) (i32.lt_u (local.get $n) (i32.const 2))
      (then (i64.extend_i32_u (local.get $n)))
      (else (i64.add
        (call $fib (i32.sub (local.get $n) (i32.const 1)))
        (call $fib (i32.sub (local.get $n) (i32.const 2)))))))

  ;; integers: xorshift
  (func (export "integers") (param $n i32) (result i64)
    (local $x i64)
    (local.set $x (i64.const 88172645463325252))
    (loop $next
      (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 13))))
      (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.const 7))))
      (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 17))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))

  ;; floats: the logistic map
  (func (export "floats") (param $n i32) (result i64)
    (local $x f64)
    (local.set $x (f64.const 0.3))
    (loop $next
      (local.set $x (f64.mul (f64.const 3.9) (f64.mul (local.get $x) (f64.sub (f64.const 1) (local.get $x)))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.reinterpret_f64 (local.get $x)))

  ;; memory: reads and writes in 64 KiB
  (func (export "memory") (param $n i32) (result i64)
    (local $at i32) (local $sum i64)
    (loop $next
      (local.set $at (i32.and (i32.add (local.get $at) (i32.const 40)) (i32.const 65528)))
      (i64.store offset=8 (local.get $at) (local.tee $sum (i64.add (local.get $sum) (i64.load (local.get $at)))))
      (i32.store8 offset=16 (local.get $at) (local.get $n))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  ;; branches and indirect calls: a little bytecode machine
  (func (export "dispatch") (param $n i32) (result i64)
    (local $x i64)
    (local.set $x (i64.const 1))
    (loop $next
      (block $done
        (block $three (block $two (block $one
          (br_table $one $two $three (i32.rem_u (local.get $n) (i32.const 3))))
          (local.set $x (i64.add (local.get $x) (i64.const 7)))
          (br $done))
          (local.set $x (i64.rotl (local.get $x) (i64.const 5)))
          (br $done))
        (local.set $x (call_indirect (type $binary) (local.get $x) (i64.extend_i32_u (local.get $n)) (i32.and (local.get $n) (i32.const 3)))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x)))
