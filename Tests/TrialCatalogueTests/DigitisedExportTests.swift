import Reconstruction
import Survival
import Testing
import TrialCatalogue
import TrialData

/// Small invented exports, written as each tool writes them.
@Suite struct DigitisedExportTests {
  private func source(_ text: String, _ name: String = "curve.csv") -> ByteSource {
    ByteSource(name: name, bytes: Array(text.utf8))
  }

  private func arms(
    _ curve: String, atRisk: String? = nil, marks: String? = nil, _ subjects: [String: Int] = ["": 10]
  ) throws -> [ArmFacts] {
    try DigitisedFigure(
      curve: source(curve), atRisk: atRisk.map { source($0, "n.csv") },
      censorMarks: marks.map { source($0, "marks.csv") },
      subjects: subjects
    ).arms
  }

  private func readings(_ pairs: [(Double, Double)]) -> [ArmFacts.Reading] {
    pairs.map { .init(time: $0.0, survival: $0.1) }
  }

  private static let male = [(0.0, 1.0), (1.5, 0.9), (3, 0.75)]
  private static let female = [(0.0, 1.0), (2, 0.95)]

  @Test(
    "one curve",
    arguments: [
      // WebPlotDigitizer, "view data" of one data set: no header (automeris.io, manual, "export").
      ("0, 1\n1.5, 0.9\n3, 0.75\n", "all"),
      // The same in "all data": the data set over its pair (WebPlotDigitizer, services/dataExport).
      ("Overall,\nX,Y\n0,1\n1.5,0.9\n3,0.75\n", "Overall"),
      // Engauge: simple header, comma, semicolon (decimal commas), tab, blanks; the Gnuplot header begins with # (Engauge help,
      // Export Setup dialog).
      ("x,Curve1\n0,1\n1.5,0.9\n3,0.75\n", "Curve1"), ("x;Curve1\r\n0;1\r\n1,5;0,9\r\n3;0,75\r\n\r\n\r\n", "Curve1"),
      ("x\tCurve1\n0\t1\n1.5\t0.9\n3\t0.75\n", "Curve1"), ("#x Curve1\n0 1\n1.5  0.9\n3 0.75\n", "Curve1"),
      // DigitizeIt (digitizeit.xyz, documentation, "export") and ScanIt: two columns, tab or semicolon, no header.
      ("0\t1\n1,5\t0,9\n3\t0,75\n", "all"), ("  0 ;1\n1.5; 0.9 \n3;0.75;\n", "all"),
      // The three columns of survHE's digitise, an index before them.
      ("ID\ttime\tsurvival \t\n1\t0\t1\n2\t1.5\t0.9\n3\t3\t0.75\n", "all"),
      // Plot Digitizer (plotdigitizer.com, docs, "Export"): x,y; a byte order mark from a spreadsheet.
      ("\u{FEFF}x,y\n0,1\n1.5,0.9\n3,0.75\n", "all"),
      ("\"X\",\"Y\"\n\"0\",\"1\"\n\"1,5\",\"0,9\"\n\"3\",\"0,75\"\n", "all"),
      // By hand.
      ("time,survival\n0,1\n1.5,0.9\n3,0.75\n", "all"), ("Months;Survival (%)\n0;100\n1,5;90\n3;75", "all"),
      ("survival,time\n1,0\n.9,1.5\n7.5e-1,3\n", "all"), ("Time\n\n0,1\n1.5,0.9\n\n3,0.75\n", "all"),
    ])
  func oneCurve(text: String, name: String) throws {
    let found = try arms(text)
    #expect(found.map(\.arm) == [name] && found[0].subjects == 10 && found[0].isReadToEnd)
    #expect(found[0].readings == readings(Self.male), "\(text)")
  }

  @Test(
    "several curves of different length",
    arguments: [
      "male,,female,\nX,Y,X,Y\n0,1,0,1\n1.5,0.9,2,0.95\n3,0.75,,\n",
      // Engauge: functions share their times, relations have their own, "one curve per line" repeats the header.
      "x,male,female\n0,1,1\n1.5,0.9,\n2,,0.95\n3,0.75,\n", "x,male,x,female\n0,1,0,1\n1.5,0.9,2,0.95\n3,0.75\n",
      "x,male\n0,1\n1.5,0.9\n3,0.75\n\nx,female\n0,1\n2,0.95\n",
      "x\tmale\tfemale\n0\t1\t1\n1,5\t0,9\tNA\n2\tNA\t0,95\n3\t0,75\tNA\n",
      "time,survival,arm\n0,1,male\n0,1,female\n1.5,0.9,male\n2,0.95,female\n3,0.75,male\n",
      "Arm;Time;S\nmale;0;1\nmale;1,5;0,9\nmale;3;0,75\nfemale;0;1\nfemale;2;0,95\n",
      "0,1,male\n1.5,0.9,male\n3,0.75,male\n0,1,female\n2,0.95,female\n",
    ])
  func severalCurves(text: String) throws {
    let found = try arms(text, ["male": 10, "female": 20])
    #expect(found.map(\.arm) == ["male", "female"] && found.map(\.subjects) == [10, 20])
    #expect(found[0].readings == readings(Self.male) && found[1].readings == readings(Self.female))
  }

  @Test("pairs without names are numbered; a curve may be called treatment")
  func names() throws {
    #expect(
      try arms("X,Y,X,Y\n0,1,0,1\n1,.9,1,.8\n", ["curve 1": 3, "curve 2": 4]).map(\.subjects) == [3, 4])
    #expect(
      try arms("time,treatment,placebo\n0,1,1\n1,.9,.8\n", ["treatment": 3, "placebo": 4]).map(\.arm) == [
        "treatment", "placebo",
      ])
    #expect(try arms("time,1,2\n0,1,1\n1,.9,.8\n", ["1": 3, "2": 4]).map(\.arm) == ["1", "2"])
  }

  @Test(
    "numbers at risk: long, wide, partly known, not from 0",
    arguments: [
      "time,n,arm\n0,10,male\n6,4,male\n0,20,female\n3,15,female\n6,9,female\n",
      "time,male,female\n0,10,20\n3,,15\n6,4,9\n", "Months\tfemale\tmale\n0\t20\t10\n3\t15\tNA\n6\t9\t4\n",
      "female,,male,\ntime,n,time,n\n6,9,6,4\n3,15,0,10\n0,20\n",
    ])
  func atRisk(text: String) throws {
    let found = try arms("x,male,female\n0,1,1\n3,.9,.8\n", atRisk: text, [:])
    #expect(found.map(\.subjects) == [10, 20])
    #expect(found[0].atRisk == [.init(time: 0, count: 10), .init(time: 6, count: 4)])
    #expect(found[1].atRisk == [.init(time: 0, count: 20), .init(time: 3, count: 15), .init(time: 6, count: 9)])
    let late = try arms(
      "x,y\n0,1\n3,.9\n", atRisk: "Interval\ttime\tlower\tupper\tnrisk \t\n1\t2\t1\t7\t9\n2\t4\t8\t9\t5\n")
    #expect(late[0].subjects == 10 && late[0].atRisk == [.init(time: 2, count: 9), .init(time: 4, count: 5)])
  }

  @Test("censor marks: one column of times, ascending; by arm")
  func censorMarks() throws {
    #expect(try arms("x,y\n0,1\n3,.9\n", marks: "time\n2.5\n1\n")[0].censorMarks == [1, 2.5])
    #expect(try arms("x,y\n0,1\n3,.9\n", marks: "2,5\n1\n").map(\.censorMarks).isEmpty == false)
    #expect(try arms("x,y\n0,1\n3,.9\n", marks: "1\n2.5\n")[0].censorMarks == [1, 2.5])
    #expect(try arms("x,y\n0,1\n3,.9\n", marks: "x, y\n2.5, 0.9\n1, 0.95\n")[0].censorMarks == [1, 2.5])
    let both = try arms(
      "x,A,B\n0,1,1\n3,.9,.8\n", marks: "time,arm\n2,A\n1,B\n2,B\n", ["A": 5, "B": 6])
    #expect(both.map(\.censorMarks) == [[2], [1, 2]])
    #expect(try arms("x,y\n0,1\n3,.9\n")[0].censorMarks == [])
  }

  @Test("scale, direction and clicks beside the axes are recognised, and said; a statement settles them")
  func recognition() throws {
    func made(_ text: String, _ axis: DigitisedFigure.Axis = .init()) throws -> DigitisedFigure {
      try DigitisedFigure(curve: source(text), subjects: ["": 10], axis: axis)
    }
    let percent = try made("x,y\n0,98.5\n4,50\n")
    #expect(percent.arms[0].readings == readings([(0, 0.985), (4, 0.5)]))
    #expect(percent.notes.map(\.message) == ["readings taken as percentages: the largest is 98.5"])
    #expect(percent.axis == .init(scale: .percent, direction: .survival))
    let failure = try made("x,y\n0,0\n4,0.25\n")
    #expect(failure.arms[0].readings == readings([(0, 1), (4, 0.75)]))
    #expect(failure.notes.map(\.code) == ["failure-recognised"] && failure.notes[0].message.contains("rises from 0"))
    let both = try made("x,y\n0,0\n4,25\n")
    #expect(both.notes.map(\.code) == ["percent-recognised", "failure-recognised"])
    #expect(try made("x,y\n0,0\n4,25\n", .init(scale: .percent, direction: .failure)).notes.isEmpty)
    #expect(try made("x,y\n0,0.2\n4,0.2\n", .init(direction: .survival)).arms[0].readings[1].survival == 0.2)
    #expect(
      try made("x,y\n0,1\n4,0.5\n", .init(scale: .percent, direction: .survival)).notes.map(\.code) == ["percent-small"]
    )
    let clicks = try made("x,y\n-0.05,1.004\n1,1.01\n10,0.5\n")
    #expect(clicks.arms[0].readings == readings([(0, 1), (1, 1), (10, 0.5)]))
    #expect(
      clicks.notes.map(\.message) == [
        "clicks beside the axes were moved onto them: 1 with a time below 0 (least -0.05), 2 outside the value axis "
          + "(1.004 to 1.01)"
      ])
    #expect(
      try made("id,time,survival,se\n1,0,1,0\n2,3,.9,.1\n").notes.map(\.message) == [
        "curve.csv: not used: columns id, se"
      ])
  }

  @Test(
    "trouble names file, row and column, what was found and what to do",
    arguments: [
      ("x,y\n0,1\n1,abc\n", nil, "curve.csv: row 2, column \"y\": \"abc\" is not a number"),
      ("x,y\n0,1\n1,\n", nil, "curve.csv: row 2, column \"y\": is empty: a reading lacks its value"),
      ("0,1\n,0.5\n", nil, "curve.csv: row 2, column \"column 1\": is empty: a reading lacks its time"),
      ("x,y\n0,1\n-3,.9\n8,.5\n", nil, "curve.csv: row 2: a reading stands at time -3, before 0"),
      ("x,y\n0,1\n8,1.1\n", nil, "curve.csv: row 2, column \"y\": a reading of 1.1 is no probability; correct it"),
      ("x,y\n0,100\n8,103\n", nil, "row 2, column \"y\": a reading of 103 is no percentage"),
      ("x,A,B\n0,1,0\n8,.5,.5\n", nil, "the curve of B rises and that of A does not"),
      ("0,1,2\n1,2,3\n", nil, "curve.csv: two columns are needed, time and survival"),
      ("x,A,A\n0,1,1\n", nil, "curve.csv: two curves are named \"A\""),
      ("x,y\n", nil, "curve.csv: has a header and no rows"),
      ("\n\n", nil, "curve.csv: is empty"), ("a\u{0}", nil, "NUL byte"), ("x,y\n\"0,1\n", nil, "never closed"),
      ("arm,x,y\nA,0,1\n,1,.9\n", nil, "curve.csv: row 2, column \"arm\": is empty; name the arm"),
      ("x,A,B\n0,1,1\n", "time,A,C\n0,5,6\n", "curve.csv: has no arm C, which stands in n.csv"),
      ("x,A,B\n0,1,1\n", "time,A\n0,5\n", "n.csv: has no arm B, which stands in curve.csv"),
      ("x,A,B\n0,1,1\n", "time,n\n0,5\n", "n.csv: has no arm A, which stands in curve.csv; it names no arms"),
      ("x,A,B\n0,1,1\n", "time,A,B\n0,5,5.5\n", "n.csv: row 1, column \"B\": 5.5 is not a number of subjects"),
      ("x,y\n0,1\n", "time,n\n0,5\n0,6\n", "n.csv: row 2, column \"n\": 6 at risk at time 0, where another row has 5"),
      ("x,y\n0,1\n", "time,n\n-2,5\n", "n.csv: row 1: a number at risk stands at time -2"),
    ] as [(String, String?, String)])
  func trouble(curve: String, atRisk: String?, message: String) {
    #expect {
      try arms(curve, atRisk: atRisk, curve.contains("A") ? ["A": 9, "B": 9] : ["": 9])
    } throws: {
      "\($0)".contains(message)
    }
  }

  @Test("one slip among probabilities is no scale")
  func slip() {
    let text = "x,y\n" + (0..<40).map { "\($0),\($0 == 7 ? "9.8" : "0.9")\n" }.joined()
    #expect {
      try arms(text)
    } throws: {
      "\($0)".contains(
        "curve.csv: row 8, column \"y\": 9.8 is no probability, and the other readings are no percentages")
    }
  }
}
