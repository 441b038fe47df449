import Foundation
import ReferenceSuite
import Testing

/// `survkit design`: the numbers of R's rpact 3.3.4 through the command, all three questions, and what it refuses.
@Suite struct DesignCommandTests {
  private func design(_ arguments: [String]) throws -> JSONTree {
    let run = try survkit(["design"] + arguments + ["--format", "json", "--no-timestamp"])
    #expect(run.status == 0, "\(run.err)")
    return try run.result()
  }

  private static let trial = [
    "--control-median", "12", "--accrual", "18", "--follow-up", "12", "--dropout", "0.05", "--dropout-time", "12",
    "--ratio",
    "2",
  ]

  @Test("events, subjects and power, with every assumption in the settings")
  func size() throws {
    let found = try design(["--hr", "0.7", "--power", "0.8"] + Self.trial)
    // rpact: eventsFixed 277.6354926158, nFixed2 158.9328471267, nFixed1 317.8656942533.
    #expect(abs((found["events"]?["exact"]?.number ?? 0) - 277.6354926158) < 1e-8)
    #expect(abs((found["n"]?["exact"]?["control"]?.number ?? 0) - 158.9328471267) < 1e-7)
    #expect(found["events"]?["rounded"]?.number == 278)
    #expect(found["n"]?["rounded"]?["control"]?.number == 159 && found["n"]?["rounded"]?["experimental"]?.number == 318)
    let run = try survkit(["design", "--hr", "0.7", "--power", "0.8", "--format", "json"] + Self.trial)
    let settings = try #require(try run.json()["settings"] as? [String: Any])
    for key in [
      "method", "formula", "alpha", "sides", "null_hr", "control_hazard", "accrual", "follow_up", "dropout_hazard",
    ] {
      #expect(settings[key] != nil, "\(key)")
    }
    let provenance = try #require(try run.json()["provenance"] as? [String: Any])
    #expect(provenance["input"] == nil && provenance["argv"] != nil)
  }

  @Test("power of given numbers, and the hazard ratio they detect")
  func otherQuestions() throws {
    let power = try design(["--hr", "0.7", "--events", "200"])
    // rpact, one-sided 0.025: 0.712979029927.
    #expect(abs((power["power"]?.number ?? 0) - 0.712979029927) < 1e-11)
    let subjects = try design(["--hr", "0.7", "--n", "476.79854138"] + Self.trial)
    #expect(abs((subjects["power"]?.number ?? 0) - 0.8) < 1e-10)
    let detected = try design(["--power", "0.8", "--n", "476.79854138"] + Self.trial)
    #expect(abs((detected["hr"]?.number ?? 0) - 0.7) < 1e-10)
    let harm = try design(["--power", "0.9", "--events", "371.242543844", "--harm"])
    #expect(abs((harm["hr"]?.number ?? 0) - 1.4) < 1e-10)
  }

  @Test("non-inferiority, covariates and the other formulas by name, in text")
  func text() throws {
    let margin = try survkit([
      "design", "--margin", "1.3", "--power", "0.9", "--control-hazard", "0.04", "--accrual", "12", "--follow-up", "24",
      "--dropout", "0.1", "--dropout-time", "12",
    ])
    // rpact: 610.586 events, 486.52 per arm.
    #expect(margin.out.contains("HR >= 1.3 (margin)") && margin.out.contains("611 events, rounded up: power 90."))
    #expect(margin.out.contains("487") && margin.out.contains("974 subjects"))
    let covariate = try survkit([
      "design", "--hr", "2.718281828459045", "--power", "0.8", "--sides", "1", "--covariate-variance", "0.09771876",
      "--covariate-r2", "0.1837", "--event-probability", "0.738",
    ])
    #expect(covariate.out.contains("one covariate") && covariate.out.contains("Hsieh & Lavori"))
    #expect(covariate.out.contains("78 events") && covariate.out.contains("106 subjects"))
    let freedman = try survkit(["design", "--hr", "0.5", "--power", "0.8", "--method", "freedman"])
    #expect(freedman.out.contains("71 events") && freedman.out.contains("Stat Med 1982;1:121"))
    let lachin = try survkit(
      ["design", "--hr", "0.7", "--power", "0.8", "--method", "lachin-foulkes", "--format", "md"] + Self.trial)
    #expect(lachin.out.contains("Biometrics 1986;42:507") && lachin.out.contains("| Control |"))
  }

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      (["--hr", "0.7"], "give two of --hr, --power and a size"),
      (["--hr", "0.7", "--power", "0.8", "--n", "100"], "leave nothing to be found"),
      (["--hr", "0.7", "--n", "100", "--events", "50"], "--n or --events, not both"),
      (["--hr", "0.7", "--n", "100"], "needs the probability of an event"),
      (["--hr", "1", "--power", "0.8"], "no size has any power"),
      (["--hr", "0.7", "--power", "0.8", "--method", "logrank"], "--method takes schoenfeld"),
      (["--hr", "0.7", "--power", "0.8", "--method", "hsieh-lavori"], "belong together"),
      (["--hr", "0.7", "--power", "0.8", "--covariate-r2", "0.2"], "--covariate-r2 belongs to"),
      (["--hr", "0.7", "--power", "0.8", "--covariate-variance", "1", "--ratio", "2"], "--ratio belongs to two arms"),
      (["--hr", "0.7", "--power", "0.8", "--accrual", "12"], "--accrual needs the control arm"),
      (["--hr", "0.7", "--power", "0.8", "--control-median", "12"], "go with --accrual and --follow-up"),
      (["--hr", "0.7", "--power", "0.8", "--control-median", "12", "--control-hazard", "1"], "not both"),
      (["--hr", "0.7", "--power", "0.8", "--control-median", "0"], "--control-median takes a time above 0"),
      (["--hr", "0.7", "--power", "0.8", "--event-probability", "1.5"], "numbers above 0 up to 1"),
      (
        ["--hr", "0.7", "--power", "0.8", "--event-probability", "0.5", "--accrual", "1"],
        "--accrual has no place beside"
      ),
      (["--hr", "0.7", "--power", "0.8", "--event-probability", "0.5,0.4,0.3"], "takes one probability"),
      (
        [
          "--hr", "0.7", "--power", "0.8", "--control-median", "1", "--accrual", "1", "--follow-up", "1", "--dropout",
          "0.1",
        ], "needs --dropout-time"
      ),
      (["--hr", "0.7", "--power", "0.8", "--alpha", "1.2"], "level of the test"),
      (["--hr", "0.7", "--power", "0.8", "--sides", "3"], "1 or 2 sides"),
      (["--margin", "1.3", "--power", "0.8", "--method", "freedman"], "use schoenfeld with a margin"),
    ])
  func trouble(options: [String], message: String) throws {
    let run = try survkit(["design"] + options)
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }
}
