internal import ArgumentParser
internal import Survival
internal import TrialData

/// A size of memory as `--max-memory` takes it: bytes, or K, M, G or T of them, 1024 times as much each.
struct MemorySize: ExpressibleByArgument, Equatable {
  let bytes: Int

  init?(argument: String) {
    let powers: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    let power = argument.last.flatMap { powers[Character($0.uppercased())] }
    let digits = power == nil ? argument[...] : argument.dropLast()
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0 else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << (power ?? 0))
    if overflows { return nil }
    self.bytes = bytes
  }
}

/// Bytes that an analysis takes for each row beside its columns, at most: measured with a million different times as a JSON
/// document, which is where curves are longest, and rounded up.
enum Workspace: Int {
  case test = 96
  case rmst = 160
  case cox = 320
  case plot = 400
  case cif = 800
  /// `km` and `fit`.
  case curves = 1200

  static let aft = Workspace.rmst
  static let explain = Workspace.cif
}

/// The memory that a call may need, by what the file and the selection say; it is an estimate, on the high side.
struct MemoryEstimate {
  /// What a variable of a model takes for each row beside its column: the design and two copies that are worked on.
  static let designPerRow = 24
  /// The program itself.
  static let program = 16 << 20

  let bytes: Int

  private init(bytes: Int) { self.bytes = bytes }

  init(_ table: DataTable, _ selection: ColumnSelection, _ workspace: Workspace) {
    let variables = selection.covariates.count + selection.factors.count
    let numbers =
      1 + selection.covariates.count
      + [selection.start, selection.weight, selection.frequency, selection.offset].count { $0 != nil }
    // The event and the arm, which is found by itself.
    let texts =
      2 + selection.strata.count + selection.factors.count + selection.subgroups.count + selection.conditions.count
      + selection.companionColumns(in: table)
      + [selection.cluster, selection.id].count { $0 != nil }
    // A subject or a cluster may have a label of its own in every row; subjects are read wherever a file has USUBJID.
    let hasSubjects = selection.id != nil || table.columnNames.contains { $0.lowercased() == "usubjid" }
    let labels = [selection.cluster != nil, hasSubjects].count { $0 } * 64
    let perRow =
      8 * numbers + 4 * texts + labels + MemoryEstimate.designPerRow * variables + workspace.rawValue
    let (rows, overflows) = table.rowCount.multipliedReportingOverflow(by: perRow)
    bytes = overflows ? .max : MemoryEstimate.program + table.bytesHeld + rows
  }

  /// A sum of products, the largest number there is where it overflows.
  private init(_ products: [[Int]]) {
    bytes = products.reduce(0) { sum, factors in
      let (product, overflows) = factors.reduce((1, false)) { part, factor in
        let next = part.0.multipliedReportingOverflow(by: factor)
        return (next.partialValue, part.1 || next.overflow)
      }
      let (total, isTooLarge) = sum.addingReportingOverflow(product)
      return overflows || isTooLarge ? .max : total
    }
  }

  /// Every estimate of every resample, kept and put in order; the places of the rows, and for each thread the counts and the
  /// curves of one resample.
  static func curveBootstrap(replicates: Int, estimates: Int, rows: Int) -> MemoryEstimate {
    MemoryEstimate([[replicates, estimates, 16], [rows, 32], [Parallelism.threads, rows, 48]])
  }

  /// Every coefficient of every resample, kept and put in order; the influence of each row, and for each thread a copy of the
  /// rows kept and what the likelihood works on.
  static func coxBootstrap(replicates: Int, coefficients: Int, rows: Int) -> MemoryEstimate {
    MemoryEstimate([
      [replicates, coefficients, 16], [rows, coefficients, 16], [Parallelism.threads, rows, 8 * coefficients + 96],
    ])
  }

  func adding(_ other: MemoryEstimate) -> MemoryEstimate {
    let (sum, overflows) = bytes.addingReportingOverflow(other.bytes)
    return MemoryEstimate(bytes: overflows ? .max : sum)
  }

  func check(_ limit: MemorySize?, file: String) throws(TrialDataError) {
    try MemoryEstimate.check(bytes, limit, file: file, "the analysis may need")
  }

  /// - Throws: `TrialDataError` (memory) when `needed` is above the limit.
  static func check(_ needed: Int, _ limit: MemorySize?, file: String, _ what: String) throws(TrialDataError) {
    guard let limit, needed > limit.bytes else { return }
    throw TrialDataError(
      .memory, file: file,
      "\(what) \(needed) bytes of memory (\(megabytes(needed))M), more than the \(limit.bytes) of --max-memory; raise it to at "
        + "least that, or give a file with fewer rows")
  }

  private static func megabytes(_ bytes: Int) -> Int { bytes / (1 << 20) + (bytes % (1 << 20) > 0 ? 1 : 0) }
}
