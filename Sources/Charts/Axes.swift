/// A rectangle of the page, in points from the top left corner.
package struct Panel: Sendable, Equatable {
  package var left: Double
  package var right: Double
  package var top: Double
  package var bottom: Double

  package init(left: Double, right: Double, top: Double, bottom: Double) {
    (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom)
  }

  package var width: Double { right - left }
  package var height: Double { bottom - top }
}

/// A line of text with its place: `x` is where it is anchored, `y` its baseline.
package struct TextLine: Sendable {
  package let text: String
  package let x: Double
  package let y: Double
  package var style: TextStyle
  package var anchor = Element.Anchor.start
  /// nil for the colour of text.
  package var colour: String?

  package init(
    _ text: String, x: Double, y: Double, style: TextStyle, anchor: Element.Anchor = .start, colour: String? = nil
  ) {
    (self.text, self.x, self.y, self.style, self.anchor, self.colour) = (text, x, y, style, anchor, colour)
  }

  /// The line as drawn: in `fill`, or else in its own colour.
  package func element(fill: String? = nil) -> Element {
    .text(text, x: x, y: y, style: style, anchor: anchor, fill: fill ?? colour ?? Ink.text)
  }
}

extension TextStyle {
  /// The text in lines under each other from `y` down, which becomes the foot of the last.
  ///
  /// - Parameter x: where the lines are anchored.
  package func lines(
    _ text: String, x: Double, from y: inout Double, width: Double, maximumLines: Int = 8,
    anchor: Element.Anchor = .start, colour: String? = nil
  ) -> [TextLine] {
    wrap(text, to: width, maximumLines: maximumLines).map { line in
      defer { y += lineHeight }
      return TextLine(line, x: x, y: y + ascent, style: self, anchor: anchor, colour: colour)
    }
  }
}

/// The axes of a panel: the lines at its left and foot, ticks outward, labels, and the title of the vertical axis, which is
/// written upward.
package struct Axes: Sendable {
  /// A place on an axis, in points of the page; without a label a tick alone.
  package struct Tick: Sendable {
    package let place: Double
    package let label: String?

    package init(_ place: Double, _ label: String?) {
      self.place = place
      self.label = label
    }
  }

  /// From an axis to the end of its ticks.
  package static let tickLength = 4.0
  /// From a tick to its label.
  package static let tickGap = 2.5

  package let panel: Panel
  package let style: TextStyle
  package let vertical: [Tick]
  package let horizontal: [Tick]
  /// Length of the ticks at the foot; those of a panel that stands on another one are shorter.
  package var footTickLength = Axes.tickLength

  package init(_ panel: Panel, style: TextStyle, vertical: [Tick], horizontal: [Tick]) {
    self.panel = panel
    self.style = style
    self.vertical = vertical
    self.horizontal = horizontal
  }

  /// Right edge of the labels at the left.
  package static func labelX(_ panel: Panel) -> Double { panel.left - tickLength - tickGap }

  /// Baseline of the labels at the foot.
  package static func labelY(_ panel: Panel, style: TextStyle) -> Double {
    panel.bottom + tickLength + tickGap + style.digitHeight
  }

  package func elements() -> [Element] {
    var frame = StepPath()
    frame.move(to: panel.left, panel.top)
    frame.vertical(to: panel.bottom)
    frame.horizontal(to: panel.right)
    for tick in vertical {
      frame.move(to: panel.left - Axes.tickLength, tick.place)
      frame.horizontal(to: panel.left)
    }
    for tick in horizontal {
      frame.move(to: tick.place, panel.bottom)
      frame.vertical(to: panel.bottom + footTickLength)
    }
    var elements = [Element("path", ["d": frame.data, "fill": "none", "stroke": Ink.axis, "stroke-width": "0.75"])]
    for tick in vertical {
      guard let label = tick.label else { continue }
      let y = tick.place + style.digitHeight / 2
      elements.append(.text(label, x: Axes.labelX(panel), y: y, style: style, anchor: .end))
    }
    let y = Axes.labelY(panel, style: style)
    for tick in horizontal {
      guard let label = tick.label else { continue }
      elements.append(.text(label, x: tick.place, y: y, style: style, anchor: .middle))
    }
    return elements
  }

  /// A line of the vertical axis's title: upward, its baseline at `x`.
  package static func verticalTitle(_ text: String, _ panel: Panel, x: Double, style: TextStyle) -> Element {
    let middle = (panel.top + panel.bottom) / 2
    return Element.text(text, x: x, y: middle, style: style, anchor: .middle)
      .with("transform", "rotate(-90 \(decimalText(x)) \(decimalText(middle)))")
  }
}
