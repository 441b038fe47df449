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

  init(_ table: DataTable, _ selection: ColumnSelection, _ workspace: Workspace) {
    let variables = selection.covariates.count + selection.factors.count
    let numbers =
      1 + selection.covariates.count
      + [selection.start, selection.weight, selection.frequency, selection.offset].count { $0 != nil }
    // The event and the arm, which is found by itself.
    let texts =
      2 + selection.strata.count + selection.factors.count + selection.conditions.count
      + [selection.cluster, selection.id].count { $0 != nil }
    // A subject or a cluster may have a label of its own in every row.
    let labels = [selection.cluster, selection.id].count { $0 != nil } * 64
    let perRow =
      8 * numbers + 4 * texts + labels + MemoryEstimate.designPerRow * variables + workspace.rawValue
    let (rows, overflows) = table.rowCount.multipliedReportingOverflow(by: perRow)
    bytes = overflows ? .max : MemoryEstimate.program + table.bytesHeld + rows
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
