import Foundation
import ReferenceSuite
import Testing

/// `survkit cox --ci --type3 --concordance --predict` against R survival 3.5-3 run to the end (eps = 1e-14), and what they
/// refuse. R's log-likelihoods of 700 leave 13 digits, their differences 12.
@Suite struct CoxInferenceCommandTests {
  private func cox(_ arguments: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(["cox"] + arguments + ["--format", "json", "--quiet"], input: input)
    #expect(run.status == 0, "\(run.err)")
    return try run.result()
  }

  private func isNear(_ found: JSONTree?, _ wanted: [Double?], _ tolerance: Double = 1e-11) -> Bool {
    let values = found?.doubles ?? []
    return values.count == wanted.count
      && zip(values, wanted).allSatisfy { pair in
        guard let a = pair.0, let b = pair.1 else { return pair.0 == nil && pair.1 == nil }
        return abs(a - b) <= tolerance * max(1, abs(b))
      }
  }

  private static let lung = [Reference.path("lung.csv"), "--model", "age + sex + ph.ecog"]

  @Test("profile limits and tests of lung, by three ways with ties: R's coxph with the coefficient as an offset")
  func profile() throws {
    let wanted: [(ties: String, lower: [Double], upper: [Double], chisq: [Double])] = [
      (
        "efron", [-0.006884703043322, -0.8883870049338, 0.2411782837825],
        [0.02946836239673, -0.2293521686269, 0.6867761800775], [1.447204052598, 11.44492293607, 16.62444035638]
      ),
      (
        "breslow", [-0.006909225991178, -0.8876703229305, 0.2404054820421],
        [0.02944130697891, -0.2286222257473, 0.6859909020746], [1.440648008119, 11.41384196903, 16.57035898095]
      ),
      (
        "exact-partial", [-0.006911211914263, -0.8896412107525, 0.2414663324515],
        [0.02949487040171, -0.2297150017423, 0.6878510837606], [1.44299708897, 11.44572589267, 16.61906620067]
      ),
    ]
    for (ties, lower, upper, chisq) in wanted {
      let found = try cox(Self.lung + ["--ci", "profile", "--ties", ties])
      #expect(isNear(found["coef_lower"], lower, 1e-10) && isNear(found["coef_upper"], upper, 1e-10), "\(ties)")
      #expect(isNear(found["lr_chisq"], chisq, 1e-10), "\(ties)")
      let ratio = try #require(found["hr_lower"]?[1]?.number)
      #expect(abs(ratio - exp(lower[1])) < 1e-10 && found["z"] == nil)
    }
  }

  @Test("separated data: the limit that is finite, the reason for the other, and the way there")
  func separated() throws {
    let input = "time,event,x\n1,1,1\n2,1,1\n3,1,1\n4,1,0\n5,1,0\n6,1,0\n"
    let plain = try survkit(["cox", "-", "--model", "x"], input: input)
    #expect(plain.out.contains("--ci profile") && plain.out.contains("--ci firth"))
    let run = try survkit(["cox", "-", "--model", "x", "--ci", "profile", "--format", "json"], input: input)
    let found = try run.result()
    // exp of the root of 2 Σ ln(1 + 3 e^−b/k) = 3.84145…, and 2 ln 20.
    #expect(isNear(found["hr_lower"], [exp(0.66446189631296066)]) && isNear(found["hr_upper"], [nil]))
    #expect(isNear(found["lr_chisq"], [5.991464547107982]) && isNear(found["coef"], [nil]))
    #expect(run.out.contains("no finite limit (tends to +infinity)") && run.out.contains("\"ci\": \"profile\""))
    #expect(try survkit(["cox", "-", "--model", "x", "--ci", "profile"], input: input).out.contains("1.943 to NE"))
    let firth = try cox(["-", "--model", "x", "--ci", "firth"], input: input)
    // The penalised likelihood maximised with forty digits.
    #expect(isNear(firth["coef"], [2.565240807371146]) && isNear(firth["coef_upper"], [7.486060990503363]))
    #expect(firth["score_test"] == nil && isNear(firth["aic"].map { .array([$0]) }, [nil]))
  }

  @Test("tests of terms of veteran: Wald from R's vcov, model-based and robust; likelihood ratio from R's refits")
  func terms() throws {
    let model = [Reference.path("veteran.csv"), "--model", "trt*celltype + karno"]
    let found = try #require(try cox(model + ["--type3", "lr"])["type3"])
    #expect(found[0]?["terms"]?.names == ["trt", "celltype", "karno", "trt:celltype"])
    #expect(found[0]?["df"]?.doubles == [1, 3, 1, 3] && found[1]?["test"]?.string == "lr")
    #expect(isNear(found[0]?["chisq"], [0.26784307000787, 5.9668016356037, 34.642473435722, 6.8557880084265]))
    #expect(isNear(found[1]?["chisq"], [0.26229541717134, 5.4059571087557, 33.641168703895, 6.6457516154004], 1e-10))
    let robust = try #require(try cox(model + ["--robust"])["type3"])
    #expect(robust[1] == nil)
    #expect(isNear(robust[0]?["chisq"], [0.59370663357513, 12.099189309562, 35.071814689868, 9.3442881452012]))
    // drop1(coxph(…)) of the main effects.
    let main = try #require(
      try cox([model[0], "--model", "trt + celltype + karno", "--type3", "lr"])["type3"]?[1])
    #expect(isNear(main["chisq"], [1.6974176458, 18.1023703707, 35.2116461292], 1e-9))
    let text = try survkit(["cox"] + model + ["--type3", "wald"]).out
    #expect(text.contains("Type 3 test of term (Wald)") && text.contains("trt:celltype"))
  }

  @Test("concordance by every weight of time, as R's timewt")
  func concordance() throws {
    let wanted = [
      ("n", 0.602853002898, 0.02549867776973), ("S", 0.5996619997233, 0.02433357544947),
      ("S/G", 0.596045494807, 0.02339933854751), ("n/G2", 0.596045494807, 0.02339933854751),
      ("I", 0.585081165458, 0.02312773003584),
    ]
    for (weight, estimate, error) in wanted {
      let found = try #require(
        try cox([Self.lung[0], "--model", "age + sex", "--concordance", weight])["concordance"])
      #expect(found["time_weight"]?.string == weight)
      #expect(isNear(.array([found["c"] ?? .null, found["se"] ?? .null]), [estimate, error]))
    }
  }

  @Test("linear predictors, hazard ratios and expected events of new subjects as R's predict")
  func predictions() throws {
    // lung with a 0/1 column, weights 1, 2, 0.5, 3 in turn and every third row entering halfway.
    let rows = try String(contentsOfFile: Self.lung[0], encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let place = { (name: String) in try #require(rows[0].firstIndex(of: name)) }
    let (time, event, age, sex, ecog) = try (
      place("time"), place("event"), place("age"), place("sex"), place("ph.ecog")
    )
    var text = "time,event,age,female,sex,ph.ecog,w,start\n"
    let whole = rows.dropFirst().filter { Double($0[ecog]) != nil }
    for (i, row) in whole.enumerated() {
      let start = i % 3 == 2 ? ((Double(row[time]) ?? 0) / 2).rounded(.down) : 0
      text +=
        [
          row[time], row[event], row[age], row[sex] == "2" ? "1" : "0", row[sex], row[ecog],
          ["1", "2", "0.5", "3"][i % 4], "\(start)",
        ].joined(separator: ",") + "\n"
    }
    let subjects = "age,ph.ecog,female,sex,time,start\n50,0,0,1,100,20\n70,2,1,2,500,100\n62,1,1,2,900,300\n"
    try withFolder { folder in
      let (data, file) = (folder.appendingPathComponent("d.csv"), folder.appendingPathComponent("s.csv"))
      try text.write(to: data, atomically: true, encoding: .utf8)
      try subjects.write(to: file, atomically: true, encoding: .utf8)
      func predict(_ arguments: [String]) throws -> JSONTree {
        try #require(
          try cox([data.path, "--predict", file.path, "--times", "100"] + arguments)["predict"])
      }
      let plain = try predict(["--model", "age + female + ph.ecog"])
      #expect(isNear(plain["lp"], [0.553338229805933, 1.14951807642793, 0.597255484543252]))
      #expect(isNear(plain["lp_centred"], [-0.579128462126968, 0.0170513844950331, -0.535211207389649]))
      #expect(isNear(plain["lp_centred_se"], [0.143842185972561, 0.205998696516421, 0.16762669150889]))
      #expect(isNear(plain["expected"], [0.0908839196018699, 1.53856615253915, 2.17248111976857]))
      #expect(isNear(plain["expected_se"], [0.0228476038386407, 0.283460565002322, 0.408626976399218]))
      let weighted = ["--model", "age + ph.ecog + strata(sex)", "--weight", "w"]
      let strata = try predict(weighted)
      #expect(isNear(strata["lp"], [0.989620642166122, 2.12760287836579, 1.5981965859526]))
      #expect(isNear(strata["lp_centred"], [-0.610671699560074, 0.576265084579111, 0.0468587921659241]))
      #expect(isNear(strata["lp_centred_se"], [0.121595960140039, 0.111624502509463, 0.00911532367939252]))
      #expect(isNear(strata["expected"], [0.0797225134022973, 1.23816997931484, 2.56234870800861]))
      #expect(isNear(strata["expected_se"], [0.0176495306288089, 0.202940274333993, 0.586177167409432]))
      let late = try predict(weighted + ["--start", "start"])
      #expect(isNear(late["lp_centred"], [-0.622775962794609, 0.59048332456696, 0.0480481574596417]))
      #expect(isNear(late["expected"], [0.072785934200011, 1.19040908157399, 2.23482640261774]))
      // R gives no error of a hazard from an entry on; the delta method with slopes of refitted hazards does.
      #expect(isNear(late["expected_se"], [0.01874765348654, 0.2073707978638, 0.5845353748022], 1e-9))
    }
  }

  @Test("settings that exclude each other, each by the name of its option")
  func refused() throws {
    func refusal(_ arguments: [String]) throws -> String {
      let run = try survkit(["cox"] + Self.lung + arguments)
      #expect(run.status == 64)
      return run.err
    }
    #expect(try refusal(["--ci", "profile", "--robust"]).contains("--ci profile is not defined with --robust"))
    #expect(try refusal(["--ci", "firth", "--cluster", "inst"]).contains("--ci firth is not defined with --robust"))
    #expect(try refusal(["--ci", "firth", "--ties", "exact-marginal"]).contains("use efron or breslow"))
    #expect(try refusal(["--ci", "firth", "--zph", "km"]).contains("--zph"))
    #expect(try refusal(["--type3", "lr", "--robust"]).contains("--type3 lr"))
    #expect(try refusal(["--concordance", "G"]).contains("n, S, S/G, n/G2, I"))
    let run = try survkit(["cox", "-", "--model", "x"], input: "time,event,x\n1,0,1\n2,0,2\n")
    #expect(
      run.status == 65 && run.err.contains("standard input") && run.err.contains("column \"event\""), "\(run.err)")
  }
}
