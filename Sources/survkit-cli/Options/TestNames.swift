internal import ArgumentParser
internal import Survival

/// A test asked for by name.
enum NamedTest: Equatable {
  case weighted(LogRankWeighting)
  case maxCombo([LogRankWeighting])

  /// The test of a name such as "fh:0,1".
  init(_ name: String) throws(UsageError) {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("log-rank", 1): self = .weighted(.logRank)
    case ("gehan-breslow", 1): self = .weighted(.gehanBreslow)
    case ("tarone-ware", 1): self = .weighted(.taroneWare)
    case ("peto", 1): self = .weighted(.peto)
    case ("modified-peto", 1): self = .weighted(.modifiedPeto)
    case ("fh", 2): self = .weighted(try NamedTest.flemingHarrington(parts[1], in: name))
    case ("mwlrt", 2):
      let times = try numberList(parts[1], option: "--test mwlrt:", range: "one time of 0 or more") { $0 >= 0 }
      guard times.count == 1 else { throw UsageError("--test mwlrt:T takes one time; \(name) does not") }
      self = .weighted(.modestlyWeighted(until: times[0]))
    case ("mwlrt", _):
      throw UsageError("--test mwlrt:T takes the time T after which the weight stays, such as mwlrt:12")
    case ("maxcombo", 1): self = .maxCombo(MaxComboTest.defaultWeightings)
    case ("maxcombo", 2):
      var weightings: [LogRankWeighting] = []
      for pair in parts[1].split(separator: ";", omittingEmptySubsequences: false) {
        weightings.append(try NamedTest.flemingHarrington(String(pair), in: name))
      }
      self = .maxCombo(weightings)
    default:
      throw UsageError(
        "--test \(name) is not known; the tests are log-rank, gehan-breslow, tarone-ware, peto, modified-peto, "
          + "fh:RHO,GAMMA, mwlrt:T, maxcombo, maxcombo:RHO,GAMMA;RHO,GAMMA...")
    }
  }

  private static func flemingHarrington(_ text: String, in name: String) throws(UsageError) -> LogRankWeighting {
    let powers = try numberList(text, option: "--test fh:", range: "two numbers of 0 or more") { $0 >= 0 }
    guard powers.count == 2 else { throw UsageError("RHO,GAMMA are two numbers; --test \(name) has other") }
    return .flemingHarrington(rho: powers[0], gamma: powers[1])
  }
}

/// The `--adjust` names.
enum Adjustment: String, ExpressibleByArgument, CaseIterable {
  case holm
  case bh
  case bonferroni

  var adjustment: PValueAdjustment {
    switch self {
    case .holm: .holm
    case .bh: .benjaminiHochberg
    case .bonferroni: .bonferroni
    }
  }
}

/// The `--alternative` names.
enum AlternativeName: String, ExpressibleByArgument, CaseIterable {
  case twoSided = "two-sided"
  case less
  case greater

  var alternative: HazardAlternative {
    switch self {
    case .twoSided: .twoSided
    case .less: .less
    case .greater: .greater
    }
  }
}
