import Foundation
import ReferenceSuite
import Testing

/// Labels, column names and names of files that try to run as a formula or to steer a terminal.
@Suite struct HostileLabelTests {
  private static let formula = "=cmd|' /C calc'!A0"

  /// Fields of CSV text that has no line end within a field.
  private func fields(_ csv: String) -> [[String]] {
    csv.split(separator: "\n").map { line in
      var (found, isQuoted) = ([""], false)
      for character in line {
        if character == "\"" { isQuoted.toggle() }
        if character == ",", !isQuoted { found.append("") } else { found[found.count - 1].append(character) }
      }
      return found.map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0 }
    }
  }

  private func isFormula(_ field: String) -> Bool {
    field.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true && Double(field) == nil
  }

  @Test("ard-csv: no field is a formula, negative numbers stay numbers, --raw-labels leaves labels alone")
  func rows() throws {
    let labels = [Self.formula, "+a", "-a", "@a", "\ta"]
    // The later arms live longer, so that coefficients and their limits are negative.
    let rows = labels.enumerated().flatMap { k, label in
      (1...6).map { "\($0 + 2 * k),\($0 % 3 == 0 ? 0 : 1),\"\(label)\"\n" }
    }
    let input = "time,event,=arm\n" + rows.joined()
    for command in ["fit", "report"] {
      let call = [command, "-", "--arm", "=arm", "--format", "ard-csv", "--quiet"]
      let run = try survkit(call, input: input)
      #expect(run.status == 0, "\(run.err)")
      let found = fields(run.out).flatMap { $0 }
      #expect(!found.contains(where: isFormula), "\(found.filter(isFormula))")
      #expect(found.contains("'" + Self.formula) && found.contains("'=arm") && found.contains { Double($0) ?? 0 < 0 })
      let raw = try survkit(call + ["--raw-labels"], input: input)
      #expect(fields(raw.out).flatMap { $0 }.contains(Self.formula) && raw.out.contains("\n=arm,"))
    }
  }

  @Test("reconstructed rows: the name of an arm is no formula, and --raw-labels reads back as it was")
  func reconstructed() throws {
    try withFolder { folder in
      let (curve, out) = (folder.appendingPathComponent("c.csv").path, folder.appendingPathComponent("rows.csv").path)
      try "time,survival,arm\n0,1,=b\n2,0.8,=b\n4,0.5,=b\n".write(toFile: curve, atomically: true, encoding: .utf8)
      let call = ["reconstruct", "--curve", curve, "--n", "20", "--repeats", "0", "-o", out, "--force"]
      #expect(try survkit(call).status == 0)
      let guarded = fields(try String(contentsOfFile: out, encoding: .utf8))
      #expect(guarded.count == 21 && guarded[1][1] == "'=b" && !guarded.flatMap { $0 }.contains(where: isFormula))
      #expect(try survkit(call + ["--raw-labels"]).status == 0)
      #expect(fields(try String(contentsOfFile: out, encoding: .utf8))[1][1] == "=b")
      let read = try survkit(["km", out, "--arm", "arm", "--format", "json"]).result()
      #expect(read["curves"]?[0]?["group"]?["arm"]?.string == "=b")
    }
  }

  @Test("an emitted trial of simulate has no field that is a formula")
  func simulated() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("trial.csv").path
      let design = [
        "--hr", "0.7", "--n", "40", "--control-median", "12", "--accrual", "6", "--follow-up", "12",
      ]
      let run = try survkit(["simulate"] + design + ["--replicates", "10", "--emit-trial", file, "--quiet"])
      #expect(run.status == 0, "\(run.err)")
      let found = fields(try String(contentsOfFile: file, encoding: .utf8))
      #expect(found.count == 41 && !found.flatMap { $0 }.contains(where: isFormula))
    }
  }

  /// ESC, the C1 control sequence introducer, DEL, backspace, an override of direction, a line separator.
  private static let steering = "a\u{1B}]0;x\u{7}\u{9B}2J\u{7F}\u{8}\u{202E}b\u{2028}c"

  private func isClean(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0A: true
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
  }

  @Test(
    "labels and column names steer no terminal, in any form",
    arguments: ["text", "json", "md", "html", "latex", "rtf", "ard-csv", "ard-json"])
  func labels(format: String) throws {
    let rows = (1...8).map { "\($0),\($0 % 4 == 0 ? 0 : 1),\"\($0 % 2 == 0 ? Self.steering : "plain")\"\n" }
    let input = "time,event,\"\(Self.steering)\"\n" + rows.joined()
    let calls: [[String]] =
      format.hasPrefix("ard") ? [["fit"]] : [["fit"], ["km"], ["test"], ["cox"], ["teach"], ["explain"]]
    for call in calls {
      let run = try survkit(call + ["-", "--arm", Self.steering, "--format", format], input: input)
      #expect(run.status == 0 || !run.err.isEmpty, "\(call)")
      #expect(isClean(run.out) && isClean(run.err), "\(call) \(format)")
      #expect(run.out.isEmpty || run.out.contains("plain"))
    }
    let figure = try survkit(["plot", "-", "-o", "-", "--arm", Self.steering], input: input)
    #expect(figure.status == 0 && isClean(figure.out))
  }

  @Test("messages steer no terminal: names of files, columns, options and commands, and what stands in the file")
  func messages() throws {
    try withFolder { folder in
      let name = folder.appendingPathComponent(Self.steering + ".csv").path
      try "time,event\n1,1\nx\u{1B}[2J,1\n".write(toFile: name, atomically: true, encoding: .utf8)
      let calls: [[String]] = [
        ["km", name], ["km", name + "none"], ["km", "-", "--arm", Self.steering], ["km", "-", "--" + Self.steering],
        [Self.steering], ["km", "-", "--like", Self.steering], ["cox", "-", "--model", Self.steering],
        ["km", "-", "--where", "\(Self.steering)=1"], ["km", "-", "-o", "\(name)/none"], ["verify", name],
        ["km", "-", "--event-values", Self.steering],
      ]
      for call in calls {
        let run = try survkit(call, input: "time,event\n1,1\n2,0\n")
        #expect(run.status != 0 && !run.err.isEmpty && isClean(run.err) && isClean(run.out), "\(call): \(run)")
      }
    }
  }

  @Test("composed and decomposed letters make two arms, and the output says that their names look alike")
  func lookAlikes() throws {
    let input = "time,event,arm\n1,1,caf\u{E9}\n2,1,cafe\u{301}\n3,0,caf\u{E9}\n4,1,cafe\u{301}\n"
    let run = try survkit(["km", "-", "--format", "json"], input: input)
    #expect(try run.result()["curves"]?.array?.count == 2 && run.err.contains("read the same"))
    #expect(run.out.contains("labels-look-alike"))
    let plain = try survkit(["km", "-", "--format", "json"], input: "time,event,arm\n1,1,a\n2,1,b\n")
    #expect(plain.err.isEmpty && !plain.out.contains("labels-look-alike"))
  }
}
