public import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension PublishedTrial {
  /// Reads and checks the file.
  ///
  /// - Throws: `TrialDataError` naming the file and the place in it: not JSON, another schema, a missing or wrong field, a
  ///   source or arm that is not listed, lists of different lengths.
  public init(_ file: ByteSource) throws(TrialDataError) {
    func fault(_ message: String) -> TrialDataError { TrialDataError(.data, file: file.name, message) }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(PublishedTrial.self, from: Data(file.bytes))
    } catch let error as DecodingError {
      throw fault(PublishedTrial.sentence(error))
    } catch {
      throw fault("cannot be read as published facts: \(error)")
    }
    guard schema == "survkit-published/1" else {
      throw fault("has the schema \"\(schema)\"; survkit-published/1 is needed")
    }
    for endpoint in endpoints {
      if let message = endpoint.fault(sources: sources) { throw fault("endpoint \(endpoint.id): \(message)") }
    }
  }

  static func sentence(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      let keys = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
      return keys.isEmpty ? "the top" : String(keys.hasPrefix(".") ? keys.dropFirst() : keys[...])
    }
    switch error {
    case .keyNotFound(let key, let context): return "at \(path(context)): \"\(key.stringValue)\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "at \(path(context)): the value has another type than the schema says"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "is not JSON" : "at \(path(context)): the value is not one the schema knows"
    @unknown default: return "cannot be read as published facts"
    }
  }
}

extension PublishedEndpoint {
  /// What is wrong with the endpoint as a whole; nil when nothing is.
  func fault(sources: [String: String]) -> String? {
    let ids = arms.map(\.id)
    for id in [experimental, control] where !ids.contains(id) {
      return "there is no arm \(id); the arms are \(ids.joined(separator: ", "))"
    }
    if arms.count != 2 || experimental == control { return "two arms are compared, experimental and control" }
    if let level, !["B", "C"].contains(level) { return "the level \(level) is not B or C" }
    var named: [String] = [hazardRatio?.source, p?.source, assessments?.source].compactMap { $0 }
    do {
      _ = try assessments?.schedule()
    } catch { return "assessments: \(error)" }
    for arm in arms {
      named += [
        arm.n.source, arm.events?.source, arm.median?.source, arm.atRisk?.source, arm.survival?.source,
        arm.percent?.source, arm.dropout?.source,
      ].compactMap { $0 }
      if let row = arm.atRisk, row.times.count != row.n.count {
        return "arm \(arm.id): \(row.times.count) times and \(row.n.count) numbers at risk"
      }
      if let curve = arm.survival, curve.times.count != curve.values.count {
        return "arm \(arm.id): \(curve.times.count) times and \(curve.values.count) readings of the curve"
      }
      if let ci = arm.median?.ci, ci.count != 2 || !(ci[0] <= ci[1]) {
        return "arm \(arm.id): the interval of the median needs a lower and an upper limit"
      }
      if let dropout = arm.dropout, dropout.model == nil {
        return "arm \(arm.id): dropout is a fraction below 1 with the time by which it is lost, or a rate"
      }
      if level != nil, arm.events == nil { return "arm \(arm.id): no number of events, so no rows can be made" }
      if kind == .proportion, arm.percent == nil { return "arm \(arm.id): no percentage" }
    }
    if let ratio = hazardRatio {
      guard ratio.ci.count == 2, ratio.ci[0] > 0, ratio.ci[0] <= ratio.value, ratio.value <= ratio.ci[1],
        ratio.ciLevel > 0, ratio.ciLevel < 1
      else { return "the hazard ratio needs an interval around it, above 0, and its level" }
      if level == "B", ratio.role == .input { return "at level B the hazard ratio is a check, never an input" }
    }
    if let unknown = named.first(where: { sources[$0] == nil }) { return "the source \"\(unknown)\" is not listed" }
    return nil
  }
}
