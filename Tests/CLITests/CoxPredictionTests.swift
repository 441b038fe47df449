import Foundation
import ReferenceSuite
import Testing

/// `survkit cox --residuals --baseline --predict` against R, in all three forms, and what they refuse.
@Suite struct CoxPredictionTests {
  private func cox(_ arguments: [String]) throws -> JSONTree {
    let run = try survkit(["cox"] + arguments + ["--format", "json", "--quiet"])
    #expect(run.status == 0, "\(run.err)")
    return try run.result()
  }

  private static let lung = [Reference.path("lung.csv"), "--model", "age + sex + ph.ecog"]

  @Test(
    "predicted curves with R's standard errors and limits on three scales",
    arguments: ["efron", "breslow"], ["log", "log-log", "plain"])
  func predicted(ties: String, scale: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("subjects.csv")
      // Columns in another order, and one that the model does not have.
      try "sex,ph.ecog,name,age\n1,0,Ann,50\n2,2,Bob,70\n".write(to: file, atomically: true, encoding: .utf8)
      let found = try cox(
        Self.lung + ["--ties", ties, "--conf-type", scale, "--predict", file.path, "--times", "90,180,365,730"])
      let faults = try Reference.faults("open.lung.m1.\(ties).predict.\(scale)", try #require(found["predict"]))
      #expect(faults.isEmpty, "\(faults)")
    }
  }

  @Test("factors: levels by their names, in the columns of the model")
  func factors() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("subjects.csv")
      try "trt,celltype,karno,diagtime,age,prior\n1,squamous,60,5,60,0\n2,adeno,30,10,45,10\n"
        .write(to: file, atomically: true, encoding: .utf8)
      let found = try cox([
        Reference.path("veteran.csv"), "--model", "trt + celltype + karno + diagtime + age + prior", "--predict",
        file.path, "--times", "30,90,180",
      ])
      let faults = try Reference.faults("open.veteran.full.efron.predict.log", try #require(found["predict"]))
      #expect(faults.isEmpty, "\(faults)")
    }
  }

  @Test("the baseline at 0 and at the means: the last cumulative hazards of lung, age + sex")
  func baseline() throws {
    let found = try cox([Reference.path("lung.csv"), "--model", "age + sex", "--baseline"])
    let baseline = try #require(found["baseline"])
    // R survival at its default stop of 1e-9, which leaves eight digits.
    let zero = try #require(baseline["curves"]?[0]?["cumhaz"]?.doubles.last ?? nil)
    let means = try #require(baseline["curves_at_means"]?[0]?["cumhaz"]?.doubles.last ?? nil)
    #expect(abs(zero - 2.01305845681596) < 1e-8 && abs(means - 2.85275881016548) < 1e-8)
    #expect(baseline["curves"]?[0]?["stratum"] == nil)
  }

  @Test("residuals of every kind, a row or an event each, with R's first rows")
  func residuals() throws {
    let kinds = ["martingale", "deviance", "score", "schoenfeld", "scaled-schoenfeld", "dfbeta", "dfbetas"]
    let found = try cox(Self.lung + kinds.flatMap { ["--residuals", $0] })
    let expected = try #require(try Reference.check("open.lung.m1.efron.resid")["expected"]?["residuals"])
    for kind in kinds.map({ $0 == "scaled-schoenfeld" ? "scaledsch" : $0 }) {
      let ours = try #require(found["residuals"]?[kind])
      let agreement = Agreement(
        expected: .object(["values": try #require(expected[kind]?["first"]), "rows": expected[kind]?["rows"] ?? .null]),
        actual: ours, relative: 1e-6, absolute: 1e-7)
      #expect(agreement.isPass && agreement.compared >= 9, "\(kind): \(agreement.faults)")
    }
    // One row of lung has no ph.ecog: rows are those of the file.
    #expect(found["residuals"]?["martingale"]?["row"]?.doubles.contains(14) == false)
  }

  @Test(
    "strata: named in the file each subject has its own, else every one; a time past the last is null with its reason")
  func strata() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("subjects.csv")
      let model = [Reference.path("lung.csv"), "--model", "age + ph.ecog + strata(sex)", "--times", "90,1010"]
      try "age,ph.ecog,sex\n50,0,2\n70,2,1\n".write(to: file, atomically: true, encoding: .utf8)
      let own = try #require(try cox(model + ["--predict", file.path])["predict"])
      try "age,ph.ecog\n50,0\n70,2\n".write(to: file, atomically: true, encoding: .utf8)
      let every = try #require(try cox(model + ["--predict", file.path])["predict"])
      #expect(own["stratum"]?.names == ["2", "1"] && every["stratum"]?.names == ["1", "2", "1", "2"])
      #expect(own["surv"]?[0] == every["surv"]?[1] && own["surv"]?[1] == every["surv"]?[2])
      #expect(own["surv"]?[0]?[1] == .null && own["surv"]?[1]?[1] != .null)
      #expect(own["null_reasons"]?["surv"]?.string == "past the last observation of the stratum")
      let text = try survkit(["cox"] + model + ["--baseline", "--predict", file.path, "--residuals", "schoenfeld"])
      #expect(text.status == 0)
      #expect(text.out.contains("Baseline, all covariates 0, stratum 2"))
      #expect(text.out.contains("Subject 1 (age = 50, ph.ecog = 0), stratum 1"))
      #expect(text.out.contains("Schoenfeld residuals\nRow  Stratum  Time"))
      let markdown = try survkit(["cox"] + model + ["--predict", file.path, "--format", "md"])
      #expect(markdown.out.contains("### Subject 2 (age = 70, ph.ecog = 2), stratum 2"))
    }
  }

  @Test(
    "subjects that cannot be used: file, row, column and reason, and nothing else",
    arguments: [
      ("age,sex\n50,3\n", 65, "row 1, column \"sex\": no row of the data has this level"),
      ("age,sex\n50,1\n,2\n", 65, "row 2, column \"age\": the value is missing"),
      ("age,sex\nfifty,1\n", 65, "row 1, column \"age\": is text, not a finite decimal number"),
      ("age\n50\n", 64, "has no column \"sex\""), ("age,sex\n", 65, "no rows"),
    ] as [(String, Int32, String)])
  func refused(text: String, status: Int32, message: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("subjects.csv")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let run = try survkit([
        "cox", Reference.path("lung.csv"), "--model", "age + factor(sex)", "--predict", file.path,
      ])
      #expect(run.status == status && run.out.isEmpty, "\(run.status)")
      #expect(run.err.contains(message), "\(run.err)")
    }
  }
}
