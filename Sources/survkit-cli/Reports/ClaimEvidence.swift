internal import Reconstruction
internal import Reporting
internal import Survival
internal import TrialCatalogue
internal import TrialData
internal import Verification

/// Rows and curves that belong to the endpoints of a file of claims.
struct ClaimEvidence {
  /// What stands behind one endpoint.
  private enum Source {
    case rows(RowsEvidence)
    case curve(CurveEvidence)
  }

  private var sources: [String: Source] = [:]
  private(set) var remarks: [Remark] = []
  /// Files that were read.
  private(set) var files: [(endpoint: String, use: String, file: ByteSource)] = []
  private let repeats: RepeatSettings
  private var hasMadeRows = false

  fileprivate init(repeats: RepeatSettings) { self.repeats = repeats }

  func findings(_ endpoint: ClaimedEndpoint, name: String) throws -> [ClaimFinding] {
    switch sources[endpoint.id] {
    case .rows(let rows): try rows.findings(endpoint, name: name)
    case .curve(let curve): try curve.findings(endpoint, name: name)
    case nil: []
    }
  }

  func addSettings(to settings: inout JSONObject) {
    settings.add(
      "evidence",
      .array(
        files.map { entry in
          .members(
            ("endpoint", .string(entry.endpoint)), ("use", .string(entry.use)), ("file", .string(entry.file.name)))
        }))
    if hasMadeRows {
      settings.add("repeats", repeats.repeats)
      settings.add("seed", "\(repeats.seed)")
    }
  }

  // MARK: Reading

  fileprivate mutating func addRows(_ endpoint: ClaimedEndpoint, _ loaded: LoadedData, names: [String: String]) throws {
    guard let column = loaded.dataset.armColumn, let texts = loaded.dataset.text(column)?.texts else {
      throw UsageError("\(loaded.dataset.file): there is no arm column; name it with --arm")
    }
    let labels = loaded.arms?.labels ?? []
    let ids = try ClaimEvidence.matched(endpoint, labels, names: names, file: loaded.dataset.file)
    let kept = texts.indices.filter { ids[texts[$0]] != nil }
    let order = [endpoint.control?.id, endpoint.experimental?.id].compactMap { $0 } + endpoint.arms.map(\.id)
    var seen: Set<String> = []
    let groups = Grouping(kept.compactMap { ids[texts[$0]] }, order: order.filter { seen.insert($0).inserted })
    let conventions = try Convention.allCases.map { convention in
      RowsConvention(
        name: convention.rawValue, transform: convention.transform, quantileRule: convention.quantileRule,
        ties: convention.ties,
        data: try loaded.dataset.timeToEvent(tieTolerance: convention.tieTolerance).subset(kept))
    }
    sources[endpoint.id] = .rows(
      RowsEvidence(
        conventions: conventions, arms: groups, strata: loaded.strata?.subset(kept),
        areMade: loaded.dataset.hasReconstructedRows))
    files.append((endpoint.id, "rows", loaded.source))
    remarks += loaded.remarks
    remarks.append(Remark("event-coding", "\(loaded.dataset.file): \(loaded.dataset.coding.sentence)"))
    if kept.count < texts.count {
      remarks.append(
        Remark(
          "arms-left-out",
          "\(loaded.dataset.file): \(texts.count - kept.count) rows of arms that the claims do not name"))
    }
  }

  /// Labels of the rows by the claims' arm ids: as `--arms` says, else by id or label, case aside.
  private static func matched(
    _ endpoint: ClaimedEndpoint, _ labels: [String], names: [String: String], file: String
  ) throws -> [String: String] {
    var ids: [String: String] = [:]
    for arm in endpoint.arms {
      let wanted = names[arm.id].map { [$0] } ?? [arm.id, arm.label]
      guard
        let label = labels.first(where: { wanted.contains($0) })
          ?? labels.first(where: { label in wanted.contains { $0.lowercased() == label.lowercased() } })
      else {
        throw UsageError(
          "\(file) has no arm \(wanted.joined(separator: " or ")); its arms are \(DataOptions.listing(labels)). Say which is which: "
            + "--arms \(arm.id)=NAME")
      }
      ids[label] = arm.id
    }
    return ids
  }

  /// The figure of a file of readings, with the claims' numbers of patients.
  fileprivate static func figure(
    _ endpoint: ClaimedEndpoint, _ file: ByteSource, names: [String: String]
  ) throws -> DigitisedFigure {
    let ids = try matched(endpoint, try DigitisedFigure.armNames(of: file), names: names, file: file.name)
    var subjects: [String: Int] = [:]
    for (label, id) in ids { subjects[label] = endpoint.arms.first { $0.id == id }?.n.map { Int($0.value) } }
    return try DigitisedFigure(curve: file, subjects: subjects)
  }

  /// - Parameter figure: readings in place of those among the claims.
  fileprivate mutating func addCurve(
    _ endpoint: ClaimedEndpoint, _ figure: DigitisedFigure?, names: [String: String]
  ) throws {
    let order = [endpoint.control, endpoint.experimental].compactMap { $0 }
    let arms = order.isEmpty ? endpoint.arms : order
    var facts: [ArmFacts] = []
    for arm in arms {
      var digitised: ArmFacts?
      if let figure {
        let labels = figure.arms.map(\.arm)
        let ids = try ClaimEvidence.matched(endpoint, labels, names: names, file: figure.files[0].name)
        digitised = figure.arms.first { ids[$0.arm] == arm.id }
      }
      guard let found = arm.facts(digitised) else {
        if figure != nil { throw UsageError("\(endpoint.id): the claims give no N of \(arm.id), and rows need it") }
        return
      }
      facts.append(found)
    }
    if let figure {
      for file in figure.files { files.append((endpoint.id, "curve", file)) }
      remarks += figure.notes.map { Remark($0.code, $0.message) }
    }
    do throws(ReconstructionError) {
      let made = try CurveEvidence(facts, level: figure == nil ? .grid : .curve, repeats: repeats)
      sources[endpoint.id] = .curve(made)
      hasMadeRows = true
      remarks.append(
        Remark("reconstructed-rows", "\(endpoint.name): rows were made from readings of the curve; no row is a patient")
      )
      for fact in made.givenUp {
        remarks.append(Remark("fact-given-up", "\(endpoint.name), rows made from the curve: \(fact)"))
      }
    } catch {
      remarks.append(Remark("no-rows", "\(endpoint.name): no rows can be made from the curve: \(error)"))
    }
  }
}

extension EvidenceOptions {
  /// Reads what the call names, and makes rows from readings among the claims.
  func read(_ claims: ClaimSet) throws -> ClaimEvidence {
    var evidence = ClaimEvidence(repeats: try repeats.settings())
    let rows = try byEndpoint(data, option: "--data", claims)
    let curves = try byEndpoint(curve, option: "--curve", claims)
    if let both = rows.keys.sorted().first(where: { curves[$0] != nil }) {
      throw UsageError("\(both) has rows and a curve; name one")
    }
    let names = try armNames()
    for endpoint in claims.trials.flatMap(\.endpoints) where !endpoint.isProportion {
      if let file = rows[endpoint.id] {
        try evidence.addRows(endpoint, try dataOptions(file).load(.explain), names: names)
      } else if let file = curves[endpoint.id] {
        let figure = try ClaimEvidence.figure(endpoint, try ByteSource.read(file), names: names)
        try evidence.addCurve(endpoint, figure, names: names)
      } else if !noReconstruction {
        try evidence.addCurve(endpoint, nil, names: names)
      }
    }
    return evidence
  }
}
