internal import ArgumentParser
internal import Reporting
internal import Survival

/// `survkit simulate`: what a design comes to, by simulation.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Power, type-I error, bias and coverage of a two-arm design by simulation.",
    discussion: """
      Trials are drawn from the design and analysed by every --test; with --null as well from the same design with equal hazards. \
      Tests: those of survkit test (log-rank, gehan-breslow, tarone-ware, peto, modified-peto, fh:RHO,GAMMA, mwlrt:T, maxcombo, \
      maxcombo:RHO,GAMMA;...), cox-wald, rmst:TAU (difference of restricted means) and landmark:T (difference of survival at T).

      The same seed gives the same numbers on any machine with any number of threads. All names, times and rates are in one unit of time.

      Examples: survkit simulate --hr 0.7 --n 410 --control-median 12 --accrual 18 --follow-up 12 --null
                survkit simulate --hr 1,0.6@3 --n 600 --control-median 12 --accrual 18 --events 380 --test log-rank --test fh:0,1
      """)

  @OptionGroup(title: "Design options") var design: ScenarioOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  @Option(
    name: .customLong("test"), parsing: .singleValue,
    help: ArgumentHelp("A test; repeatable. log-rank when none is given.", valueName: "name"))
  var tests: [String] = []

  @Option(help: ArgumentHelp("Level of the test, over both sides.", valueName: "p"))
  var alpha = 0.05

  @Option(help: "Sides of the test, 1 or 2.")
  var sides = 2

  @Flag(help: "A one-sided test looks for a hazard ratio above 1, not below.")
  var harm = false

  @Option(help: "Confidence level of the interval of the hazard ratio.")
  var level = 0.95

  @Option(help: "Tied events of the Cox model: efron or breslow.")
  var ties = "efron"

  @Option(help: ArgumentHelp("Number of simulated trials.", valueName: "count"))
  var replicates = 10_000

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64 = 1

  @Flag(help: "Simulate the design with a hazard ratio of 1 as well: the type-I error.")
  var null = false

  @Option(help: ArgumentHelp("Threads; all processors when not given. Changes no number.", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Write the first simulated trial to this CSV file, marked as simulated.", valueName: "file"))
  var emitTrial: String?

  mutating func run() throws {
    if harm, sides == 2 { throw UsageError("--harm belongs to --sides 1; a test of two sides looks both ways") }
    if let threads {
      guard (1...1024).contains(threads) else { throw UsageError("--threads takes 1 to 1024, not \(threads)") }
      Parallelism.threads = threads
    }
    guard (1...10_000_000).contains(replicates) else {
      throw UsageError("--replicates takes 1 to 10000000, not \(replicates)")
    }
    guard let method = TieMethod(rawValue: ties), !method.isExact else {
      throw UsageError("--ties takes efron or breslow here, not \(ties)")
    }
    if emitTrial == "-" { throw UsageError("--emit-trial takes a file; standard output has the table") }
    let scenario = try design.scenario()
    let named = try (tests.isEmpty ? ["log-rank"] : tests).map { name throws(UsageError) in try Simulate.test(name) }
    func simulation(_ scenario: TrialScenario) throws -> TrialSimulation {
      try TrialSimulation(
        scenario, tests: named, test: DesignTest(alpha: alpha, sides: sides), isBenefit: !harm, level: level,
        ties: method,
        replicates: replicates, seed: seed)
    }
    let alternative = try simulation(scenario)
    // Equal hazards are the null hypothesis already.
    let isNull = scenario.hazardRatio.values == [1]
    let underNull = null && !isNull ? try simulation(try scenario.underNull()) : nil
    try output.check(data: nil, plot: emitTrial)
    let progress = ProgressBar(total: replicates * (underNull == nil ? 1 : 2), isQuiet: output.quiet)
    let found = try alternative.run { progress.add($0) }
    let foundUnderNull = try underNull?.run { progress.add($0) }
    progress.finish()
    if let emitTrial { try Output.file(Simulate.csv(alternative), path: emitTrial, force: output.force) }
    try output.write(SimulationReport(alternative: found, null: foundUnderNull, emitted: emitTrial != nil))
  }

  private static func test(_ name: String) throws(UsageError) -> TrialTest {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    func time() throws(UsageError) -> Double {
      let times = try numberList(parts.last, option: "--test \(parts[0]):", range: "one time above 0") { $0 > 0 }
      guard parts.count == 2, times.count == 1 else { throw UsageError("--test \(parts[0]):T takes one time above 0") }
      return times[0]
    }
    switch parts[0] {
    case "cox-wald" where parts.count == 1: return .wald
    case "rmst": return .restrictedMean(tau: try time())
    case "landmark": return .landmark(time: try time())
    default:
      do throws(UsageError) {
        switch try NamedTest(name) {
        case .weighted(let weighting): return .logRank(weighting)
        case .maxCombo(let weightings): return .maxCombo(weightings)
        }
      } catch {
        let isUnknown = error.message.contains("is not known")
        throw isUnknown ? UsageError(error.message + ", cox-wald, rmst:TAU, landmark:T") : error
      }
    }
  }

  /// One trial as rows; every row says that it was made up.
  private static func csv(_ simulation: TrialSimulation) -> String {
    let rows = simulation.rows(ofReplicate: 0)
    var text = "id,arm,entry_calendar,time,event,simulated\n"
    for i in rows.time.indices {
      text +=
        "\(i + 1),\(rows.isExperimental[i] ? "experimental" : "control"),\(rows.entryTime[i]),\(rows.time[i]),"
        + "\(rows.isEvent[i] ? 1 : 0),seed \(simulation.seed) replicate 1\n"
    }
    return text
  }
}
