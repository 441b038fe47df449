import CKernels
import Testing

@testable import Survival

/// The vector exponential against the C library's, for every instruction set of the processor.
@Suite(.serialized) struct VectorExponentialTests {
  @Test(arguments: 0...2)
  func agreesWithTheLibrary(level: Int32) {
    guard let widest = kernelLevel(replacedBy: level) else { return }
    defer { _ = survkit_set_kernel_level(widest) }
    var random = SplitMix64(seed: 71)
    for scale in [1.0, 30, 708] {
      let x = (0..<10_007).map { _ in (2 * Double.random(in: 0..<1, using: &random) - 1) * scale }
      var y = x
      y.withUnsafeMutableBufferPointer { exponentiate($0) }
      for (x, y) in zip(x, y) {
        let expected = exponential(x)
        // 0.89 units measured against long double, and half a unit of the library's own.
        #expect(abs(y - expected) <= 2 * expected.ulp, "exp(\(x))")
      }
    }
  }

  @Test func endsOfTheRange() {
    var values = [-Double.infinity, .infinity, .nan, -745.2, -745.1, 709.78, 709.79, 0]
    values.withUnsafeMutableBufferPointer { exponentiate($0) }
    #expect(values[0] == 0 && values[1] == .infinity && values[2].isNaN && values[3] == 0)
    #expect(values[4] == .leastNonzeroMagnitude && values[6] == .infinity && values[7] == 1)
    #expect(abs(values[5] - 1.7928227943945155e308) < 1e293)
  }
}
