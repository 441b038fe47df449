#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Correct significant digits at a relative error: its −log10, from 0 to 17.
public func correctSignificantDigits(relativeError: Double) -> Double {
  relativeError.isNaN ? 0 : min(17, max(0, -log10(relativeError)))
}

/// How far a check's answer lies from what was expected.
public struct Agreement: Sendable, Equatable {
  /// The largest relative error over the numbers compared; 0 when all are exact, infinite where one is missing. An
  /// expected number within the absolute tolerance of 0 counts as 0: what stands there is another program's round-off.
  public var worstRelativeError = 0.0
  /// Numbers compared.
  public var compared = 0
  /// Where the answer is wrong or missing, as paths into `expected`.
  public var faults: [String] = []

  public var isPass: Bool { faults.isEmpty }

  /// Compares every numeric field of `expected`; null is not compared. A number passes when
  /// |x − e| <= max(absolute, relative · |e|).
  public init(expected: JSONTree, actual: JSONTree, relative: Double, absolute: Double) {
    walk(expected, actual, "", relative, absolute)
  }

  private mutating func walk(
    _ expected: JSONTree, _ actual: JSONTree?, _ path: String, _ relative: Double, _ absolute: Double
  ) {
    switch expected {
    case .null, .string, .bool:
      return
    case .number(let e):
      compared += 1
      guard let x = actual?.number else {
        faults.append("\(path): missing, expected \(e)")
        worstRelativeError = .infinity
        return
      }
      let error = abs(x - e)
      if error.isNaN {
        worstRelativeError = .infinity
      } else if abs(e) > absolute {
        worstRelativeError = max(worstRelativeError, error / abs(e))
      }
      if !(error <= max(absolute, relative * abs(e))) { faults.append("\(path): \(x), expected \(e)") }
    case .array(let values):
      let others = actual?.array ?? []
      for (i, value) in values.enumerated() {
        walk(value, i < others.count ? others[i] : nil, "\(path)[\(i)]", relative, absolute)
      }
    case .object(let members):
      for key in members.keys.sorted() {
        if let value = members[key] { walk(value, actual?[key], "\(path).\(key)", relative, absolute) }
      }
    }
  }
}

extension JSONTree {
  /// A Kaplan–Meier answer cut to the times that the expected curves list: a suite may give a subset of the rows.
  func alignedCurves(to expected: JSONTree) -> JSONTree {
    guard case .object(var top) = self, let curves = top["curves"]?.array, let wanted = expected["curves"]?.array else {
      return self
    }
    top["curves"] = .array(
      curves.enumerated().map { position, curve in
        guard position < wanted.count, let times = curve["time"]?.numbers else { return curve }
        var rowOfTime: [Double: Int] = [:]
        for (row, time) in times.enumerated() { rowOfTime[time] = row }
        let rows = (wanted[position]["time"]?.numbers ?? []).map { rowOfTime[$0] }
        return curve.selectingRows(rows, of: times.count)
      })
    return .object(top)
  }

  private func selectingRows(_ rows: [Int?], of count: Int) -> JSONTree {
    switch self {
    case .array(let values) where values.count == count:
      return .array(rows.map { $0.map { values[$0] } ?? .null })
    case .object(let members):
      return .object(members.mapValues { $0.selectingRows(rows, of: count) })
    default:
      return self
    }
  }
}
