/// The hazard ratio of the second arm against the first, in all rows or within the levels of a factor, with the test of interaction.
///
/// Within a level the Cox model has the arm alone, with the strata of the analysis, on the rows of the level. The test of interaction is
/// the likelihood ratio of arm × factor against arm + factor on all rows with a known level, its degrees of freedom the
/// estimable columns of the product; R: `anova(coxph(S ~ arm + factor), coxph(S ~ arm * factor))`. It asks whether the hazard
/// ratio differs between the levels, which the levels' own p-values do not answer.
/// Sources: Wang et al., N Engl J Med 2007;357:2189–2194; Cuzick, Lancet 2005;365:1308.
public struct SubgroupEffects: Sendable, Equatable {
  /// Size and hazard ratio of the rows of one level, or of all.
  public struct Effect: Sendable, Equatable {
    public let label: String
    /// Rows and events (or their weights) of the arms, the reference first; empty where they are withheld.
    public let subjects: [Int]
    public let events: [Double]
    /// nil where the ratio has no finite estimate.
    public let hazardRatio: CoxFit.HazardRatio?
    public let coefficient: Double
    public let standardError: Double
    /// Wald test of the ratio; NaN without an estimate.
    public let p: Double
    /// Why there is no estimate; nil where there is one.
    public let reason: String?
  }

  /// The column of the factor; empty for the analysis of all rows.
  public let name: String
  public let effects: [Effect]
  /// nil where it is not defined; see `interactionReason`.
  public let interaction: ChiSquaredTest?
  public let interactionReason: String?
  public let armLabels: [String]
  public let ties: TieMethod
  public let level: Double

  /// All rows.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - arms: a code for each row; two arms, the reference first.
  ///   - strata: rows that are compared among themselves only; nil for one stratum.
  ///   - cluster: rows that belong together, for a robust variance.
  ///   - model: how ties are counted.
  ///   - level: of the confidence interval, in (0, 1).
  /// - Throws: `SurvivalInputError` where there are not two arms.
  public init(
    overall data: TimeToEvent, arms: Grouping, strata: Grouping? = nil, cluster: Grouping? = nil,
    model: CoxModel = CoxModel(), level: Double = 0.95
  ) throws(SurvivalInputError) {
    try self.init(
      name: "", data, arms: arms, factor: Grouping(labels: ["All"], codes: [Int32](repeating: 0, count: data.count)),
      strata: strata, cluster: cluster, model: model, level: level, hasInteraction: false)
  }

  /// The levels of one factor. O(levels + iterations · rows).
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - arms: a code for each row; two arms, the reference first.
  ///   - factor: a code for each row.
  ///   - name: the factor's.
  ///   - strata: rows that are compared among themselves only; nil for one stratum.
  ///   - cluster: rows that belong together, for a robust variance; nil where each stands alone.
  ///   - model: how ties are counted.
  ///   - level: of the confidence interval, in (0, 1).
  /// - Throws: `SurvivalInputError` where there are not two arms.
  public init(
    _ data: TimeToEvent, arms: Grouping, factor: Grouping, name: String, strata: Grouping? = nil,
    cluster: Grouping? = nil, model: CoxModel = CoxModel(), level: Double = 0.95
  ) throws(SurvivalInputError) {
    try self.init(
      name: name, data, arms: arms, factor: factor, strata: strata, cluster: cluster, model: model, level: level,
      hasInteraction: true)
  }

  private init(
    name: String, _ data: TimeToEvent, arms: Grouping, factor: Grouping, strata: Grouping?, cluster: Grouping?,
    model: CoxModel, level: Double, hasInteraction: Bool
  ) throws(SurvivalInputError) {
    guard arms.count == 2 else {
      throw SurvivalInputError(
        .badSetting,
        "subgroups compare two arms; there are \(arms.count): \(arms.labels.prefix(8).joined(separator: ", "))")
    }
    self.name = name
    armLabels = arms.labels
    ties = model.ties
    self.level = level
    var effects: [Effect] = []
    for (code, rows) in factor.rowsByGroup.enumerated() where !rows.isEmpty {
      let isAll = rows.count == data.count
      effects.append(
        Effect(
          label: factor.labels[code], isAll ? data : try data.subset(rows),
          arms: isAll ? arms : arms.subset(rows, dropEmpty: false), strata: isAll ? strata : strata?.subset(rows),
          cluster: isAll ? cluster : cluster?.subset(rows), model: model, level: level))
    }
    self.effects = effects
    guard hasInteraction else {
      (interaction, interactionReason) = (nil, nil)
      return
    }
    (interaction, interactionReason) = try SubgroupEffects.interaction(
      data, arms: arms, factor: factor, strata: strata, isClustered: cluster != nil, model: model)
  }

  private static func interaction(
    _ data: TimeToEvent, arms: Grouping, factor: Grouping, strata: Grouping?, isClustered: Bool, model: CoxModel
  ) throws(SurvivalInputError) -> (ChiSquaredTest?, String?) {
    let present = factor.subset(Array(0..<data.count))
    guard present.count > 1 else { return (nil, "one level only") }
    // A likelihood of dependent or weighted rows is none: its ratio has no chi-squared distribution.
    if isClustered { return (nil, "a likelihood ratio is not defined for rows that belong together") }
    if data.weights != nil { return (nil, "a likelihood ratio is not defined for case weights") }
    let main: [DesignMatrix.Covariate] = [
      .factor(name: "arm", levels: arms, reference: nil), .factor(name: "factor", levels: present, reference: nil),
    ]
    let designs = [
      try DesignMatrix(main, rows: data.count),
      try DesignMatrix(main + [.interaction(["arm", "factor"])], rows: data.count),
    ]
    var fits: [CoxFit] = []
    for design in designs {
      do throws(CoxFitError) {
        fits.append(try model.fit(data, design, strata: strata))
      } catch {
        return (nil, error.message)
      }
    }
    func estimable(_ fit: CoxFit) -> Int { fit.coefficients.count { !$0.isNaN } }
    let degrees = estimable(fits[1]) - estimable(fits[0])
    guard degrees > 0 else { return (nil, "no level has both arms beside another that has") }
    // Where both models fit alike the difference may be a round-off below 0.
    let statistic = max(0, 2 * (fits[1].logLikelihood - fits[0].logLikelihood))
    return (ChiSquaredTest(statistic: statistic, degreesOfFreedom: degrees), nil)
  }
}

extension SubgroupEffects.Effect {
  init(
    label: String, _ data: TimeToEvent, arms: Grouping, strata: Grouping?, cluster: Grouping?, model: CoxModel,
    level: Double
  ) {
    self.label = label
    let tables = EventTable.tables(data, by: arms)
    subjects = tables.map(\.count)
    events = tables.map(\.totalEvents)
    var found: CoxFit?
    var problem: String?
    if let empty = tables.firstIndex(where: { $0.count == 0 }) {
      problem = "no subject of \(arms.labels[empty])"
    } else if let cluster, Set(cluster.codes).count < 2 {
      problem = "one cluster only, which has no robust variance"
    } else {
      do {
        let design = try DesignMatrix([.factor(name: "arm", levels: arms, reference: nil)], rows: data.count)
        found = try model.fit(data, design, strata: strata, cluster: cluster)
      } catch let error as CoxFitError {
        problem = error.message
      } catch {
        problem = "\(error)"
      }
    }
    guard let fit = found, fit.reportedStandardErrors[0].isFinite else {
      if let fit = found, problem == nil {
        let silent = events.firstIndex(of: 0).map { "no event in \(arms.labels[$0])" }
        problem = silent ?? fit.warnings.first?.message ?? "not estimable"
      }
      (hazardRatio, coefficient, standardError, p) = (nil, .nan, .nan, .nan)
      reason = problem
      return
    }
    hazardRatio = fit.hazardRatios(level: level)[0]
    coefficient = fit.coefficients[0]
    standardError = fit.reportedStandardErrors[0]
    p = fit.p[0]
    reason = nil
  }
}
