/// The horizon tau of a two-sample comparison of restricted means when none is named: the latest time to which both curves
/// are estimated.
///
/// Four cases by how the arm that ends first, and the one that ends last, end; an arm ends with an event when all its rows
/// at its last time are events, for then its curve is 0 from there on. Ends the first with an event (cases 1 and 2), tau is
/// the later of the two last times; with a censoring (cases 3 and 4), the earlier.
/// Source: the rule of R's survRM2 (Uno et al.), function rmst2.
public struct RestrictedMeanHorizon: Sendable, Equatable, Codable {
  public let tau: Double
  /// 1: both end with an event; 2: the first with an event, the last with a censoring; 3: the first with a censoring, the
  /// last with an event; 4: both with a censoring.
  public let ruleCase: Int

  /// - Throws: `SurvivalInputError` when an arm is empty or the rule gives no time above 0.
  public init(_ first: EventTable, _ second: EventTable) throws(SurvivalInputError) {
    guard let a = first.time.last, let b = second.time.last else {
      throw SurvivalInputError(.empty, "a comparison of restricted means needs rows in both arms")
    }
    func endsWithEvent(_ table: EventTable) -> Bool { table.censored.last == 0 }
    let isTied = a == b
    let (early, late) = a <= b ? (first, second) : (second, first)
    // Of two that end together, the one that ends with an event stands for the first.
    let earlyEnds = endsWithEvent(early) || isTied && endsWithEvent(late)
    let lateEnds = isTied ? endsWithEvent(early) && endsWithEvent(late) : endsWithEvent(late)
    tau = earlyEnds ? max(a, b) : min(a, b)
    ruleCase = earlyEnds ? (lateEnds ? 1 : 2) : (lateEnds ? 3 : 4)
    guard tau > 0 else { throw SurvivalInputError(.badSetting, "no follow-up beyond time 0; there is no horizon tau") }
  }

  public var sentence: String {
    let ends = [
      "both arms end with an event", "the arm that ends first ends with an event, the other with a censoring",
    ]
    let others = [
      "the arm that ends first ends with a censoring, the other with an event", "both arms end with a censoring",
    ]
    return "survRM2's case \(ruleCase): \((ends + others)[ruleCase - 1]); tau is the "
      + "\(ruleCase <= 2 ? "later" : "earlier") of the two last times"
  }
}
