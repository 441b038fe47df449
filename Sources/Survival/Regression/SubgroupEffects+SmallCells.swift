extension SubgroupEffects {
  /// The same with small levels withheld: those in which an arm's subjects, events or censored are a small cell, and further ones,
  /// the smallest first, until two at least are withheld and their sums are no small cells; the totals of all levels would give
  /// them away. The test of interaction stays: it counts nobody.
  public func withholding(_ rule: SmallCellRule) -> SubgroupEffects {
    let cells = effects.map { effect in
      effect.events + zip(effect.subjects, effect.events).flatMap { [Double($0), Double($0) - $1] }
    }
    let withheld = rule.withheld(rows: cells, sizes: effects.map { Double($0.subjects.reduce(0, +)) })
    guard withheld.contains(true) else { return self }
    return SubgroupEffects(self, effects: zip(effects, withheld).map { $1 ? Effect(withheld: $0.label, rule) : $0 })
  }

  private init(_ other: SubgroupEffects, effects: [Effect]) {
    name = other.name
    self.effects = effects
    interaction = other.interaction
    interactionReason = other.interactionReason
    armLabels = other.armLabels
    ties = other.ties
    level = other.level
  }
}

extension SubgroupEffects.Effect {
  /// Whether its numbers are withheld.
  public var isWithheld: Bool { subjects.isEmpty }

  fileprivate init(withheld label: String, _ rule: SmallCellRule) {
    self.label = label
    (subjects, events) = ([], [])
    (hazardRatio, coefficient, standardError, p) = (nil, .nan, .nan, .nan)
    reason = "withheld: a small cell below \(rule.minimum), or one that would give it away"
  }
}
