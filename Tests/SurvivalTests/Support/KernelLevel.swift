import CKernels

/// Takes an instruction set for the kernels; returns the one to be put back, or nil, with nothing changed, where the processor does
/// not have it.
func kernelLevel(replacedBy level: Int32) -> Int32? {
  let widest = survkit_set_kernel_level(2)
  guard survkit_set_kernel_level(level) != level else { return widest }
  _ = survkit_set_kernel_level(widest)
  return nil
}
