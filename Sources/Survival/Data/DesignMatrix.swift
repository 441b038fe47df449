/// The covariates of a regression as numbers: named columns grouped into terms.
///
/// A numeric covariate is a term of one column; a factor with L levels a term of L − 1 columns of 0 and 1, one per level
/// other than the reference, named `factor=level`; an interaction the products of the columns of its parts.
public struct DesignMatrix: Sendable, Equatable {
  /// A covariate or interaction as it was asked for, and the columns that it became.
  public struct Term: Sendable, Equatable, Codable {
    public let name: String
    public let columns: Range<Int>
  }

  public let rows: Int
  public let terms: [Term]
  public let columnNames: [String]
  /// Values by columns: column j is `values[j * rows ..< (j + 1) * rows]`. Those of a single factor are made when they are
  /// first asked for.
  public var values: [Double] { held.value }
  private let held: OnDemand<[Double]>
  /// The factor that is all of the design, and the code of its reference level.
  let factor: (levels: Grouping, reference: Int)?

  public var columnCount: Int { columnNames.count }

  /// One covariate before it is laid out.
  public enum Covariate: Sendable {
    case numeric(name: String, values: [Double])
    /// Levels in the order of the grouping's labels; `reference` is one of them (the first when nil).
    case factor(name: String, levels: Grouping, reference: String?)
    /// The products of covariates named before.
    case interaction([String])
    /// Columns made elsewhere, tested together as one term.
    case columns(name: String, columns: [Column])

    /// A named column of a `columns` term.
    public struct Column: Sendable {
      public let name: String
      public let values: [Double]

      public init(name: String, values: [Double]) {
        self.name = name
        self.values = values
      }
    }
  }

  /// - Throws: `SurvivalInputError` for a value that is not finite, lengths that differ, an unknown reference level, a
  ///   factor with one level or an interaction of something not named.
  public init(_ covariates: [Covariate], rows: Int) throws(SurvivalInputError) {
    if covariates.count == 1, case .factor(let name, let levels, let reference) = covariates[0] {
      let (base, columns) = try DesignMatrix.columns(of: levels, name: name, reference: reference, rows: rows)
      self.init(
        rows: rows, terms: [Term(name: name, columns: 0..<columns.count)], columnNames: columns.map(\.name),
        values: OnDemand { columns.flatMap { levels.indicator($0.level) } }, factor: (levels, base))
      return
    }
    var terms: [Term] = []
    var names: [String] = []
    var values: [Double] = []
    values.reserveCapacity(
      covariates.reduce(0) { sum, covariate in
        switch covariate {
        case .numeric: sum + rows
        case .factor(_, let levels, _): sum + rows * max(0, levels.count - 1)
        case .columns(_, let columns): sum + rows * columns.count
        case .interaction: sum
        }
      })
    func append(_ term: String, _ columns: [(name: String, values: [Double])]) {
      terms.append(Term(name: term, columns: names.count..<(names.count + columns.count)))
      for column in columns {
        names.append(column.name)
        values += column.values
      }
    }
    for covariate in covariates {
      switch covariate {
      case .numeric(let name, let column):
        guard column.count == rows else {
          throw SurvivalInputError(.lengthMismatch, "covariate \(name) has \(column.count) values for \(rows) rows")
        }
        if let row = column.firstIndex(where: { !$0.isFinite }) {
          throw SurvivalInputError(.notFinite, row: row, "covariate \(name) is not a finite number")
        }
        append(name, [(name, column)])
      case .factor(let name, let levels, let reference):
        let (_, columns) = try DesignMatrix.columns(of: levels, name: name, reference: reference, rows: rows)
        append(name, columns.map { ($0.name, levels.indicator($0.level)) })
      case .columns(let name, let columns):
        for column in columns {
          guard column.values.count == rows else {
            throw SurvivalInputError(
              .lengthMismatch, "column \(column.name) has \(column.values.count) values for \(rows) rows")
          }
          if let row = column.values.firstIndex(where: { !$0.isFinite }) {
            throw SurvivalInputError(.notFinite, row: row, "column \(column.name) is not a finite number")
          }
        }
        append(name, columns.map { ($0.name, $0.values) })
      case .interaction(let parts):
        var product: [(name: String, values: [Double])] = [("", [Double](repeating: 1, count: rows))]
        for part in parts {
          guard let term = terms.first(where: { $0.name == part }) else {
            throw SurvivalInputError(
              .badSetting, "the interaction \(parts.joined(separator: ":")) names \(part), which is not in the model")
          }
          // R's order: the levels of the first part vary fastest.
          var next: [(name: String, values: [Double])] = []
          for j in term.columns {
            for column in product {
              let other = values[(j * rows)..<((j + 1) * rows)]
              next.append(
                (
                  column.name.isEmpty ? names[j] : "\(column.name):\(names[j])",
                  zip(column.values, other).map { $0 * $1 }
                ))
            }
          }
          product = next
        }
        append(parts.joined(separator: ":"), product)
      }
    }
    let made = values
    self.init(rows: rows, terms: terms, columnNames: names, values: OnDemand { made }, factor: nil)
  }

  private init(
    rows: Int, terms: [Term], columnNames: [String], values: OnDemand<[Double]>,
    factor: (levels: Grouping, reference: Int)?
  ) {
    self.rows = rows
    self.terms = terms
    self.columnNames = columnNames
    held = values
    self.factor = factor
  }

  /// The columns of a factor: every level but the reference.
  private static func columns(
    of levels: Grouping, name: String, reference: String?, rows: Int
  ) throws(SurvivalInputError) -> (reference: Int, columns: [(name: String, level: Int)]) {
    guard levels.codes.count == rows else {
      throw SurvivalInputError(.lengthMismatch, "factor \(name) has \(levels.codes.count) values for \(rows) rows")
    }
    guard levels.count >= 2 else {
      throw SurvivalInputError(.tooFewGroups, "factor \(name) has one level only; leave it out of the model")
    }
    let base = reference ?? levels.labels[0]
    guard let code = levels.labels.firstIndex(of: base) else {
      throw SurvivalInputError(
        .badSetting, "factor \(name) has no level \(base); its levels are \(levels.labels.joined(separator: ", "))")
    }
    return (
      code, levels.labels.indices.filter { $0 != code }.map { ("\(name)=\(levels.labels[$0])", $0) }
    )
  }

  /// Numeric covariates already laid out by columns, each a term of its own; nothing is copied.
  ///
  /// - Parameters:
  ///   - columnNames: one for each column.
  ///   - values: column j is `values[j * rows ..< (j + 1) * rows]`.
  ///   - rows: number of rows.
  /// - Throws: `SurvivalInputError` for a number of values other than rows × names, or one that is not finite.
  public init(columnNames: [String], values: [Double], rows: Int) throws(SurvivalInputError) {
    guard values.count == rows * columnNames.count else {
      throw SurvivalInputError(
        .lengthMismatch, "\(columnNames.count) covariates have \(values.count) values for \(rows) rows")
    }
    if !NumberScan(values).areFinite, let place = firstNumber(below: values.count, where: { !values[$0].isFinite }) {
      throw SurvivalInputError(
        .notFinite, row: place % rows, "covariate \(columnNames[place / rows]) is not a finite number")
    }
    self.init(
      rows: rows, terms: columnNames.enumerated().map { Term(name: $1, columns: $0..<($0 + 1)) },
      columnNames: columnNames, values: OnDemand { values }, factor: nil)
  }

  /// Equal covariates, however they were made.
  public static func == (a: DesignMatrix, b: DesignMatrix) -> Bool {
    a.rows == b.rows && a.terms == b.terms && a.columnNames == b.columnNames && a.values == b.values
  }

  /// The j-th column.
  public func column(_ j: Int) -> ArraySlice<Double> { values[(j * rows)..<((j + 1) * rows)] }
}
