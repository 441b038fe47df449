internal import Reporting
internal import Survival
internal import TrialData

/// The data as one program would analyse them.
struct ConventionResult {
  let convention: Convention
  let data: TimeToEvent
  let confidence: ConfidenceSetting
  /// The level the others are compared with; nil without arms.
  let reference: String?
  /// One curve per arm, the arms in their own order whatever the reference.
  let curves: [KaplanMeier]
  /// Nil without two arms and an event; `withoutFit` says why.
  let cox: CoxFit?
  let withoutFit: String?

  /// - Parameter arms: the arms in their own order.
  init(_ convention: Convention, _ input: DataOptions, _ loaded: LoadedData, arms: Grouping?) throws {
    self.convention = convention
    data = try loaded.dataset.timeToEvent(tieTolerance: convention.tieTolerance)
    confidence = try ConfidenceSetting(level: input.level, transform: convention.transform)
    curves = try KaplanMeier.curves(data, by: arms, confidence: confidence)
    let reference = arms.flatMap { input.reference ?? convention.reference(of: $0.labels) }
    self.reference = reference
    guard let arms, arms.count >= 2 else {
      (cox, withoutFit) = (nil, "there are no two arms to compare")
      return
    }
    let design = try DesignMatrix(
      [.factor(name: loaded.dataset.armColumn ?? "arm", levels: arms, reference: reference)], rows: data.count)
    do throws(CoxFitError) {
      cox = try CoxModel(ties: convention.ties).fit(data, design, strata: loaded.strata)
      withoutFit = nil
    } catch {
      (cox, withoutFit) = (nil, error.message)
    }
  }

  /// The settings that the convention stands for.
  var settings: JSONValue {
    var object = JSONObject()
    object.add("conf_type", confidence.transform.rawValue)
    object.add("quantile_rule", convention.quantileRule.rawValue)
    object.add("ties", convention.ties.rawValue)
    object.add("tie_tolerance", convention.tieTolerance)
    if let reference { object.add("reference", reference) }
    object.add(
      "rmst_horizon",
      convention == .r ? "asked for" : convention == .sas ? "last event time of the arm" : "last time of the arm")
    return object.value
  }
}
