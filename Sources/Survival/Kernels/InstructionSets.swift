internal import CKernels

/// The instruction sets that the kernels are compiled for, and whether they agree.
package enum InstructionSets {
  /// One instruction set against the portable code.
  package struct Agreement: Sendable, Equatable {
    package let name: String
    /// The largest difference of exp(x) on a grid over all of its range, in units of the last place.
    package let exponential: Double
    /// The largest relative difference of a coefficient or standard error of a Cox model.
    package let cox: Double
    /// exp within 1 unit in the last place on both sides; sums of 600 terms in another order differ by less than 1e-10 of a coefficient.
    package var isGood: Bool { exponential <= 2 && cox <= 1e-10 }
  }

  private static let names = ["portable", "AVX2 with FMA", "AVX-512"]

  /// The one in use.
  package static var current: String { names[Int(survkit_kernel_level())] }

  /// The C compiler that built the kernels.
  package static var compiler: String { String(cString: survkit_c_compiler()) }

  /// Every instruction set of this processor beyond the portable one. Not to be called beside other work: the choice is one for the process.
  package static func agreements() throws -> [Agreement] {
    let before = survkit_kernel_level()
    defer { _ = survkit_set_kernel_level(before) }
    _ = survkit_set_kernel_level(0)
    let (exponentials, estimates) = (exponentialsOnGrid(), try estimatesOfModel())
    return try (1..<Int32(names.count)).compactMap { level in
      guard survkit_set_kernel_level(level) == level else { return nil }
      let steps = zip(exponentialsOnGrid(), exponentials).map { abs($0 - $1) / $1.ulp }
      let differences = zip(try estimatesOfModel(), estimates).map { abs($0 - $1) / abs($1) }
      return Agreement(name: names[Int(level)], exponential: steps.max() ?? 0, cox: differences.max() ?? 0)
    }
  }

  private static func exponentialsOnGrid() -> [Double] {
    var values = (0..<4001).map { -700 + 0.35 * Double($0) }
    values.withUnsafeMutableBufferPointer { exponentiate($0) }
    return values
  }

  /// A Cox model with ten covariates and ties on 600 rows.
  private static func estimatesOfModel() throws -> [Double] {
    var generator = SplitMix64(seed: 1)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let rows = 600
    let covariates = (0..<10).map { _ in (0..<rows).map { _ in uniform() - 0.5 } }
    let data = try TimeToEvent(
      time: (0..<rows).map { row in (40 * uniform() / (1.5 + covariates[0][row])).rounded(.up) },
      isEvent: (0..<rows).map { _ in uniform() < 0.7 })
    let design = try DesignMatrix(
      covariates.enumerated().map { .numeric(name: "x\($0)", values: $1) }, rows: rows)
    let fit = try CoxModel(ties: .efron).fit(data, design)
    return fit.coefficients + fit.standardErrors
  }
}
