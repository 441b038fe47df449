import Foundation
import Testing

@testable import Survival

/// Sample sizes against R's rpact 3.3.4, published numbers, quadrature, and the inversions against each other.
@Suite struct TrialDesignTests {
  struct Planned: Sendable, CustomStringConvertible {
    let method: DesignMethod
    let hr, hazard, accrual, followUp, dropout, ratio, alpha: Double
    let sides: Int
    let power, margin, events, control, experimental: Double
    var description: String { "\(method.rawValue) \(hr) \(ratio) \(margin)" }
  }

  /// rpact 3.3.4, getSampleSizeSurvival with one look: eventsFixed, nFixed2, nFixed1. Dropout is the proportion at 12.
  static let rpact = [
    Planned(
      method: .schoenfeld, hr: 0.7, hazard: log(2) / 12, accrual: 18, followUp: 12, dropout: 0.05, ratio: 2,
      alpha: 0.025,
      sides: 1, power: 0.8, margin: 1, events: 277.6354926158, control: 158.9328471267, experimental: 317.8656942533),
    Planned(
      method: .schoenfeld, hr: 0.7, hazard: log(2) / 12, accrual: 18, followUp: 12, dropout: 0.05, ratio: 2,
      alpha: 0.05,
      sides: 2, power: 0.8, margin: 1, events: 277.6354926158, control: 158.9328471267, experimental: 317.8656942533),
    Planned(
      method: .freedman, hr: 0.7, hazard: log(2) / 12, accrual: 18, followUp: 12, dropout: 0.05, ratio: 2, alpha: 0.025,
      sides: 1, power: 0.8, margin: 1, events: 251.1641514992, control: 143.779288872, experimental: 287.5585777439),
    Planned(
      method: .schoenfeld, hr: 1.4, hazard: 0.03, accrual: 24, followUp: 6, dropout: 0, ratio: 1, alpha: 0.05, sides: 2,
      power: 0.9, margin: 1, events: 371.242543844, control: 405.769803975, experimental: 405.769803975),
    Planned(
      method: .freedman, hr: 1.4, hazard: 0.03, accrual: 24, followUp: 6, dropout: 0, ratio: 1, alpha: 0.05, sides: 2,
      power: 0.9, margin: 1, events: 378.2672302119, control: 413.4478184099, experimental: 413.4478184099),
    Planned(
      method: .schoenfeld, hr: 1, hazard: 0.04, accrual: 12, followUp: 24, dropout: 0.1, ratio: 1, alpha: 0.025,
      sides: 1,
      power: 0.9, margin: 1.3, events: 610.5860072211, control: 486.5247420914, experimental: 486.5247420914),
    Planned(
      method: .schoenfeld, hr: 0.9, hazard: 0.04, accrual: 12, followUp: 24, dropout: 0.1, ratio: 0.5, alpha: 0.025,
      sides: 1, power: 0.9, margin: 1.3, events: 349.6736754854, control: 378.7215416991, experimental: 189.3607708496),
  ]

  private func design(_ plan: Planned, _ question: TrialDesign.Question? = nil) throws -> TrialDesign {
    try TrialDesign(
      question ?? .size(hazardRatio: plan.hr, power: plan.power), method: plan.method,
      test: DesignTest(alpha: plan.alpha, sides: plan.sides, margin: plan.margin), allocationRatio: plan.ratio,
      followUp: .exponential(
        controlHazard: plan.hazard, accrual: plan.accrual, followUp: plan.followUp,
        dropoutHazard: -log(1 - plan.dropout) / 12))
  }

  @Test("events and subjects as rpact has them", arguments: rpact)
  func againstRpact(plan: Planned) throws {
    let found = try design(plan)
    // rpact prints 13 digits here; it finds subjects by a search of its own.
    #expect(isClose(found.events, plan.events, 1e-11, scale: 0))
    #expect(isClose(try #require(found.subjects).control, plan.control, 1e-10, scale: 0))
    #expect(isClose(try #require(found.subjects).experimental, plan.experimental, 1e-10, scale: 0))
  }

  @Test("power and critical values as rpact has them")
  func powerAgainstRpact() throws {
    // getPowerSurvival, one-sided 0.025: 200 events at HR 0.7; 250 at 0.75 with 2 to 1; 500 at 1 against 1.25.
    for (events, hr, ratio, margin, power) in [
      (200.0, 0.7, 1.0, 1.0, 0.712979029927), (250, 0.75, 2, 1, 0.5731076412235), (500, 1, 1, 1.25, 0.7036255457985),
    ] {
      let found = try TrialDesign(
        .powerOfEvents(events, hazardRatio: hr), test: DesignTest(alpha: 0.025, sides: 1, margin: margin),
        allocationRatio: ratio)
      #expect(isClose(found.power, power, 1e-11, scale: 0))
    }
    // criticalValuesEffectScale of rpact is at the exact number of events; ours at the rounded one.
    let first = try design(Self.rpact[0])
    let exact = exp(-1.959963984540054 / (277.6354926158 * 2 / 9).squareRoot())
    #expect(abs(exact - 0.7791695518) < 1e-9)
    #expect(try #require(first.criticalHazardRatio) > exact && first.rounded.events == 278)
  }

  @Test("numbers in print")
  func published() throws {
    let test = try DesignTest()
    // Collett, Modelling Survival Data in Medical Research, example of chronic active hepatitis: ln HR −0.5621, power 90%:
    // 133 deaths.
    let collett = try TrialDesign(.size(hazardRatio: exp(-0.5621), power: 0.9), test: test)
    #expect(abs(collett.events - 133) < 0.5)
    // Table 1 of Trials 2015;16:201 (doi 10.1186/s13063-015-0727-9): Schoenfeld's N at 80% power, half of all censored, both arms
    // rounded up in events.
    for (hr, n) in [(1.25, 1264.0), (1.5, 384), (1.75, 204), (2, 132)] {
      let found = try TrialDesign(
        .size(hazardRatio: hr, power: 0.8), test: test, followUp: .probabilities(control: 0.5, experimental: 0.5))
      #expect((found.events / 2).rounded(.up) * 4 == n)
      #expect(isClose(try #require(found.subjects).total, 2 * found.events, 1e-14, scale: 0))
    }
    // By hand: (1.959964 + 0.841621)² (1 + 0.5)²/(1 − 0.5)² = 70.64 by Freedman, 4 (…)²/(ln 2)² = 65.35 by Schoenfeld.
    #expect(
      isClose(
        try TrialDesign(.size(hazardRatio: 0.5, power: 0.8), method: .freedman, test: test).events, 70.63991760914179,
        1e-13, scale: 0))
    #expect(
      isClose(
        try TrialDesign(.size(hazardRatio: 0.5, power: 0.8), test: test).events, 65.34565925887091, 1e-13, scale: 0))
  }

  @Test("a covariate: Hsieh and Lavori, whose variance of a balanced arm is Schoenfeld's")
  func covariate() throws {
    let test = try DesignTest(alpha: 0.05, sides: 1)
    // The myeloma data of the paper: standard deviation 0.3126, R² 0.1837, ln HR 1, 73.8% events. By scipy's quantiles:
    // 77.50690614866505 events, 105.02290806052176 subjects.
    let found = try TrialDesign(
      .size(hazardRatio: exp(1), power: 0.8), method: .hsiehLavori, test: test,
      followUp: .probabilities(control: 0.738, experimental: 0.738), covariateVariance: 0.3126 * 0.3126,
      covariateR2: 0.1837)
    #expect(isClose(found.events, 77.50690614866505, 1e-13, scale: 0))
    #expect(isClose(try #require(found.subjects).total, 105.02290806052176, 1e-13, scale: 0))
    #expect(found.rounded.subjects?.total == 106 && found.rounded.events == 78 && !found.hasArms)
    let arms = try TrialDesign(.size(hazardRatio: 0.6, power: 0.9), test: test, allocationRatio: 3)
    let same = try TrialDesign(
      .size(hazardRatio: 0.6, power: 0.9), method: .hsiehLavori, test: test, covariateVariance: 3.0 / 16)
    #expect(isClose(arms.events, same.events, 1e-14, scale: 0))
  }

  @Test("Lachin and Foulkes: the formula with scipy's quadrature of the probability of an event")
  func lachinFoulkes() throws {
    for (hazard, hr, dropout, accrual, followUp, ratio, alpha, power, n, events) in [
      (0.3, 2.0 / 3, 0.0, 3.0, 2.0, 1.0, 0.05, 0.9, 376.1822623157007, 213.30738406767577),
      (0.05, 0.7, 0.02, 18, 12, 2, 0.025, 0.8, 565.2425498672499, 262.6756833427423),
      (0.3, 2.0 / 3, 0.1, 3, 2, 1, 0.05, 0.9, 435.68557933970317, 213.30623064923486),
      (0.3, 2.0 / 3, 0, 0, 5, 1, 0.05, 0.9, 303.0088275615384, 213.46826437476503),
    ] {
      let found = try TrialDesign(
        .size(hazardRatio: hr, power: power), method: .lachinFoulkes, test: DesignTest(alpha: alpha, sides: 1),
        allocationRatio: ratio,
        followUp: .exponential(controlHazard: hazard, accrual: accrual, followUp: followUp, dropoutHazard: dropout))
      #expect(isClose(try #require(found.subjects).total, n, 1e-12, scale: 0))
      #expect(isClose(found.events, events, 1e-12, scale: 0))
    }
  }

  @Test("the probability of an event: scipy's quadrature, and the limits of rare events and of no accrual")
  func eventProbability() {
    let usual = DesignFollowUp.exponential(controlHazard: 0.05, accrual: 18, followUp: 12, dropoutHazard: 0.02)
    #expect(isClose(usual.eventProbability(hazard: 0.05), 0.5389716013740944, 1e-14, scale: 0))
    let rare = DesignFollowUp.exponential(controlHazard: 1e-9, accrual: 3, followUp: 2, dropoutHazard: 0)
    // λ (F + R/2) less λ² (F² + F R + R²/3)/2.
    #expect(isClose(rare.eventProbability(hazard: 1e-9), 3.5e-9 - 6.5e-18, 1e-15, scale: 0))
    let atOnce = DesignFollowUp.exponential(controlHazard: 0.3, accrual: 0, followUp: 5, dropoutHazard: 0)
    #expect(isClose(atOnce.eventProbability(hazard: 0.3), 1 - exp(-1.5), 1e-15, scale: 0))
  }

  @Test("every question undoes the others, and no answer depends on the unit of time", arguments: Seeds.all)
  func inversions(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let method = [DesignMethod.schoenfeld, .freedman, .lachinFoulkes][Int(seed % 3)]
    let isBenefit = seed % 2 == 0
    let margin = method == .schoenfeld && isBenefit ? Double.random(in: 1...1.4, using: &random) : 1
    let hr = isBenefit ? Double.random(in: 0.4...0.9, using: &random) : Double.random(in: 1.1...2.2, using: &random)
    let power = Double.random(in: 0.5...0.97, using: &random)
    let ratio = [0.5, 1, 1.5, 3][Int(seed / 4 % 4)]
    let test = try DesignTest(
      alpha: Double.random(in: 0.01...0.1, using: &random), sides: seed % 5 == 0 ? 1 : 2, margin: margin)
    let (hazard, accrual, after) = (
      Double.random(in: 0.01...0.2, using: &random), Double.random(in: 0...30, using: &random),
      Double.random(in: 1...30, using: &random)
    )
    func plan(_ question: TrialDesign.Question, unit: Double = 1) throws -> TrialDesign {
      try TrialDesign(
        question, method: method, test: test, allocationRatio: ratio,
        followUp: .exponential(
          controlHazard: hazard / unit, accrual: accrual * unit, followUp: after * unit, dropoutHazard: 0.01 / unit))
    }
    let size = try plan(.size(hazardRatio: hr, power: power))
    let n = try #require(size.subjects).total
    for question in [
      TrialDesign.Question.powerOfEvents(size.events, hazardRatio: hr), .powerOfSubjects(n, hazardRatio: hr),
      .hazardRatioOfEvents(size.events, power: power, isBenefit: isBenefit),
      .hazardRatioOfSubjects(n, power: power, isBenefit: isBenefit),
    ] {
      let other = try plan(question)
      // Bisection ends within units in the last place of ln HR; the power's own round-off is that of its argument.
      #expect(isClose(other.hazardRatio, hr, 1e-12, scale: 0), "\(method) \(question) seed \(seed)")
      #expect(isClose(other.power, power, 1e-12, scale: 0) && isClose(other.events, size.events, 1e-11, scale: 0))
      #expect(isClose(try #require(other.subjects).total, n, 1e-11, scale: 0))
    }
    for unit in [1e-6, 365.25, 1e9] {
      #expect(
        isClose(
          try #require(try plan(.size(hazardRatio: hr, power: power), unit: unit).subjects).total, n, 1e-12, scale: 0))
    }
    let whole = size.rounded
    let arms = try #require(whole.subjects)
    #expect(whole.events >= size.events * (1 - 1e-12) && whole.events < size.events + 1)
    #expect(arms.control == arms.control.rounded() && arms.total >= n && arms.total < n + 2)
    #expect(whole.powerOfEvents >= power - 1e-12)
    #expect(try #require(whole.powerOfSubjects) > power - 0.02)
  }

  @Test("what cannot be planned is refused by name")
  func refusals() throws {
    #expect(throws: SurvivalInputError.self) { try DesignTest(alpha: 0) }
    #expect(throws: SurvivalInputError.self) { try DesignTest(alpha: 0.6, sides: 1) }
    #expect(throws: SurvivalInputError.self) { try DesignTest(sides: 3) }
    #expect(throws: SurvivalInputError.self) { try DesignTest(margin: 0) }
    let test = try DesignTest()
    let margin = try DesignTest(margin: 1.3)
    let exponential = DesignFollowUp.exponential(controlHazard: 0.1, accrual: 1, followUp: 1, dropoutHazard: 0)
    let attempts: [() throws -> TrialDesign] = [
      { try TrialDesign(.size(hazardRatio: 1, power: 0.8), test: test) },
      { try TrialDesign(.size(hazardRatio: 1.4, power: 0.8), test: margin) },
      { try TrialDesign(.size(hazardRatio: -1, power: 0.8), test: test) },
      { try TrialDesign(.size(hazardRatio: 0.5, power: 1), test: test) },
      { try TrialDesign(.size(hazardRatio: 0.5, power: 0.01), test: test) },
      { try TrialDesign(.size(hazardRatio: 1, power: 0.8), method: .freedman, test: margin) },
      { try TrialDesign(.size(hazardRatio: 0.5, power: 0.8), method: .lachinFoulkes, test: test) },
      { try TrialDesign(.size(hazardRatio: 0.5, power: 0.8), method: .hsiehLavori, test: test) },
      { try TrialDesign(.size(hazardRatio: 0.5, power: 0.8), test: test, covariateVariance: 1) },
      {
        try TrialDesign(
          .size(hazardRatio: 0.5, power: 0.8), method: .hsiehLavori, test: test, covariateVariance: 1, covariateR2: 1)
      },
      {
        try TrialDesign(
          .size(hazardRatio: 0.5, power: 0.8), method: .hsiehLavori, test: test, followUp: exponential,
          covariateVariance: 1)
      },
      { try TrialDesign(.size(hazardRatio: 0.5, power: 0.8), test: test, allocationRatio: 0) },
      { try TrialDesign(.powerOfSubjects(100, hazardRatio: 0.5), test: test) },
      { try TrialDesign(.powerOfEvents(0, hazardRatio: 0.5), test: test) },
      { try TrialDesign(.hazardRatioOfSubjects(4, power: 0.99, isBenefit: true), test: test, followUp: exponential) },
      {
        try TrialDesign(
          .size(hazardRatio: 0.5, power: 0.8), test: test, followUp: .probabilities(control: 0, experimental: 1))
      },
      {
        try TrialDesign(
          .size(hazardRatio: 0.5, power: 0.8), test: test,
          followUp: .exponential(controlHazard: 0, accrual: 1, followUp: 1, dropoutHazard: 0))
      },
      {
        try TrialDesign(
          .size(hazardRatio: 0.5, power: 0.8), test: test,
          followUp: .exponential(controlHazard: 1, accrual: 0, followUp: 0, dropoutHazard: 0))
      },
    ]
    for (position, attempt) in attempts.enumerated() {
      #expect(throws: SurvivalInputError.self, "attempt \(position)") { try attempt() }
    }
  }
}
