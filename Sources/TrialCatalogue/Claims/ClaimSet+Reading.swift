public import TrialData

extension ClaimSet {
  /// Reads the file.
  ///
  /// - Throws: `TrialDataError` naming file, line and place: not YAML or JSON, no arms, a value of another kind than its key
  ///   says. A key that nobody knows is no error: it is listed, so that no claim is passed over unseen.
  public init(_ source: ByteSource) throws(TrialDataError) {
    file = source.name
    let root = try ClaimNode.root(source)
    guard root.isMapping else {
      throw root.fault("a file of claims is a mapping with endpoints; --template writes one")
    }
    if let schema = root["schema"]?.text, !["survkit-claims/1", "survkit-published/1"].contains(schema) {
      throw root.fault("has the schema \"\(schema)\"; survkit-claims/1 is needed")
    }
    var trials: [ClaimedTrial] = []
    if let list = root["trials"] {
      guard let elements = list.elements else { throw list.fault("a list of trials is needed") }
      for element in elements { if let element { trials.append(try ClaimedTrial(element)) } }
    } else {
      trials = [try ClaimedTrial(root)]
    }
    guard trials.contains(where: { !$0.endpoints.isEmpty }) else {
      throw root.fault("holds no endpoint with arms; survkit verify --template writes a file to start from")
    }
    self.trials = trials
  }
}

extension ClaimedTrial {
  init(_ node: ClaimNode) throws(TrialDataError) {
    name = node["trial"]?.text ?? node["name"]?.text ?? node["id"]?.text ?? "Trial"
    citation = node["citation"]?.text
    var endpoints: [ClaimedEndpoint] = []
    if let list = node["endpoints"] {
      guard let elements = list.elements else { throw list.fault("a list of endpoints is needed") }
      // What nobody knows of the trial stands with its first endpoint.
      var left = node.unknown(known: ["trials"])
      for (position, element) in elements.enumerated() {
        guard let element else { continue }
        let id = element["id"]?.text ?? element["name"]?.text ?? "\(position + 1)"
        endpoints.append(try ClaimedEndpoint(element.named("endpoint \(id)"), id: id, unknown: left))
        left = []
      }
    } else if node["arms"] != nil {
      endpoints = [try ClaimedEndpoint(node, id: node["id"]?.text ?? "endpoint", unknown: [])]
    }
    self.endpoints = endpoints
  }
}

extension ClaimedEndpoint {
  init(_ node: ClaimNode, id: String, unknown found: [UnknownClaim]) throws(TrialDataError) {
    self.id = id
    name = node["name"]?.text ?? node["endpoint"]?.text ?? id
    unit = node["unit", "time_unit"]?.text
    isProportion = node["kind"]?.text == "proportion"
    var arms: [ClaimedArm] = []
    var unknown = found
    guard let list = node["arms"] else { throw node.fault("has no arms") }
    if let elements = list.elements {
      for (position, element) in elements.enumerated() {
        guard let element else { continue }
        let id = element["id"]?.text ?? element["arm"]?.text ?? element["label"]?.text ?? "arm \(position + 1)"
        arms.append(try ClaimedArm(element.named("\(node.path), arm \(id)"), id: id, unknown: &unknown))
      }
    } else {
      for key in list.keys {
        guard let element = list.member([key]) else { continue }
        arms.append(try ClaimedArm(element.named("\(node.path), arm \(key)"), id: key, unknown: &unknown))
      }
    }
    guard !arms.isEmpty else { throw list.fault("a list of arms is needed") }
    if let twice = arms.first(where: { arm in arms.count { $0.id == arm.id } > 1 }) {
      throw list.fault("two arms are named \(twice.id)")
    }
    self.arms = arms
    let ratioNode = node["hazard_ratio", "hr"]
    func arm(_ key: String, else position: Int) throws(TrialDataError) -> ClaimedArm? {
      guard let id = node[key]?.text ?? ratioNode?[key]?.text else { return arms.count == 2 ? arms[position] : nil }
      guard let found = arms.first(where: { $0.id == id || $0.label == id }) else {
        throw node.fault("\(key): there is no arm \(id); the arms are \(arms.map(\.id).joined(separator: ", "))")
      }
      return found
    }
    experimental = try arm("experimental", else: 0)
    control = try arm("control", else: 1)
    if let experimental, let control, experimental.id == control.id {
      throw node.fault("experimental and control are the same arm, \(control.id)")
    }
    total = try node["total"].map { total throws(TrialDataError) in
      ClaimedTotal(n: try total["n"]?.count(), events: try total["events"]?.count())
    }
    hazardRatio = try ratioNode.map { ratio throws(TrialDataError) in try ClaimedHazardRatio(ratio, endpoint: node) }
    test = try ClaimedTest(node, ratio: ratioNode, unknown: &unknown)
    unknown += ratioNode?.unknown(known: ["experimental", "control"]) ?? []
    var differences: [ClaimedDifference] = []
    for element in node["differences", "difference"]?.sequence ?? [] {
      differences.append(try ClaimedDifference(element))
      unknown += element.unknown()
    }
    self.differences = differences
    self.unknown = unknown + node.unknown()
  }
}

extension ClaimNode {
  /// The elements of a sequence without its nulls, or the mapping itself as the only one.
  var sequence: [ClaimNode] { elements?.compactMap { $0 } ?? (isMapping ? [self] : []) }
}
