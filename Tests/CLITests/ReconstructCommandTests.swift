import Foundation
import ReferenceSuite
import Testing

/// `survkit reconstruct` on invented figures.
@Suite struct ReconstructCommandTests {
  /// Four subjects and four events per arm, at 1, 2, 3, 4 and at 2, 4, 6, 8: both ends of every step.
  static let steps =
    "arm,time,survival\n"
    + [("A", 1), ("B", 2)].map { arm, width in
      "\(arm),0,1\n"
        + (0..<4).map { k in
          "\(arm),\((k + 1) * width),\(1 - 0.25 * Double(k))\n\(arm),\((k + 1) * width),\(0.75 - 0.25 * Double(k))\n"
        }.joined()
    }.joined()

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func json(_ path: String) throws -> JSONTree {
    try JSONTree.parse(Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test("hazard ratio, medians and restricted means with their intervals, in the text and beside the rows")
  func uncertainty() throws {
    try withFolder { folder in
      let curve = try write(Self.steps, "steps.csv", in: folder)
      let rows = folder.appendingPathComponent("rows.csv").path
      let call = ["reconstruct", "--curve", curve, "--n", "A=4,B=4", "--events", "A=4,B=4", "--repeats", "20"]
      let run = try survkit(call + ["-o", rows])
      #expect(run.status == 0 && run.err.isEmpty)
      #expect(
        run.out.contains("HR B against A 0.26; sampling 95% 0.04 to 1.49; reconstruction 95% "))
      let made = try String(contentsOfFile: rows, encoding: .utf8)
      #expect(made.hasPrefix("id,arm,time,event\nreconstructed-A-1,A,1,1\n") && made.split(separator: "\n").count == 9)
      let sidecar = try json(folder.appendingPathComponent("rows.json").path)
      let found = try #require(sidecar["uncertainty"])
      #expect(found["level"]?.number == 0.95 && found["repeats"]?.number == 20 && found["seed"]?.number == 1)
      #expect(found["tau"]?.number == 4)
      // R survival 3.5-3, coxph (Efron) and survfit with rmean = 4 on the eight rows. Ten digits are written. The times of the
      // events may be off by half a pixel, so that which of two tied arms comes first is not known.
      let comparison = try #require(found["comparisons"]?[0])
      #expect(comparison["arm"]?.string == "B" && comparison["reference"]?.string == "A")
      #expect(abs(try #require(comparison["hr"]?["estimate"]?.number) - 0.25695530077) < 1e-9)
      let (lower, upper) = (
        try #require(comparison["hr"]?["lower"]?.number), try #require(comparison["hr"]?["upper"]?.number)
      )
      #expect(lower < 0.2569 && upper > 0.257 && abs(lower * upper - 0.25695530077 * 0.25695530077) < 1e-9)
      #expect(abs(try #require(comparison["sampling_lower"]?.number) - 0.0442036513859) < 1e-9)
      #expect(abs(try #require(comparison["sampling_upper"]?.number) - 1.49367811308) < 1e-8)
      #expect(found["arms"]?.array?.compactMap { $0["median"]?["estimate"]?.number } == [2.5, 5])
      #expect(found["arms"]?.array?.compactMap { $0["restricted_mean"]?["estimate"]?.number } == [2.5, 3.5])
      // Readings at both ends of a step are met by a curve that drops there.
      #expect(sidecar["arms"]?.array?.compactMap { $0["readings"]?["max_abs_gap"]?.number } == [0, 0])

      // The other arm as reference, and another level: R's relevel and confint(level = 0.9).
      let other = try survkit(call + ["--reference", "B", "--level", "0.9", "--format", "json", "--no-timestamp"])
      let result = try other.result()
      let reversed = try #require(result["uncertainty"]?["comparisons"]?[0])
      #expect(abs(try #require(reversed["hr"]?["estimate"]?.number) - 3.89172746001) < 1e-8)
      #expect(abs(try #require(reversed["sampling_lower"]?.number) - 1 / 1.12554227159) < 1e-8)
      #expect(abs(try #require(reversed["sampling_upper"]?.number) - 1 / 0.0586615254355) < 1e-7)
    }
  }

  @Test("no repeats, no interval, and the reason; a reference that is no arm; the same seed, the same bytes")
  func repeats() throws {
    try withFolder { folder in
      let curve = try write(Self.steps, "steps.csv", in: folder)
      let call = ["reconstruct", "--curve", curve, "--n", "A=4,B=4", "--format", "json", "--no-timestamp"]
      let none = try survkit(call + ["--repeats", "0"]).result()
      #expect(none["uncertainty"]?.number == nil)
      #expect(none["null_reasons"]?["uncertainty"]?.string == "no repeats were asked for")
      let unknown = try survkit(call + ["--reference", "C"])
      #expect(unknown.status == 64 && unknown.err.contains("--reference C") && unknown.err.contains("A, B"))
      let first = try survkit(call + ["--repeats", "5"]).out
      #expect(try survkit(call + ["--repeats", "5"]).out == first)
      for bad in [["--repeats", "-1"], ["--level", "1"], ["--seed", "-1"], ["--format", "ard-csv"]] {
        #expect(try survkit(call + bad).status == 64, "\(bad)")
      }
    }
  }

  @Test("every file that was read stands in the provenance with its hash, in the sidecar and in the document")
  func provenance() throws {
    try withFolder { folder in
      let curve = try write(Self.steps, "steps.csv", in: folder)
      let atRisk = try write("time,n,arm\n0,4,A\n0,4,B\n", "n.csv", in: folder)
      let rows = folder.appendingPathComponent("rows.csv").path
      let run = try survkit([
        "reconstruct", "--curve", curve, "--at-risk", atRisk, "--repeats", "2", "-o", rows, "--format", "json",
      ])
      let sidecar = try json(folder.appendingPathComponent("rows.json").path)
      #expect(sidecar["provenance"]?["level"]?.string == "A")
      for inputs in [sidecar["provenance"]?["inputs"], try JSONTree.parse(Data(run.out.utf8))["provenance"]?["inputs"]]
      {
        #expect(inputs?.array?.compactMap { $0["name"]?.string } == ["steps.csv", "n.csv"])
        // sha256sum of coreutils on the 23 bytes of the second file.
        #expect(
          inputs?[1]?["sha256"]?.string == "ded21930ccf9017cf4c79dd46eff8f35842636920e4ca78b7b0dc35a26b88e63"
            && inputs?[1]?["bytes"]?.number == 23)
      }
      #expect(!run.out.contains(folder.path))
    }
  }

  @Test("a digitiser's export in percent: what was recognised is said in text, sidecar and document")
  func export() throws {
    try withFolder { folder in
      // Both arms of the steps above as WebPlotDigitizer exports two data sets, arm B first, in percent of failure.
      let pairs = (0..<4).flatMap { k -> [String] in
        let (low, high) = (25 * k, 25 * (k + 1))
        return ["\(2 * k + 2),\(low),\(k + 1),\(low)", "\(2 * k + 2),\(high),\(k + 1),\(high)"]
      }
      let curve = try write("B,,A,\nX,Y,X,Y\n-0.01,0,0,0\n\(pairs.joined(separator: "\n"))\n", "wpd.csv", in: folder)
      let atRisk = try write("time;A;B\n0;4;4\n2,5;2;\n", "n.csv", in: folder)
      let marks = try write("time,arm\n", "marks.csv", in: folder)
      let rows = folder.appendingPathComponent("rows.csv").path
      let call = ["reconstruct", "--curve", curve, "--at-risk", atRisk, "--repeats", "2"]
      let run = try survkit(call + ["-o", rows])
      #expect(run.status == 0, "\(run.err)")
      for note in [
        "Note: readings taken as percentages: the largest is 100", "Note: readings taken as failure (1 - S)",
        "1 with a time below 0 (least -0.01)",
      ] {
        #expect(run.out.contains(note))
      }
      let made = try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n").dropFirst()
      #expect(made.map { $0.split(separator: ",")[2] } == ["2", "4", "6", "8", "1", "2", "3", "4"])
      let codes = ["percent-recognised", "failure-recognised", "clicks-beside-axes"]
      let sidecar = try json(folder.appendingPathComponent("rows.json").path)
      #expect(sidecar["notes"]?.array?.compactMap { $0["code"]?.string } == codes)
      let document = try JSONTree.parse(Data(try survkit(call + ["--format", "json"]).out.utf8))
      #expect(document["warnings"]?.array?.compactMap { $0["code"]?.string } == codes)
      #expect(document["settings"]?["y_scale"]?.string == "percent")
      #expect(document["settings"]?["y_direction"]?.string == "failure")
      #expect(try !survkit(call + ["--percent", "--failure"]).out.contains("taken as"))
      let wrong = try survkit(call + ["--probability"])
      #expect(
        wrong.status == 65 && wrong.err.contains("wpd.csv: row 3, column \"Y\": a reading of 25 is no probability"))
      let empty = try survkit(call + ["--censor-marks", marks])
      #expect(empty.status == 65 && empty.err.contains("marks.csv: has a header and no rows"))
    }
  }

  @Test(
    "--plot writes the figure beside the diagnostics; more arms than it shows, and a file in its place, are refused")
  func plot() throws {
    try withFolder { folder in
      let curve = try write(Self.steps, "steps.csv", in: folder)
      let atRisk = try write("time,A,B\n0,4,4\n", "n.csv", in: folder)
      let svg = folder.appendingPathComponent("fig.svg").path
      let call = [
        "reconstruct", "--curve", curve, "--at-risk", atRisk, "--events", "A=4,B=4", "--repeats", "2", "--plot", svg,
      ]
      let run = try survkit(call)
      #expect(run.status == 0 && run.out.contains("Largest gap"), "\(run.err)")
      let drawn = try String(contentsOfFile: svg, encoding: .utf8)
      for text in [
        "Rows reconstructed from published facts; no row is a patient. Level A:", "N 4; events 4 (asked 4)",
        "median 2.500 (not given)", "HR B against A 0.26; sampling 95% 0.04 to 1.49; reconstruction 95% ",
        "Source: steps.csv, n.csv.", "At risk, rebuilt",
      ] {
        #expect(drawn.contains(text), "\(text)")
      }
      #expect(try survkit(call).status == 73)
      #expect(try survkit(call + ["--force"]).status == 0)
      #expect(try String(contentsOfFile: svg, encoding: .utf8) == drawn)
      #expect(try survkit(["reconstruct", "--curve", curve, "--n", "A=4,B=4", "--plot", "-"]).status == 64)
      let seven = try write(
        "x," + (1...7).map { "c\($0)" }.joined(separator: ",") + "\n0,1,1,1,1,1,1,1\n2,.5,.5,.5,.5,.5,.5,.5\n", "7.csv",
        in: folder)
      let many = try survkit([
        "reconstruct", "--curve", seven, "--n", (1...7).map { "c\($0)=2" }.joined(separator: ","), "--repeats", "0",
        "--plot", folder.appendingPathComponent("7.svg").path,
      ])
      #expect(many.status == 64 && many.err.contains("1 to 6 arms") && many.out.isEmpty)
    }
  }
}
