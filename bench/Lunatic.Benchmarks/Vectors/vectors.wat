;; Small loops over vectors in memory. Every export takes a number of passes over 16 KiB (1,024 vectors) and returns a checksum.
(module
  (memory (export "memory") 1)

  ;; c[i] = a[i] * k + b[i], integers
  (func (export "i32x4 mul, add") (param $passes i32) (result i32)
    (local $at i32) (local $k v128)
    (local.set $k (i32x4.splat (i32.const 17)))
    (loop $pass
      (local.set $at (i32.const 0))
      (loop $next
        (v128.store offset=32768 (local.get $at)
          (i32x4.add (i32x4.mul (v128.load (local.get $at)) (local.get $k)) (v128.load offset=16384 (local.get $at))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 16384))))
      (br_if $pass (local.tee $passes (i32.sub (local.get $passes) (i32.const 1)))))
    (i32.load offset=32768 (i32.const 16)))

  ;; b[i] = a[i] * k + b[i], floats
  (func (export "f32x4 mul, add") (param $passes i32) (result i32)
    (local $at i32) (local $k v128)
    (local.set $k (f32x4.splat (f32.const 0.5)))
    (loop $pass
      (local.set $at (i32.const 0))
      (loop $next
        (v128.store offset=16384 (local.get $at)
          (f32x4.add (f32x4.mul (v128.load (local.get $at)) (local.get $k)) (v128.load offset=16384 (local.get $at))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 16384))))
      (br_if $pass (local.tee $passes (i32.sub (local.get $passes) (i32.const 1)))))
    (i32.load offset=16384 (i32.const 16)))

  ;; c[i] = bytes of a[i] and b[i] interleaved, then chosen by b[i]
  (func (export "i8x16 shuffle, swizzle") (param $passes i32) (result i32)
    (local $at i32) (local $b v128)
    (loop $pass
      (local.set $at (i32.const 0))
      (loop $next
        (local.set $b (v128.load offset=16384 (local.get $at)))
        (v128.store offset=32768 (local.get $at)
          (i8x16.swizzle
            (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (v128.load (local.get $at)) (local.get $b))
            (local.get $b)))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 16384))))
      (br_if $pass (local.tee $passes (i32.sub (local.get $passes) (i32.const 1)))))
    (i32.load offset=32768 (i32.const 16)))

  ;; the sum of a[i] * b[i], 16-bit integers
  (func (export "i32x4 dot product") (param $passes i32) (result i32)
    (local $at i32) (local $sum v128)
    (loop $pass
      (local.set $at (i32.const 0))
      (loop $next
        (local.set $sum (i32x4.add (local.get $sum) (i32x4.dot_i16x8_s (v128.load (local.get $at)) (v128.load offset=16384 (local.get $at)))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 16384))))
      (br_if $pass (local.tee $passes (i32.sub (local.get $passes) (i32.const 1)))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))

  ;; numbers to begin with: small integers, which are tiny floats
  (func (export "fill")
    (local $at i32)
    (loop $next
      (i32.store (local.get $at) (i32.mul (local.get $at) (i32.const 40503)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 49152))))))
