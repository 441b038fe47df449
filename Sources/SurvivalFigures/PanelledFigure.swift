internal import Charts
public import Survival

/// Kaplan–Meier figures side by side, one panel per stratum or subgroup, as one SVG document.
///
/// All panels have one time axis, one value axis and, by construction, axes that stand in line; an arm has one colour in all
/// of them. Each has its own results and numbers at risk.
public struct PanelledFigure: Sendable {
  public struct Panel: Sendable {
    /// Stands above the panel, such as "Region: Europe".
    public let name: String
    public let figure: KaplanMeierFigure

    /// - Parameters:
    ///   - name: above the panel.
    ///   - figure: its title, footer and size are not used; its other options are those of the first panel.
    public init(name: String, figure: KaplanMeierFigure) {
      self.name = name
      self.figure = figure
    }
  }

  public let panels: [Panel]
  public let columns: Int
  public let title: String
  public let footer: [String]
  /// Names of all arms, in the order of their colours.
  public let arms: [String]

  /// - Parameters:
  ///   - panels: 1 to 12.
  ///   - columns: panels in a row; nil for as many as are at least 70 mm wide, three at most.
  ///   - arms: names of all arms, which not every panel need have; nil for those of the first panel.
  ///   - title: none where empty.
  ///   - footer: lines under the figure.
  /// - Throws: `SurvivalInputError` (`badSetting`) for a number of panels, columns that would be narrower than 60 mm, or a panel with an arm that
  ///   is not among `arms`.
  public init(
    panels: [Panel], columns: Int? = nil, arms: [String]? = nil, title: String, footer: [String] = []
  ) throws(SurvivalInputError) {
    guard (1...12).contains(panels.count) else {
      throw SurvivalInputError(.badSetting, "a figure has 1 to 12 panels, not \(panels.count)")
    }
    let width = panels[0].figure.options.widthInMillimetres
    let columns = columns ?? max(1, min(panels.count, 3, Int(width / 70)))
    guard columns >= 1, width / Double(columns) >= 55 else {
      throw SurvivalInputError(
        .badSetting, "\(columns) panels in a row need \(55 * max(1, columns)) mm or more")
    }
    let arms = arms ?? panels[0].figure.arms.map(\.label)
    guard arms.count <= 8, panels.allSatisfy({ $0.figure.arms.allSatisfy { arms.contains($0.label) } }) else {
      throw SurvivalInputError(.badSetting, "panels show up to 8 arms, named before")
    }
    try panels[0].figure.options.check(colours: arms.count)
    self.panels = panels
    self.columns = columns
    self.arms = arms
    self.title = title
    self.footer = footer
  }

  /// The figure as an SVG 1.1 document in UTF-8: real text, no script, no external reference.
  public func svg() -> String {
    let options = panels[0].figure.options
    let width = options.widthInMillimetres * 72 / 25.4
    let type = FigureType(width: width)
    let frame = FigureFrame(identifier: options.identifier, fallback: "panels")
    let panelWidth = width / Double(columns)
    let layouts = self.layouts(width: panelWidth)
    var y = FigureLayout.margin
    let room = width - 2 * FigureLayout.margin
    let heading = type.title.lines(displayText(title), x: FigureLayout.margin, from: &y, width: room)
    var drawn: [Element] = heading.isEmpty ? [] : [frame.group("heading", heading.map { $0.element() })]
    for first in stride(from: 0, to: layouts.count, by: columns) {
      let row = first..<min(first + columns, layouts.count)
      for k in row {
        let inner = FigureFrame(identifier: frame.id("panel-\(k + 1)"), fallback: "panel")
        let x = Double(k - first) * panelWidth
        drawn.append(
          frame.group("panel-\(k + 1)", FigureDrawing(layouts[k]).groups(inner))
            .with("transform", "translate(\(decimalText(x)) \(decimalText(y)))"))
      }
      y += layouts[row].map(\.height).max() ?? 0
    }
    let foot = footer.flatMap {
      type.footer.lines(displayText($0), x: FigureLayout.margin, from: &y, width: room)
    }
    if !foot.isEmpty { drawn.append(frame.group("source", foot.map { $0.element(fill: Ink.quiet) })) }
    let metadata = jsonObject([
      ("figure", jsonString("panels")),
      (
        "panels",
        jsonArray(
          zip(panels, layouts).map { panel, layout in
            jsonObject([("name", jsonString(panel.name))] + layout.metadataMembers())
          })
      ),
    ])
    let summary = zip(panels, layouts).map { "\(displayText($0.name)): \($1.summary)" }.joined(separator: " ")
    var root = frame.root(
      title: displayText(title), otherwise: "Kaplan–Meier figure in panels", description: summary, metadata: metadata,
      width: width, widthInMillimetres: options.widthInMillimetres, height: y + FigureLayout.margin)
    root.children += drawn
    return root.document()
  }

  /// The panels in several passes, since what all have in common is the most that one needs: first the widest cell, which
  /// widens margins, then the margins, which decide how the results above a panel wrap and how high they are.
  private func layouts(width: Double) -> [FigureLayout] {
    let plots = panels.map { panel in
      CurvePlot(
        panel.figure, title: panel.name,
        styles: panel.figure.arms.map { arm in arms.firstIndex(of: arm.label) ?? 0 })
    }
    var shared = FigureLayout.Shared()
    shared.panels = panels.count
    func pass() -> [FigureLayout] { plots.map { FigureLayout($0, width: width, shared: shared) } }
    let alone = pass()
    let ranges = alone.map(\.valueRange)
    shared.span = plots.flatMap { $0.series.map(\.curve.end) }.max() ?? 0
    shared.cellWidth = alone.map(\.cellWidth).max() ?? 0
    shared.values = (ranges.map(\.lowerBound).min() ?? 0)...(ranges.map(\.upperBound).max() ?? 1)
    let margins = pass()
    shared.left = margins.map(\.panel.left).max() ?? 0
    shared.right = margins.map { width - $0.panel.right }.max() ?? 0
    shared.top = pass().map(\.panel.top).max() ?? 0
    return pass()
  }
}
