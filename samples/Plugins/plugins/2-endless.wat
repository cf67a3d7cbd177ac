(module
  (func (export "apply") (loop $forever (br $forever))))
