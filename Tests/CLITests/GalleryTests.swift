import Foundation
import Testing

/// The gallery: every figure is drawn anew by the command that stands beside it, and is the file in docs/ to the byte; so is the page.
///
/// With SURVKIT_UPDATE_GALLERY set the files are written instead: look at each before it is committed.
@Suite struct GalleryTests {
  struct Picture: CustomTestStringConvertible {
    let name: String
    let title: String
    let caption: String
    /// Without the program's name and the output.
    let command: String
    /// The option, and what goes before it, that names the figure's file.
    var output = "-o"

    var testDescription: String { name }
    /// As a reader types it.
    var line: String { "survkit \(command) \(output) docs/gallery/\(name).svg --force" }
  }

  private static let plot = "plot docs/gallery/simulated.csv"
  private static let unit = "--time-label \"Months since randomisation\""

  static let pictures: [Picture] = [
    Picture(
      name: "clean", title: "Kaplan–Meier, preset clean",
      caption: "Bands, censor ticks, numbers at risk, and the results of `survkit fit` beside the legend.",
      command: "\(plot) \(unit) --title \"Overall survival\""),
    Picture(
      name: "nejm", title: "Preset nejm", caption: "Percentages, no bands.",
      command: "\(plot) \(unit) --title \"Overall survival\" --preset nejm"),
    Picture(
      name: "lancet", title: "Preset lancet", caption: "Percentages, and the number censored in brackets.",
      command: "\(plot) \(unit) --title \"Overall survival\" --preset lancet"),
    Picture(
      name: "kmunicate", title: "Preset kmunicate",
      caption: "The extended table: at risk, censored and with an event sum to the size of the arm at every time.",
      command: "\(plot) \(unit) --title \"Overall survival\" --preset kmunicate"),
    Picture(
      name: "column", title: "One column of a journal",
      caption: "86 mm wide, lines at the medians; no text is below 7 pt.",
      command: "\(plot) \(unit) --title \"Overall survival\" --width 86 --median-lines"),
    Picture(
      name: "difference", title: "Landmarks and the difference of two curves",
      caption: "A line and a column for each landmark; below, the difference of the curves with its pointwise limits.",
      command: "\(plot) \(unit) --title \"Overall survival\" --landmarks 12,24 --difference"),
    Picture(
      name: "rmst", title: "Restricted mean survival time",
      caption: "The area under a curve is its restricted mean, the area between two curves their difference.",
      command: "\(plot) \(unit) --title \"Overall survival\" --kind rmst --tau 24"),
    Picture(
      name: "panels", title: "Panels by subgroup",
      caption: "One time axis, axes in line, one colour per arm; each panel has its own results.",
      command: "\(plot) \(unit) --title \"Overall survival by region\" --by region"),
    Picture(
      name: "cumhaz", title: "Cumulative hazard", caption: "Nelson–Aalen, with limits on the scale of its logarithm.",
      command: "\(plot) \(unit) --title \"Cumulative hazard of death\" --kind cumhaz"),
    Picture(
      name: "loglog", title: "Are hazards proportional?",
      caption: "log(−log S) against the logarithm of time: parallel where they are.",
      command: "\(plot) \(unit) --title \"Overall survival\" --kind loglog"),
    Picture(
      name: "cif", title: "Cumulative incidence of competing causes",
      caption: "Aalen–Johansen: one colour per arm, dashes of its own for every curve; Gray's test between the arms.",
      command: "\(plot) \(unit) --title \"Death by cause\" --kind cif --event cause --causes 1,2 "
        + "--cause-labels \"disease,other cause\""),
    Picture(
      name: "forest", title: "Forest plot of subgroups",
      caption:
        "Events and sizes, hazard ratios with their intervals, and the p of interaction, straight from the rows.",
      command: "\(plot) --title \"Overall survival in subgroups\" --kind forest --subgroups sex,ecog,region"),
    Picture(
      name: "schoenfeld", title: "Scaled Schoenfeld residuals",
      caption:
        "Does a coefficient change with time? The smooth with its pointwise limits, and the test of proportionality.",
      command: "\(plot) \(unit) --title \"Coefficients over time\" --kind schoenfeld --model \"arm + age\""),
    Picture(
      name: "reconstruction", title: "Diagnostics of a reconstruction",
      caption:
        "Readings of a published curve over the reconstructed one, their gaps, and numbers at risk, printed and rebuilt.",
      command: "reconstruct data/vision/published.json --endpoint rpfs --repeats 0", output: "-o rows.csv --plot"),
  ]

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let isUpdating = ProcessInfo.processInfo.environment["SURVKIT_UPDATE_GALLERY"] != nil

  /// The text is the file of docs/, or becomes it.
  private func check(_ text: String, _ file: String) throws {
    let url = Self.root.appendingPathComponent("docs/\(file)")
    if Self.isUpdating { try text.write(to: url, atomically: true, encoding: .utf8) }
    let kept = try String(contentsOf: url, encoding: .utf8)
    #expect(kept == text, "docs/\(file) is not what is made now; look at both, then set SURVKIT_UPDATE_GALLERY=1")
  }

  /// The words of a command line, where double quotes hold one together.
  private func words(_ line: String) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { number, part in
      number % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }

  @Test("the command beside a figure draws it", arguments: pictures)
  func picture(_ picture: Picture) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("\(picture.name).svg").path
      let given = words(picture.command + " " + picture.output).map { word in
        word.hasPrefix("docs/") || word.hasPrefix("data/")
          ? Self.root.appendingPathComponent(word).path
          : word == "rows.csv" ? folder.appendingPathComponent(word).path : word
      }
      let run = try survkit(given + [file])
      #expect(run.status == 0, "\(run.err)")
      try check(String(contentsOfFile: file, encoding: .utf8), "gallery/\(picture.name).svg")
    }
  }

  @Test("the rows of the gallery and its page are what is written here")
  func page() throws {
    try check(Self.rows, "gallery/simulated.csv")
    var page = """
      # Gallery

      Every figure of survkit with the command that draws it; the tests draw each anew and compare the files to the byte. The
      rows of [simulated.csv](gallery/simulated.csv) are drawn from a random number generator: no row is a patient. PDF or PNG
      comes from a name that ends so (`-o figure.pdf`, `-o figure.png --dpi 600`).

      """
    for picture in Self.pictures {
      page += """

        ## \(picture.title)

        \(picture.caption)

        ```sh
        \(picture.line)
        ```

        ![\(picture.title)](gallery/\(picture.name).svg)

        """
    }
    try check(page, "gallery.md")
  }

  /// 320 invented subjects: times with hazards that rise, a benefit that differs by ECOG, two causes of death, even accrual over a year.
  private static let rows: String = {
    var state: UInt64 = 20_260_101
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    var text = "id,arm,sex,region,ecog,age,time,event,cause\n"
    for id in 1...320 {
      let isTreated = id % 2 == 0
      let (sex, ecog) = (uniform() < 0.45 ? "female" : "male", uniform() < 0.6 ? "0" : "1")
      let place = uniform()
      let region = place < 0.45 ? "Europe" : place < 0.8 ? "North America" : "Asia"
      let age = 45 + Int(35 * uniform())
      // Weibull with shape 1.2; the logarithm of the hazard ratio of death is −0.45, and less in the group ECOG 1.
      let log = (isTreated ? (ecog == "0" ? -0.6 : -0.3) : 0) + (ecog == "1" ? 0.5 : 0) + 0.01 * Double(age - 60)
      let death = 20 * pow(-Foundation.log(uniform()) / exp(log), 1 / 1.2)
      let followUp = 24 + 12 * uniform()
      let cause = uniform() < 0.75 ? 1 : 2
      let isEvent = death <= followUp
      // Tenths of a month, upward: nobody leaves at 0.
      let tenths = Int((min(death, followUp) * 10).rounded(.up))
      text += "\(id),\(isTreated ? "Experimental" : "Control"),\(sex),\(region),\(ecog),\(age),"
      text += "\(tenths / 10).\(tenths % 10),\(isEvent ? 1 : 0),\(isEvent ? cause : 0)\n"
    }
    return text
  }()
}
