internal import Charts

/// The sizes of type and lines for a width.
struct FigureType {
  let title: TextStyle
  let plain: TextStyle
  let table: TextStyle
  let tableLabel: TextStyle
  /// Journals ask for 7 pt or more at the final width.
  let footer = TextStyle(size: 7)
  let curveWidth: Double

  static let leastPanelHeight = 90.0

  init(width: Double) {
    let isNarrow = width < 300
    let size = isNarrow ? 7.0 : width < 400 ? 7.5 : 8
    title = TextStyle(size: isNarrow ? 8.5 : width < 400 ? 9 : 10, isBold: true)
    plain = TextStyle(size: size)
    table = TextStyle(size: size)
    tableLabel = TextStyle(size: size, isBold: true)
    curveWidth = isNarrow ? 1.25 : 1.5
  }

  /// Lower in proportion the wider the figure.
  func panelHeight(_ width: Double) -> Double { width < 300 ? width * 0.66 : width < 400 ? width * 0.58 : width * 0.5 }
}
