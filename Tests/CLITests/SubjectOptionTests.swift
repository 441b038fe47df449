import Foundation
import Testing

/// Rows and subjects: `--freq`, `--weight`, `--id` and `offset()` are four different things.
@Suite struct SubjectOptionTests {
  /// The tie example of Therneau's validation notes, with weights.
  private static let weighted = """
    time,event,x,w
    4,1,0,2
    3,1,2,1
    1,1,1,3
    1,0,1,1
    2,1,1,2
    2,1,0,1
    3,0,0,1

    """

  private func result(_ arguments: [String], _ input: String) throws -> [String: Any] {
    let run = try survkit(arguments + ["--format", "json"], input: input)
    #expect(run.status == 0, "\(run.err)")
    return try #require(try run.json()["result"] as? [String: Any])
  }

  private func coefficient(_ arguments: [String], _ input: String = weighted) throws -> Double {
    try #require(try result(["cox", "-", "--model", "x"] + arguments, input)["coef"] as? [Double])[0]
  }

  @Test("a frequency repeats the row, also under Efron ties; a case weight does not")
  func frequencies() throws {
    // Coefficients of R survival for replicated and for weighted rows; 15 digits are given.
    #expect(abs(try coefficient(["--freq", "w"]) - 0.638131766998524) < 1e-14)
    #expect(abs(try coefficient(["--weight", "w"]) - 0.642361506877422) < 1e-14)
    #expect(abs(try coefficient(["--freq", "w", "--ties", "breslow"]) - 0.659000030037904) < 1e-14)
    #expect(abs(try coefficient(["--weight", "w", "--ties", "breslow"]) - 0.659000030037904) < 1e-14)
  }

  @Test("a frequency is the same as writing the row so many times, in every command")
  func replication() throws {
    let repeated = "time,event,x\n4,1,0\n4,1,0\n3,1,2\n1,1,1\n1,1,1\n1,1,1\n1,0,1\n2,1,1\n2,1,1\n2,1,0\n3,0,0\n"
    for call in [["km", "-", "--arm", "x"], ["test", "-", "--arm", "x"], ["fit", "-", "--arm", "x", "--tau", "2"]] {
      let by = try result(call + ["--freq", "w"], Self.weighted)
      #expect(try NSDictionary(dictionary: by).isEqual(to: result(call, repeated)), "\(call)")
    }
    let account = try #require(
      try survkit(["km", "-", "--freq", "w", "--format", "json"], input: Self.weighted).json()["data"]
        as? [String: Any])
    #expect(account["rows_used"] as? Int == 7 && account["subjects"] as? Int == 11 && account["events"] as? Int == 9)
  }

  @Test("a frequency that is no whole number names row and column")
  func badFrequencies() throws {
    for (value, said) in [("1.5", "a whole number"), ("-1", "a whole number"), ("x", "number")] {
      let run = try survkit(["km", "-", "--freq", "n"], input: "time,event,n\n1,1,2\n2,0,\(value)\n")
      #expect(
        run.status == 65 && run.err.contains("row 2") && run.err.contains("n") && run.err.contains(said), "\(run.err)")
    }
    let many = try survkit(["km", "-", "--freq", "n"], input: "time,event,n\n1,1,40000000\n2,0,40000000\n")
    #expect(many.status == 65 && many.err.contains("too many"))
    let none = try survkit(["km", "-", "--freq", "n"], input: "time,event,n\n1,1,0\n2,0,0\n")
    #expect(none.status == 65 && none.err.contains("0 subjects"))
    #expect(try survkit(["km", "-", "--freq", "n", "--id", "id"], input: "").status == 64)
  }

  private static let whole = """
    id,time,event,arm
    a,5,1,x
    b,7,0,x
    c,3,1,x
    d,6,1,y
    e,9,0,y
    f,4,1,y

    """
  /// The same subjects with their time cut in pieces, in another order of rows.
  private static let pieces = """
    id,start,time,event,arm
    e,4,9,0,y
    a,0,2,0,x
    a,2,4,0,x
    a,4,5,1,x
    b,0,7,0,x
    c,0,3,1,x
    d,0,6,1,y
    e,0,4,0,y
    f,0,1,0,y
    f,1,4,1,y

    """

  @Test(
    "pieces of one subject's time are one subject", arguments: [["km"], ["test"], ["fit", "--tau", "5"], ["rmst"]])
  func joined(command: [String]) throws {
    let call = [command[0], "-"] + command.dropFirst()
    let pieces = try result(call + ["--id", "id", "--start", "start"], Self.pieces)
    #expect(try NSDictionary(dictionary: pieces).isEqual(to: result(call, Self.whole)))
  }

  @Test("an end and the next start that differ by round-off are one time")
  func roundOff() throws {
    // 0.1 + 0.2 and 0.3.
    let rows = "id,start,time,event\na,0,0.30000000000000004,0\na,0.3,1,1\nb,0,2,1\n"
    let run = try survkit(["km", "-", "--id", "id", "--start", "start"], input: rows)
    #expect(run.status == 0 && run.out.contains("2, with 2 intervals"), "\(run.err)")
  }

  @Test("without --id the pieces are rows, and the curve is the same but for those who count as censored")
  func unjoined() throws {
    let curves = try #require(
      try result(["km", "-", "--start", "start", "--times", "3,5"], Self.pieces)["curves"] as? [[String: Any]])
    let whole = try #require(try result(["km", "-", "--times", "3,5"], Self.whole)["curves"] as? [[String: Any]])
    for (a, b) in zip(curves, whole) {
      #expect(
        (a["landmarks"] as? [String: Any])?["surv"] as? [Double] == (b["landmarks"] as? [String: Any])?["surv"]
          as? [Double])
    }
    #expect(curves[0]["n"] as? Int == 5 && whole[0]["n"] as? Int == 3)
  }

  @Test("intervals that overlap, or follow an event, are refused with their rows")
  func refusals() throws {
    let twice = try survkit(["km", "-", "--id", "id"], input: Self.whole + "a,9,0,x\n")
    #expect(twice.status == 65 && twice.err.contains("row 7") && twice.err.contains("also stands in row 1"))
    let overlap = try survkit(
      ["cox", "-", "--id", "id", "--start", "start"], input: Self.pieces + "b,6,8,1,x\n")
    #expect(
      overlap.status == 65 && overlap.err.contains("overlaps that of the same subject in row 5")
        && overlap.err.contains("row 11"))
    // Neither the subject nor its times are told unasked.
    let secret = "id,start,time,event\nSUBJ-77,0,9.25,0\nSUBJ-77,4.125,12,1\nSUBJ-77,12,13,0\n"
    for options in [["--start", "start"], []] {
      let said = try survkit(["cox", "-", "--id", "id"] + options, input: secret).err
      let open = try survkit(["cox", "-", "--id", "id", "--show-values"] + options, input: secret).err
      #expect(!said.isEmpty && !said.contains("SUBJ") && !said.contains("9.25") && open.contains("SUBJ-77"))
    }
    let after = try survkit(["fit", "-", "--id", "id", "--start", "start"], input: Self.pieces + "c,3,8,0,x\n")
    #expect(after.status == 65 && after.err.contains("row 6") && after.err.contains("recurrent"))
    let gap = try survkit(["km", "-", "--id", "id", "--start", "start"], input: Self.pieces + "b,8,10,0,x\n")
    #expect(gap.status == 0 && gap.out.contains("7 intervals of 6 subjects"))
  }

  @Test("recurrent events: the rate model with a robust variance by subject, as R's coxph(cluster = id)")
  func recurrent() throws {
    let rows = """
      id,start,time,event,x
      1,0,3,1,1
      1,3,7,1,1
      2,0,6,1,0
      3,0,2,0,1
      3,2,5,1,1
      3,5,9,0,0
      4,0,8,1,0
      5,0,4,1,0
      5,4,10,0,1

      """
    let run = try survkit(
      ["cox", "-", "--model", "x", "--id", "id", "--start", "start", "--robust", "--format", "json"], input: rows)
    let document = try run.json()
    let found = try #require(document["result"] as? [String: Any])
    // R survival 3.5-3 with eps = 1e-14; the digits are those R gives.
    for (key, value) in [("coef", 0.2534067170600364), ("robust_se", 0.7109821865876002), ("se", 0.8291062747866981)] {
      #expect(abs(try #require(found[key] as? [Double])[0] - value) < 1e-14, "\(key)")
    }
    let warnings = try #require(document["warnings"] as? [[String: Any]])
    #expect(warnings.contains { $0["code"] as? String == "recurrent-events" })
    #expect((document["data"] as? [String: Any])?["subjects"] as? Int == 5)
  }

  @Test("an offset is a known part of the linear predictor, as R's offset(o)")
  func offset() throws {
    let rows = "time,event,x,o\n4,1,0,0.5\n3,1,2,-0.3\n1,1,1,0.2\n1,0,1,0\n2,1,1,1.1\n2,1,0,-0.7\n3,0,0,0.4\n"
    try withFolder { folder in
      let subjects = folder.appendingPathComponent("new.csv")
      try Data("x,o\n0,0\n1,0.5\n".utf8).write(to: subjects)
      let found = try result(
        ["cox", "-", "--model", "x + offset(o)", "--predict", subjects.path, "--times", "1,2,3"], rows)
      // R survival 3.5-3 with eps = 1e-14: coef, se and loglik of the fit, survfit(fit, newdata).
      #expect(abs(try #require(found["coef"] as? [Double])[0] - 0.757950406157068) < 1e-14)
      #expect(abs(try #require(found["se"] as? [Double])[0] - 0.6219815793113193) < 1e-14)
      #expect(abs(try #require(found["loglik_null"] as? Double) + 7.045794885072350) < 1e-14)
      let predicted = try #require(found["predict"] as? [String: Any])
      let surv = try #require(predicted["surv"] as? [[Double]])
      let expected = [
        [0.9464263203978512, 0.7946143058532132, 0.6815287609678790],
        [0.8238886823590166, 0.4453791219861864, 0.2595156403493789],
      ]
      for (row, values) in zip(surv, expected) {
        for (a, b) in zip(row, values) { #expect(abs(a - b) < 1e-14) }
      }
    }
    let missing = try survkit(["cox", "-", "--model", "x + offset(z)"], input: rows)
    #expect(missing.status == 65 || missing.status == 64, "\(missing.err)")
    let two = try survkit(["cox", "-", "--model", "x + offset(o) + offset(x)"], input: rows)
    #expect(two.status == 64 && two.err.contains("no second offset"))
  }

  @Test("an offset in a parametric model: coefficients as R's survreg, medians times exp(offset)")
  func parametricOffset() throws {
    let rows = "time,event,x,o\n4,1,0,0.5\n3,1,2,-0.3\n1,1,1,0.2\n1,0,1,0\n2,1,1,1.1\n2,1,0,-0.7\n3,0,0,0.4\n"
    try withFolder { folder in
      let subjects = folder.appendingPathComponent("new.csv")
      try Data("x,o\n1,0\n1,0.5\n".utf8).write(to: subjects)
      let found = try result(
        ["aft", "-", "--model", "x + offset(o)", "--distribution", "weibull", "--predict", subjects.path], rows)
      let fit = try #require((found["fits"] as? [[String: Any]])?.first)
      // R survival 3.5-3, survreg with rel.tolerance = 1e-14.
      let coefficients = try #require(fit["coef"] as? [Double])
      #expect(abs(coefficients[0] - 1.1031206679459891) < 1e-13)
      #expect(abs(coefficients[1] + 0.0214170490357975) < 1e-13)
      let medians = try #require(fit["predictions"] as? [[String: Any]]).compactMap {
        ($0["quantile"] as? [Double])?[0]
      }
      // R's predict(type = "quantile") of x = 1; it leaves the offset of new subjects out, which the model does not.
      try #require(medians.count == 3)
      #expect(abs(medians[1] - 2.410038352479666) < 1e-13)
      #expect(abs(medians[2] - 2.410038352479666 * exp(0.5)) < 1e-12)
    }
  }
}
