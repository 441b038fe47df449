#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Correct significant digits at a relative error: its −log10, from 0 to 17.
public func correctSignificantDigits(relativeError: Double) -> Double {
  relativeError.isNaN ? 0 : min(17, max(0, -log10(relativeError)))
}

/// One value of a check beside its answer.
public struct ComparedValue: Sendable, Equatable {
  /// Where it stands in the expected tree, such as `.coef[0]`.
  public let path: String
  public let expected: JSONTree
  /// Nil where the answer has nothing there.
  public let actual: JSONTree?
}

/// How far a check's answer lies from what was expected.
public struct Agreement: Sendable, Equatable {
  /// The value with the largest relative error; the first one compared where all are exact.
  public var worst: ComparedValue?
  /// The largest relative error over the numbers compared; 0 when all are exact, infinite where one is missing. An
  /// expected number within the absolute tolerance of 0 counts as 0: what stands there is another program's round-off.
  public var worstRelativeError = 0.0
  /// Values compared: numbers, and texts and truth values where these count.
  public var compared = 0
  /// Where the answer is wrong or missing, as paths into `expected`.
  public var faults: [String] = []

  public var isPass: Bool { faults.isEmpty }

  /// Compares every numeric field of `expected`; null is not compared. A number passes when
  /// |x − e| <= max(absolute, relative · |e|).
  ///
  /// - Parameter comparesText: texts and truth values must be the same too.
  public init(expected: JSONTree, actual: JSONTree, relative: Double, absolute: Double, comparesText: Bool = false) {
    self.comparesText = comparesText
    walk(expected, actual, "", relative, absolute)
  }

  private let comparesText: Bool

  /// Notes a value; one with a larger error takes the place of the worst so far.
  private mutating func note(_ path: String, _ expected: JSONTree, _ actual: JSONTree?, error: Double) {
    compared += 1
    if worst == nil || error > worstRelativeError {
      worst = ComparedValue(path: path, expected: expected, actual: actual)
    }
    worstRelativeError = max(worstRelativeError, error)
  }

  private mutating func walk(
    _ expected: JSONTree, _ actual: JSONTree?, _ path: String, _ relative: Double, _ absolute: Double
  ) {
    switch expected {
    case .null:
      return
    case .string, .bool:
      guard comparesText else { return }
      note(path, expected, actual, error: actual == expected ? 0 : .infinity)
      if actual != expected { faults.append("\(path): \(actual.display), expected \(expected.display)") }
    case .number(let e):
      guard let x = actual?.number else {
        note(path, expected, actual, error: .infinity)
        faults.append("\(path): missing, expected \(e)")
        return
      }
      let error = abs(x - e)
      note(path, expected, actual, error: error.isNaN ? .infinity : abs(e) > absolute ? error / abs(e) : 0)
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

extension Optional<JSONTree> {
  /// A value as a line of a report shows it: shortest digits that read back, a text as it is.
  public var display: String {
    switch self {
    case .none: "missing"
    case .some(.null): "null"
    case .some(.bool(let value)): "\(value)"
    case .some(.number(let value)): JSONTree.number(value).string ?? "\(value)"
    case .some(.string(let text)): text
    case .some(.array(let values)): "\(values.count) values"
    case .some(.object): "an object"
    }
  }
}

extension JSONTree {
  /// As `display` of an optional one.
  public var display: String { Optional(self).display }

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
