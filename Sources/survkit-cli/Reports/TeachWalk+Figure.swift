internal import Charts
internal import Reporting
internal import Survival

// The drawing that a page walks through: the curve above, the subjects below it on the same axis of time. Everything is
// drawn; classes and stages say what the page's script shows.

extension TeachWalk {
  private static let width = 680.0
  private static let style = TextStyle(size: 12)

  /// - Parameter id: begins the names of the drawing's title and description on the page.
  func figure(id: String) -> HTML {
    let plot = Panel(left: 56, right: TeachWalk.width - 12, top: 10, bottom: 230)
    // One axis of time for all arms.
    let ticks = TimeTicks(span: report.curves.compactMap(\.time.last).max() ?? 0, requestedStep: nil, maximumCount: 10)
    { _ in true }
    let x = LinearScale(domain: 0...ticks.end, start: plot.left, end: plot.right)
    let y = LinearScale(domain: 0...1, start: plot.bottom, end: plot.top)
    let shown = drawsSubjects ? subjects : []
    let rowHeight = max(4, min(12, 420 / Double(max(1, shown.count))))
    let listTop = plot.bottom + 50
    let bottom = shown.isEmpty ? plot.bottom + 26 : listTop + rowHeight * Double(shown.count) + 8

    var children = [
      Element(
        "title", ["id": "\(id)-title"], text: "Kaplan-Meier curve of \(printable(report.labels[arm])), step by step"),
      Element("desc", ["id": "\(id)-description"], text: description(shown.count)),
    ]
    let axes = Axes(
      plot, style: TeachWalk.style,
      vertical: [0, 0.25, 0.5, 0.75, 1].map { Axes.Tick(y($0), decimalText($0)) },
      horizontal: zip(ticks.values, ticks.labels).map { Axes.Tick(x($0), $1) })
    children += axes.elements()
    children.append(Axes.verticalTitle("S(t)", plot, x: 14, style: TeachWalk.style))
    children += steps.enumerated().map { guide(x($1.time), stage: $0 + 1, from: plot.top, to: bottom) }
    children += pieces.map { pieceElement($0, x, y) }
    children += censorings.map { mark in
      Element.line(
        x(mark.time), y(mark.survival) - 5, x(mark.time), y(mark.survival) + 1, stroke: "currentColor", width: 1.25
      )
      .with("class", "piece").with("data-stage", "\(mark.stage)")
    }
    if !shown.isEmpty {
      children.append(
        .text(
          "Subjects by time: a dot is an event, a short stroke a censoring", x: plot.left, y: listTop - 9,
          style: TeachWalk.style))
      children += shown.enumerated().map { subject($1, x, at: listTop + (Double($0) + 0.5) * rowHeight, rowHeight) }
    }
    let svg = Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(decimalText(TeachWalk.width)) \(decimalText(bottom))",
        "role": "img", "aria-labelledby": "\(id)-title \(id)-description", "color": colour,
        "font-family": "Helvetica, Arial, 'Liberation Sans', sans-serif",
      ], children: children)
    return .tag("figure", [.figure(svg: svg.document())])
  }

  private func description(_ drawn: Int) -> String {
    "The curve falls at \(curve.steps.count) event times from 1 to \(report.fixed(curve.survival.last))."
      + (drawn > 0 ? " Below it a line per subject, up to its event or censoring." : "")
      + " The table below has every number."
  }

  private func guide(_ x: Double, stage: Int, from top: Double, to bottom: Double) -> Element {
    Element.line(x, top, x, bottom, stroke: Ink.guide, width: 1, dashes: [3, 3])
      .with("class", "guide").with("data-stage", "\(stage)")
  }

  private func pieceElement(_ piece: Piece, _ x: LinearScale, _ y: LinearScale) -> Element {
    let corners = zip(piece.times, piece.survival).map { (x: x($0), y: y($1)) }
    let path = StepPath(steps: corners, to: corners[corners.count - 1].x)
    return Element(
      "path",
      [
        "class": "piece", "data-stage": "\(piece.stage)", "d": path.data, "fill": "none", "stroke": "currentColor",
        "stroke-width": "2",
      ])
  }

  private func subject(_ subject: Subject, _ x: LinearScale, at y: Double, _ height: Double) -> Element {
    let end = x(subject.time)
    let radius = min(3, height * 0.4)
    let mark =
      subject.isEvent
      ? Element(
        "circle", ["cx": decimalText(end), "cy": decimalText(y), "r": decimalText(radius), "fill": Ink.axis])
      : Element.line(end, y - height * 0.4, end, y + height * 0.4, stroke: Ink.axis, width: 1.25)
    return Element(
      "g", ["class": "subject", "data-from": "\(subject.from)", "data-to": "\(subject.to)"],
      children: [Element.line(x(max(0, subject.entry)), y, end, y, stroke: Ink.guide, width: 1.25), mark]
    ).with("data-event", subject.isEvent ? "\(subject.to)" : nil)
  }
}
