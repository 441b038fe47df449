internal import Survival
internal import TrialData

/// A formula laid out on data: which covariates are factors with which reference, and the columns of every term.
///
/// A factor stands for its levels other than the reference; in an interaction whose margin without the factor is not in the
/// model it stands for all its levels, so that `arm + sex:arm` gives sex an effect in each arm. That is the rule of R's
/// model formulas (Chambers & Hastie, Statistical Models in S, 1992, section 2.4.1).
struct ModelDesign {
  struct Variable {
    /// Nil for a number.
    let levels: Grouping?
    /// The columns of a main effect, and those of all levels.
    let contrasts: [DesignMatrix.Covariate.Column]
    let all: [DesignMatrix.Covariate.Column]
  }

  let formula: ModelFormula
  let matrix: DesignMatrix
  /// The levels of each factor, the reference first.
  private let levels: [String: [String]]
  /// The reference level of each factor.
  let references: [(factor: String, level: String)]

  /// - Parameters:
  ///   - arms: the arm's grouping, reference first, for the column that is the arm.
  ///   - references: reference levels named by the user.
  init(
    _ formula: ModelFormula, _ loaded: LoadedData, references named: [(column: String, level: String)],
    convention: Convention
  ) throws {
    let dataset = loaded.dataset
    var variables: [String: Variable] = [:]
    var chosen: [(factor: String, level: String)] = []
    for name in formula.covariates {
      let values = dataset.numericCovariates[name]
      if name != dataset.armColumn, let values {
        let column = DesignMatrix.Covariate.Column(name: name, values: values)
        variables[name] = Variable(levels: nil, contrasts: [column], all: [column])
        continue
      }
      let groups = dataset.text(name)?.grouping() ?? Grouping([])
      let sorted = groups.labels
      let isArm = name == dataset.armColumn
      let wanted = named.last { $0.column == name }?.level
      let reference = wanted ?? (isArm ? loaded.arms?.labels.first : convention.reference(of: sorted)) ?? sorted[0]
      guard sorted.contains(reference) else {
        throw TrialDataError(
          .usage, file: dataset.file, column: name,
          "no row has the reference level \(reference); the levels are \(DataOptions.listing(sorted))")
      }
      guard sorted.count >= 2 else {
        throw TrialDataError(
          .data, file: dataset.file, column: name,
          "a factor needs two levels; all rows used have \(sorted[0]). Leave it out of the model")
      }
      let levels = groups.withFirst(reference)
      variables[name] = ModelDesign.factor(name, levels)
      chosen.append((name, reference))
    }
    for (column, _) in named where !chosen.contains(where: { $0.factor == column }) {
      throw UsageError(
        "--reference-level \(column): no factor of the model has that name"
          + (formula.covariates.contains(column) ? "; it holds numbers, factor(\(column)) makes it one" : ""))
    }
    references = chosen
    self.formula = formula
    levels = variables.compactMapValues { $0.levels?.labels }
    matrix = try ModelDesign.matrix(formula, variables, rows: dataset.count)
  }

  /// The design of other rows.
  ///
  /// - Parameters:
  ///   - numbers: the values of a covariate that is a number.
  ///   - codes: the positions of a factor's values in its levels.
  func matrix(
    rows: Int, numbers: (_ name: String) throws -> [Double], levels codes: (_ name: String, [String]) throws -> [Int32]
  ) throws -> DesignMatrix {
    var variables: [String: Variable] = [:]
    for name in formula.covariates {
      if let labels = levels[name] {
        variables[name] = ModelDesign.factor(name, Grouping(labels: labels, codes: try codes(name, labels)))
      } else {
        let column = DesignMatrix.Covariate.Column(name: name, values: try numbers(name))
        variables[name] = Variable(levels: nil, contrasts: [column], all: [column])
      }
    }
    return try ModelDesign.matrix(formula, variables, rows: rows)
  }

  private static func matrix(
    _ formula: ModelFormula, _ variables: [String: Variable], rows: Int
  ) throws -> DesignMatrix {
    let margins = formula.terms.map(Set.init)
    let covariates = formula.terms.map { term -> DesignMatrix.Covariate in
      let parts = term.map { name -> [DesignMatrix.Covariate.Column] in
        guard let variable = variables[name] else { return [] }
        let margin = Set(term).subtracting([name])
        return margin.isEmpty || margins.contains(margin) ? variable.contrasts : variable.all
      }
      return .columns(name: term.joined(separator: ":"), columns: ModelDesign.products(parts))
    }
    return try DesignMatrix(covariates, rows: rows)
  }

  private static func factor(_ name: String, _ levels: Grouping) -> Variable {
    let columns = levels.labels.indices.map { level in
      DesignMatrix.Covariate.Column(
        name: "\(name)=\(levels.labels[level])", values: levels.codes.map { Int($0) == level ? 1 : 0 })
    }
    return Variable(levels: levels, contrasts: Array(columns.dropFirst()), all: columns)
  }

  /// Every product of one column from each part, the first part varying fastest as in R.
  private static func products(_ parts: [[DesignMatrix.Covariate.Column]]) -> [DesignMatrix.Covariate.Column] {
    guard var products = parts.first else { return [] }
    for part in parts.dropFirst() {
      products = part.flatMap { column in
        products.map { other in
          DesignMatrix.Covariate.Column(
            name: "\(other.name):\(column.name)", values: zip(other.values, column.values).map { $0 * $1 })
        }
      }
    }
    return products
  }
}
