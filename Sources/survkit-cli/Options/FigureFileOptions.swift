internal import ArgumentParser
internal import Reporting

/// How a figure's file is written: its format follows from the name.
struct FigureFileOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Dots per inch of a .png figure, 50 to 2400 (300).", valueName: "n"))
  var dpi: Int?

  /// Refuses a name without a format, and dots for what has none, before any work is done; nil for no figure.
  func check(_ path: String?) throws {
    guard let path else {
      if dpi != nil { throw UsageError("--dpi belongs to a .png figure") }
      return
    }
    guard let format = FigureFormat(path: path) else {
      throw UsageError("\(path): a figure is a file that ends in .svg, .pdf or .png")
    }
    guard let dpi else { return }
    guard format == .png else { throw UsageError("--dpi belongs to a .png figure, which \(path) is not") }
    guard (50...2400).contains(dpi) else { throw UsageError("--dpi takes 50 to 2400, not \(dpi)") }
  }

  func write(_ svg: String, path: String, force: Bool) throws {
    try Output.figure(svg, path: path, dotsPerInch: dpi ?? 300, force: force)
  }
}
