internal import ArgumentParser
internal import SurvivalFigures

/// The `--kind` names of `plot`.
enum FigureKind: String, ExpressibleByArgument, CaseIterable {
  case km
  case cumhaz
  case loglog
  case rmst
  case cif
  case forest
  case schoenfeld

  /// What the kind adds to the options of a figure of curves, after the preset and before single options.
  func apply(to options: inout KaplanMeierFigure.Options, tau: Double?) {
    switch self {
    case .km, .cif, .forest, .schoenfeld: return
    case .cumhaz: options.measure = .cumulativeHazard
    case .loglog:
      options.measure = .logMinusLog
      // Marks of censorings lie too close on a logarithmic axis.
      options.showCensorMarks = false
    case .rmst:
      options.restrictedMeanHorizon = tau
      // Areas and bands over each other show neither.
      options.showRibbon = false
    }
    // A preset's percentages are those of a probability.
    if self == .cumhaz || self == .loglog { options.percent = false }
  }
}

/// The `--preset` names.
enum FigurePreset: String, ExpressibleByArgument, CaseIterable {
  case clean
  case nejm
  case lancet
  case kmunicate

  var options: KaplanMeierFigure.Options {
    switch self {
    case .clean: .clean
    case .nejm: .nejm
    case .lancet: .lancet
    case .kmunicate: .kmunicate
    }
  }
}

/// The `--risk-table` names.
enum RiskTableName: String, ExpressibleByArgument, CaseIterable {
  case atRisk = "at-risk"
  case atRiskCensored = "at-risk-censored"
  case kmunicate
  case none

  var mode: KaplanMeierFigure.RiskTableMode {
    switch self {
    case .atRisk: .atRisk
    case .atRiskCensored: .atRiskCensored
    case .kmunicate: .kmunicate
    case .none: .none
    }
  }
}
