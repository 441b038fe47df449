internal import Reporting
internal import Survival
internal import TrialData

// A lesson as a page: the curve of each arm is walked through, the comparisons can be opened and closed.

extension TeachReport {
  var page: HTMLPage? {
    var body = opening.html() + rowsPart.html() + curvesIntroduction.html()
    body += curves.indices.map { walkSection(TeachWalk(self, arm: $0)) }
    body += foldable(logRankPart, "Event time by event time, and the sums")
    body += foldable(coxPart, "The likelihood, Newton's steps and the hazard ratio")
    body += closing.html()
    return HTMLPage(
      title: "\(Tool.name) teach: \(loaded.dataset.file)", style: TeachPage.style, script: TeachPage.script,
      body: [.tag("main", body)])
  }

  /// The heading of a part with the rest in a drawer, which stands open.
  private func foldable(_ part: ReportDocument, _ summary: String) -> [HTML] {
    var pieces = part.html()
    guard !pieces.isEmpty else { return [] }
    let heading = pieces.removeFirst()
    return [heading, .tag("details", ["open": ""], [.tag("summary", summary)] + pieces)]
  }

  private func walkSection(_ walk: TeachWalk) -> HTML {
    let id = "arm-\(walk.arm)"
    var remarks = ReportDocument()
    remarks.add(.list(curveRemarks(walk.arm)))
    var children: [HTML] = [
      .tag("h3", ["id": id], "\(labels[walk.arm]): \(loaded.sizeText(walk.curve))"), controls(walk, id: id),
      .tag("p", ["class": "sentence screen", "aria-live": "polite", "hidden": ""]), walk.figure(id: id),
    ]
    children += notes(walk).map { .tag("p", ["class": "quiet"], $0) }
    children += [stageTable(walk)] + remarks.html()
    children.append(
      .tag(
        "details",
        [
          .tag("summary", "Every step in words"),
          .tag("ol", ["class": "words", "start": "0"], walk.sentences.map { .tag("li", $0) }),
        ]))
    return .tag("section", ["class": "walk", "aria-labelledby": id, "data-last": "\(walk.lastStage)"], children)
  }

  /// What is left out of a walk of many rows.
  private func notes(_ walk: TeachWalk) -> [String] {
    var notes: [String] = []
    if walk.leftOut > 0 {
      notes.append(
        "The walk stops at the first \(walk.steps.count) of \(walk.curve.steps.count) event times; the last stage draws the rest."
      )
    }
    if !walk.drawsSubjects {
      notes.append(
        "Lines of single subjects are drawn for up to \(TeachWalk.mostSubjects); this arm has \(walk.rows.count).")
    }
    return notes
  }

  private func controls(_ walk: TeachWalk, id: String) -> HTML {
    let buttons = [("first", "First"), ("back", "Back"), ("next", "Next"), ("last", "Last")].map { move, name in
      HTML.tag("button", ["type": "button", "data-move": move], name)
    }
    let slider = HTML.tag(
      "input",
      ["type": "range", "id": "\(id)-stage", "min": "0", "max": "\(walk.lastStage)", "step": "1", "value": "0"])
    return .tag(
      "div",
      [
        "class": "controls screen", "role": "group", "aria-label": "Steps of the curve of \(labels[walk.arm])",
        "hidden": "",
      ],
      buttons + [.tag("label", ["for": "\(id)-stage"], "Step"), slider, .tag("span", ["class": "count"])])
  }

  /// The table of an arm, whose rows know their stage.
  private func stageTable(_ walk: TeachWalk) -> HTML {
    let rows = curveRows(walk.curve)
    var body = rows.prefix(walk.steps.count + 1).enumerated().map { stageRow($1, stage: $0) }
    if walk.leftOut > 0 {
      if walk.leftOut > 1 {
        body.append(.tag("tr", [.tag("th", ["scope": "row"], "… \(walk.leftOut - 1) more")]))
      }
      body += rows.suffix(1).map { stageRow($0, stage: walk.lastStage) }
    }
    let head = TeachReport.curveHeader.map { HTML.tag("th", ["scope": "col"], $0) }
    let caption = "Risk sets and curve, \(labels[walk.arm])"
    return .tag(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
      [.tag("table", [.tag("caption", caption), .tag("thead", [.tag("tr", head)]), .tag("tbody", body)])])
  }

  private func stageRow(_ cells: [String], stage: Int) -> HTML {
    .tag(
      "tr", ["data-stage": "\(stage)"],
      cells.enumerated().map { $0 == 0 ? .tag("th", ["scope": "row"], $1) : .tag("td", $1) })
  }
}
