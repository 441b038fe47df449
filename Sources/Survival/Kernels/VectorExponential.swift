internal import CKernels

/// exp of every value in place, within 1 unit in the last place; several at a time where the processor can.
func exponentiate(_ values: UnsafeMutableBufferPointer<Double>) {
  guard let base = values.baseAddress else { return }
  survkit_exp(base, values.count)
}
