import Foundation
import ReferenceSuite
import Testing

/// `survkit km`: whole curves against R, by hand, and under each convention.
@Suite struct KmCommandTests {
  @Test("robust errors of S and of the cumulative hazards are those of the reference suite")
  func robustHazards() throws {
    let run = try survkit([
      "km", Reference.path("lung_weighted.csv"), "--arm", "sex", "--weight", "w", "--robust", "--format", "json",
    ])
    let curve = try #require(try run.result()["curves"]?[0])
    let expected = try #require(try Reference.check("open.lung_weighted.km.robust")["expected"]?["curves"]?[0])
    for key in ["std_err", "std_nelson_aalen", "std_fh"] {
      for (k, time) in (expected["time"]?.doubles ?? []).enumerated() {
        let row = try #require(curve["time"]?.doubles.firstIndex(of: time))
        let (a, e) = (curve[key]?[row]?.number, try #require(expected[key]?[k]?.number))
        #expect(abs((a ?? .nan) - e) <= 1e-9 * e, "\(key) at \(time ?? 0)")
      }
    }
  }

  @Test("bands: km.ci 0.5-6 on the 6-MP arm, in JSON and as columns of the table")
  func bands() throws {
    func band(_ kind: String, _ options: [String] = []) throws -> JSONTree? {
      try survkit(
        [
          "km", Reference.path("gehan.csv"), "--arm", "treat", "--conf-type", "log-log", "--times", "10,22,30",
          "--band", kind,
          "--format", "json",
        ] + options
      ).result()["curves"]?[0]?["band"]
    }
    // km.ci reads printed tables of critical values at neighbouring entries: its limits are good to 0.001.
    let hall = try band("hall-wellner")
    let sas = try band("equal-precision", ["--like", "sas", "--reference", "6-MP"])
    for (found, expected) in [
      (hall?["lower_at"]?[0], 0.32336897), (hall?["upper_at"]?[0], 0.93115822), (hall?["lower_at"]?[1], 0.17556786),
      (sas?["lower_at"]?[0], 0.35709664), (sas?["upper_at"]?[0], 0.92478123), (sas?["upper_at"]?[1], 0.81325227),
    ] {
      #expect(abs((found?.number ?? .nan) - expected) < 1e-3, "\(expected)")
    }
    #expect(hall?["lower_at"]?[2] == .null && hall?["to"]?.number == 23)
    #expect(sas?["critical_value_source"]?.string == "miller-siegmund")
    #expect(try band("equal-precision")?["critical_value_source"]?.string == "exact")
    let text = try survkit([
      "km", Reference.path("gehan.csv"), "--arm", "treat", "--band", "hall-wellner", "--band-from", "7", "--band-to",
      "22",
    ]).out
    #expect(text.contains("Band lower  Band upper") && text.contains("Hall-Wellner band (95%, log scale) from 7 to 22"))
    let none = try survkit(["km", "-", "--band", "hall-wellner"], input: "time,event\n1,0\n2,0\n")
    #expect(none.status == 0 && none.out.contains("No band"))
  }

  @Test(
    "bands that do not exist are refused",
    arguments: [
      (["--band", "hall"], "hall"), (["--band-from", "1"], "belong to --band"),
      (["--band", "hall-wellner", "--robust"], "not defined"),
      (["--band", "hall-wellner", "--band-from", "3"], "holds no event"),
    ])
  func bandTrouble(options: [String], message: String) throws {
    let run = try survkit(["km", "-"] + options, input: "time,event\n1,1\n2,0\n3,0\n")
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }

  private static let intervals = ["plain", "log", "log-log", "logit", "arcsin"]

  @Test("curves, landmarks and quantiles are R's, for every type of interval", arguments: intervals)
  func againstR(interval: String) throws {
    func km(_ arguments: [String]) throws -> JSONTree {
      try survkit(["km"] + arguments + ["--conf-type", interval, "--format", "json"]).result()
    }
    func oneInterval(_ expected: JSONTree) -> JSONTree { expected.mappingCurves { $0.keepingInterval(interval) } }
    func part(_ name: String, _ result: JSONTree) -> JSONTree { result.mappingCurves { $0[name] ?? .null } }
    let gehan = try km([Reference.path("gehan.csv"), "--arm", "treat", "--quantiles", "0.1,0.25,0.5,0.75,0.9"])
    #expect(try Reference.faults("open.gehan.curve", gehan, expected: oneInterval).isEmpty)
    #expect(
      try Reference.faults(
        "open.gehan.quantile", part("quantiles", gehan),
        expected: { expected in oneInterval(expected).mappingCurves { $0.keeping(["probs", "quantile", "ci"]) } }
      ).isEmpty)
    let lung = try km([Reference.path("lung.csv"), "--arm", "sex", "--times", "180,365,730"])
    #expect(
      try Reference.faults(
        "open.lung.sex.landmark", part("landmarks", lung),
        expected: { expected in
          oneInterval(expected).mappingCurves {
            $0.keeping(["time", "n_risk", "n_event_cumulative", "surv", "std_err", "ci"])
          }
        }
      ).isEmpty)
  }

  @Test("a group is named as in the reference suite: a number where the column holds numbers")
  func groups() throws {
    let lung = try survkit(["km", Reference.path("lung.csv"), "--arm", "sex", "--format", "json"]).result()
    #expect(lung["curves"]?[1]?["group"] == .object(["sex": .number(2)]))
    let gehan = try survkit(["km", Reference.path("gehan.csv"), "--arm", "treat", "--format", "json"]).result()
    #expect(gehan["curves"]?[0]?["group"] == .object(["treat": .string("6-MP")]))
  }

  @Test("delayed entry: at risk 4, 5, 3, 2, 1 and S 0.75, 0.6, 0.4, 0.2, 0, counted by hand")
  func delayedEntry() throws {
    let run = try survkit(
      ["km", "-", "--start", "from", "--time", "to"], input: "from,to,event\n0,2,1\n0,3,1\n1,3,0\n1,4,1\n2,5,1\n2,6,1\n"
    )
    let rows = run.out.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      .filter { $0.count == 9 && Double($0[0]) != nil }
    // Two enter after 1 and two after 2: at 2 four are at risk, at 3 five, and nobody is left after 6.
    #expect(rows.map { $0[0] } == ["2", "3", "4", "5", "6"])
    #expect(rows.map { $0[1] } == ["4", "5", "3", "2", "1"])
    #expect(rows.map { $0[4] } == ["0.7500", "0.6000", "0.4000", "0.2000", "0.0000"])
    #expect(rows[4][5] == "NE", "no standard error at S = 0")
  }

  @Test("case weights and robust variance are R's")
  func weights() throws {
    let arguments = ["km", Reference.path("lung_weighted.csv"), "--arm", "sex", "--weight", "w", "--format", "json"]
    let keys = ["n_risk", "n_event", "n_censor", "surv", "std_err", "time"]
    // The suite gives some rows of these curves: compared at its times.
    func aligned(_ result: JSONTree, _ id: String) throws -> JSONTree {
      let wanted = try #require(try Reference.check(id)["expected"]?["curves"]?.array)
      return .object([
        "curves": .array(
          try wanted.indices.map { position in
            let curve = try #require(result["curves"]?[position])
            let times = try #require(curve["time"]?.doubles)
            let rows = try #require(wanted[position]["time"]?.doubles).map { times.firstIndex(of: $0) }
            return .object(
              Dictionary(
                uniqueKeysWithValues: keys.map { key in
                  (key, .array(rows.map { row in row.flatMap { curve[key]?[$0] } ?? .null }))
                }))
          })
      ])
    }
    for (id, options) in [("open.lung_weighted.km.greenwood", []), ("open.lung_weighted.km.robust", ["--robust"])] {
      let result = try survkit(arguments + options).result()
      #expect(
        try Reference.faults(id, try aligned(result, id)) { expected in
          expected.mappingCurves { $0.keeping(keys) }
        }.isEmpty)
    }
    #expect(try survkit(Array(arguments.dropLast(2))).out.contains("--robust does not"))
  }

  @Test("reverse: the censorings are the events, and the output says so")
  func reverse() throws {
    // Censored at 3, with four at risk, and at 6, the last: 3/4, then 0. Half are followed beyond 6.
    let input = "time,event\n1,1\n2,1\n3,0\n4,1\n5,1\n6,0\n"
    let run = try survkit(["km", "-", "--reverse", "--format", "json"], input: input)
    let curve = try #require(try run.result()["curves"]?[0])
    #expect(curve["surv"]?.doubles == [1, 1, 0.75, 0.75, 0.75, 0])
    #expect(curve["median"]?["estimate"]?.number == 6)
    #expect(try survkit(["km", "-", "--reverse"], input: input).out.contains("reverse Kaplan-Meier"))
    #expect(try !survkit(["km", "-"], input: input).out.contains("reverse"))
  }

  @Test("the median on a flat stretch to the end: 102.5 for R, not estimable for SAS, 87 for Stata")
  func flatMedian() throws {
    // Events at 54, 75, 77, 84, 87 of ten, five censored later: S is exactly one half from 87 to 118.
    let events = [54, 75, 77, 84, 87].map { "\($0),1\n" }
    let censored = [92, 103, 105, 112, 118].map { "\($0),0\n" }
    let input = "time,event\n" + (events + censored).joined()
    func median(_ like: String) throws -> JSONTree {
      let run = try survkit(["km", "-", "--like", like, "--format", "json"], input: input)
      return try #require(try run.result()["curves"]?[0]?["median"])
    }
    #expect(try median("r")["estimate"]?.number == 102.5)
    #expect(try median("stata")["estimate"]?.number == 87)
    let sas = try median("sas")
    #expect(sas["estimate"] == .null)
    #expect(
      sas["null_reasons"]?["estimate"]?.string == "not estimable: the curve stays at 0.5 to the end of follow-up")
  }

  @Test("times apart by round-off are one time, unless the tolerance is 0")
  func nearTies() throws {
    let input = "time,event\n2,1\n2.0000000000000004,1\n3,1\n"
    func survival(_ options: [String]) throws -> [Double?] {
      let run = try survkit(["km", "-", "--format", "json", "--quiet"] + options, input: input)
      #expect(run.err.isEmpty)
      return try #require(try run.result()["curves"]?[0]?["surv"]?.doubles)
    }
    let merged = try survival([])
    #expect(merged.count == 2 && abs((merged[0] ?? 0) - 1.0 / 3) < 1e-15 && merged[1] == 0)
    #expect(try survival(["--tie-tolerance", "0"]).count == 3)
    #expect(try survkit(["km", "-"], input: input).out.contains("1 time was merged"))
  }

  @Test("beyond the last observation S is not estimable in the table, and flagged in JSON")
  func beyond() throws {
    let call = ["km", "-", "--times", "1,9"]
    let input = "time,event\n1,1\n2,0\n"
    let run = try survkit(call, input: input)
    #expect(run.out.contains("beyond the last observation"))
    let rows = run.out.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.first { $0.first == "9" }?.dropFirst(3).allSatisfy { $0 == "NE" } == true)
    #expect(rows.first { $0.first == "1" }?.dropFirst(3).first == "0.5000")
    let landmarks = try survkit(call + ["--format", "json", "--quiet"], input: input).result()["curves"]?[0]?[
      "landmarks"]
    #expect(landmarks?["beyond_last_observation"] == .array([.bool(false), .bool(true)]))
    #expect(landmarks?["surv"]?.doubles == [0.5, 0.5])
  }

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      (["--quantiles", "1"], "numbers between 0 and 1"), (["--quantiles", ""], "numbers between 0 and 1"),
      (["--times", "nan"], "numbers of 0 or more"), (["--times", "1,,2"], "\"\" is not one"),
      (["--cluster", "arm"], "Cox model"), (["--strata", "arm"], "--arm"), (["--conf-type", "cloglog"], "cloglog"),
      (["--robust", "--start", "from"], "delayed entry"),
    ])
  func trouble(options: [String], message: String) throws {
    let run = try survkit(["km", "-"] + options, input: "from,time,event,arm\n0,1,1,a\n0,2,0,b\n")
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message))
  }

  @Test("a curve that falls to 0 before others enter says so")
  func emptiedRiskSet() throws {
    let rows = "time,event,start\n1,1,0\n2,1,1.5\n3,1,1.5\n4,0,2\n"
    for command in ["km", "fit"] {
      let run = try survkit([command, "-", "--start", "start"], input: rows)
      #expect(run.out.contains("everybody at risk at 1 has the event, so that S stays 0 though others enter later"))
      #expect(try !survkit([command, "-"], input: rows).out.contains("S stays 0"))
    }
  }
}
