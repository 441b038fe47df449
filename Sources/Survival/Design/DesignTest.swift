internal import Distributions

/// The test a trial is planned for: level, sides, and the hazard ratio of the null hypothesis.
///
/// With `margin` 1 the null hypothesis is equality; another margin makes the design one of non-inferiority (or superiority
/// by a margin), H0: hazard ratio ≥ margin. A two-sided level is used by halves: the power is that of significance in the
/// direction of the effect, the chance of the other direction (below α/2) left out, as all the formulas here do.
public struct DesignTest: Sendable, Equatable, Codable {
  public let alpha: Double
  /// 1 or 2.
  public let sides: Int
  public let margin: Double

  /// - Throws: `SurvivalInputError` for a level not between 0 and 0.5 per side, sides other than 1 and 2, a margin not above 0.
  public init(alpha: Double = 0.05, sides: Int = 2, margin: Double = 1) throws(SurvivalInputError) {
    guard sides == 1 || sides == 2 else {
      throw SurvivalInputError(.badSetting, "a test has 1 or 2 sides, not \(sides)")
    }
    guard alpha > 0, alpha / Double(sides) < 0.5 else {
      throw SurvivalInputError(.badSetting, "the level of the test lies between 0 and 0.5 per side, not \(alpha)")
    }
    guard margin > 0, margin.isFinite else {
      throw SurvivalInputError(.badSetting, "the margin is a hazard ratio above 0, not \(margin)")
    }
    self.alpha = alpha
    self.sides = sides
    self.margin = margin
  }

  /// The level in the direction of the effect.
  public var levelPerSide: Double { alpha / Double(sides) }

  /// The critical value of the standard normal statistic.
  public var criticalValue: Double { -StandardNormal.quantile(levelPerSide) }

  var logMargin: Double { logarithm(margin) }
}

/// The formula that links the number of events, the power and the hazard ratio.
public enum DesignMethod: String, Sendable, Codable, CaseIterable {
  /// Events D = (z_α + z_β)² / (π₁π₂ (ln HR − ln margin)²): Schoenfeld, Biometrika 1981;68:316–319; Biometrics
  /// 1983;39:499–503.
  case schoenfeld
  /// Events D = (z_α + z_β)² (1 + φ HR)² / (φ (1 − HR)²), φ subjects with the treatment to one without: Freedman, Stat Med
  /// 1982;1:121–129.
  case freedman
  /// Subjects N = (z_α √V₀ + z_β √V₁)² / (λ₁ − λ₂)² from the variances of exponential rates under both hypotheses: Lachin &
  /// Foulkes, Biometrics 1986;42:507–519.
  case lachinFoulkes = "lachin-foulkes"
  /// Events D = (z_α + z_β)² / (σ² (1 − R²) (ln HR − ln margin)²), HR for one unit of a covariate of variance σ²: Hsieh &
  /// Lavori, Control Clin Trials 2000;21:552–560.
  case hsiehLavori = "hsieh-lavori"

  /// The formula and its source, for reports.
  public var formula: String {
    switch self {
    case .schoenfeld:
      "Schoenfeld (Biometrika 1981;68:316, Biometrics 1983;39:499): events = (z_alpha + z_beta)^2 / (p1 p2 (ln HR - ln "
        + "margin)^2)"
    case .freedman:
      "Freedman (Stat Med 1982;1:121): events = (z_alpha + z_beta)^2 (1 + r HR)^2 / (r (1 - HR)^2), r the allocation ratio"
    case .lachinFoulkes:
      "Lachin & Foulkes (Biometrics 1986;42:507): n = (z_alpha sqrt V0 + z_beta sqrt V1)^2 / (difference of hazards)^2, V "
        + "the variances of the difference under both hypotheses"
    case .hsiehLavori:
      "Hsieh & Lavori (Control Clin Trials 2000;21:552): events = (z_alpha + z_beta)^2 / (variance (1 - R^2) (ln HR - ln "
        + "margin)^2)"
    }
  }
}
