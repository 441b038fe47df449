import Testing
import TrialData

/// ADaM's variables beside time and event: PARAMCD, AVALU, USUBJID, EVNTDESC, CNSDTDSC, TRT01PN.
@Suite struct AnalysisVariableTests {
  private static let parameters = """
    PARAMCD,PARAM,AVAL,CNSR
    OS,Overall survival,10,0
    PFS,Progression-free survival,4,0
    OS,Overall survival,12,1

    """

  @Test("rows of several parameters stop with their codes, names and counts")
  func parameters() throws {
    let error = fault(Self.parameters)
    #expect(error?.kind == .data && error?.column == "PARAMCD")
    #expect(
      error?.message.hasSuffix(
        "OS (Overall survival), 2 rows; PFS (Progression-free survival), 1 row. Choose one: --select OS")
        == true, "\(error?.message ?? "")")
    #expect(
      fault(Self.parameters) { $0.conditions = [RowCondition(column: "PARAMCD", value: "OS|PFS")] }?.kind == .data)
    #expect(
      fault(Self.parameters.replacing("PARAMCD", with: "KIND"))?.message.contains("--where \"PARAM=Overall survival\"")
        == true)
    let chosen = try dataset(Self.parameters) { $0.parameter = "OS" }
    #expect(chosen.time == [10, 12] && chosen.rowsExcluded == 1 && chosen.conditions.map(\.text) == ["PARAMCD=OS"])
    #expect(
      try dataset(Self.parameters) { $0.conditions = [RowCondition(column: "AVAL", .atLeast, value: "10")] }.count == 2)
    // As arm or stratum, parameters are told apart.
    #expect(try dataset(Self.parameters) { $0.arm = "PARAMCD" }.count == 3)
    #expect(try dataset(Self.parameters) { $0.strata = ["PARAMCD"] }.count == 3)
    for code in ["os", "DOR", ""] {
      let unknown = fault(Self.parameters) { $0.parameter = code }
      #expect(unknown?.kind == .usage && unknown?.message.contains("OS (Overall survival), 2 rows") == true)
    }
    #expect(fault("time,event\n1,1\n") { $0.parameter = "OS" }?.message.contains("no column PARAMCD") == true)
  }

  @Test(
    "conditions: alternatives, differences and numbers",
    arguments: [
      ("SEX=F", [1, 3]), ("SEX=F|U", [1, 3, 4]), ("SEX!=F", [2, 4]), ("SEX=M|", [2]), ("AGE!=65", [2, 3, 4]),
      ("AGE>=65", [1, 2]), ("AGE>65", [2]), ("AGE<=65", [1, 4]), ("AGE<65", [4]), ("AGE<6.5e1", [4]),
      ("NOTE=A|B", [2]), ("NOTE!=", [1, 2]), ("NOTE=", [3, 4]),
    ])
  func conditions(text: String, rows: [Int]) throws {
    // The missing age is in no comparison of numbers; NOTE has "A|B" as a text.
    let table = "time,event,SEX,AGE,NOTE\n1,1,F,65.0,A\n2,0,M,70,A|B\n3,1,F,NA,\n4,0,U,9,\n"
    let condition = try #require(RowCondition(text))
    #expect(condition.text == text)
    #expect(try dataset(table) { $0.conditions = [condition] }.sourceRows == rows)
  }

  @Test("a comparison of numbers refuses other text, with the row, among the rows that the conditions on text leave")
  func comparisonOfText() throws {
    let table = "time,event,AGE,SITE\n1,1,65,a\n2,0,old,a\n3,1,x,b\n4,1,70,c\n"
    let error = fault(table) { $0.conditions = [RowCondition(column: "AGE", .above, value: "60")] }
    #expect(error?.kind == .data && error?.row == 2 && error?.column == "AGE")
    #expect(error?.message.contains("the condition AGE>60 compares numbers; the cell is text") == true)
    let left = try dataset(table) {
      $0.conditions = [RowCondition(column: "AGE", .above, value: "60"), RowCondition(column: "SITE", value: "c")]
    }
    #expect(left.sourceRows == [4])
    #expect(fault(table) { $0.conditions = [RowCondition(column: "AGE", .above, value: "old")] }?.kind == .usage)
    #expect(
      fault("time,event,AGE\n1,1,6\n") { $0.conditions = [RowCondition(column: "AGE", .above, value: "6")] }?.message
        == "no row has AGE>6")
    for text in ["", "AGE", "=1", ">1", "!=a"] { #expect(RowCondition(text) == nil) }
  }

  @Test("the unit is what AVALU says; times are converted on request alone")
  func units() throws {
    let days = "AVAL,AVALU,CNSR\n30.4375,DAYS,0\n365.25,Day,1\n60.875,,0\n"
    #expect(try dataset(days).measure?.sentence == "Times in DAYS, as AVALU says")
    #expect(try dataset(days).time == [30.4375, 365.25, 60.875])
    func converted(_ text: String, _ request: String) throws -> TrialDataset {
      try dataset(text) { $0.timeUnit = TimeUnitRequest(request) }
    }
    // A month is 365.25 / 12 days.
    let months = try converted(days, "months")
    #expect(months.time == [1, 12, 2])
    #expect(months.measure?.sentence == "Times in months: DAYS as AVALU says, divided by 30.4375")
    #expect(try converted(days, "years").time == [30.4375 / 365.25, 1, 60.875 / 365.25])
    #expect(try converted(days, "days").time == [30.4375, 365.25, 60.875])
    #expect(try converted(days, "days:weeks").time[1] == 365.25 / 7)
    let weeks = try converted("AVAL,AVALU,CNSR\n2,WEEKS,0\n", "days")
    #expect(weeks.time == [14] && weeks.measure?.sentence == "Times in days: WEEKS as AVALU says, times 7")
    #expect(try converted("AVAL,AVALU,CNSR\n18,MONTHS,0\n", "years").time == [1.5])
    #expect(try converted("time,event\n487,1\n", "days:months").time == [16])
    #expect(
      try converted("time,event\n487,1\n", "days:months").measure?.sentence
        == "Times in months: days as the call says, divided by 30.4375")
    let entered = try dataset("AVAL,AVALU,CNSR,S\n14,DAYS,0,7\n") {
      $0.timeUnit = TimeUnitRequest("weeks")
      $0.start = "S"
    }
    #expect(entered.time == [2] && entered.start == [1])
  }

  @Test("a unit that is not known, or contradicted, or one of several, stops")
  func unitTrouble() throws {
    func trouble(_ text: String, _ request: String?) -> TrialDataError? {
      fault(text) { $0.timeUnit = request.flatMap { TimeUnitRequest($0) } }
    }
    let two = "AVAL,AVALU,CNSR\n1,DAYS,0\n2,MONTHS,1\n"
    #expect(trouble(two, nil)?.kind == .data && trouble(two, nil)?.message.contains("DAYS (1), MONTHS (1)") == true)
    #expect(trouble("time,event\n1,1\n", "months")?.message.contains("--time-unit days:months") == true)
    #expect(trouble("AVAL,AVALU,CNSR\n1,,0\n", "months")?.message.contains("AVALU is empty") == true)
    #expect(trouble("AVAL,AVALU,CNSR\n1,DAYS,0\n", "weeks:months")?.kind == .usage)
    #expect(trouble("AVAL,AVALU,CNSR\n1,CYCLES,0\n", "months")?.message.contains("the unit CYCLES") == true)
    #expect(try dataset("AVAL,AVALU,CNSR\n1,CYCLES,0\n").measure?.unit == "CYCLES")
    // AVALU is the unit of AVAL, and of no other column.
    #expect(try dataset("time,AVALU,CNSR\n1,DAYS,0\n").measure == nil)
    #expect(try dataset("AVAL,AVALU,CNSR\n1,,0\n").measure == nil)
    for text in ["", "day", "months:", ":months", "days:months:years", "DAYS"] { #expect(TimeUnitRequest(text) == nil) }
  }

  @Test("descriptions that make a coding look reversed stop it; the caller's word is taken, with a remark")
  func reversed() throws {
    let reversed = "AVAL,CNSR,CNSDTDSC\n1,0,LAST ALIVE\n2,0,LAST ALIVE\n3,1,\n"
    let error = fault(reversed)
    #expect(error?.kind == .data && error?.column == "CNSR")
    #expect(error?.message.contains("looks reversed (CNSR = 0: 2 events, 1 censored)") == true)
    #expect(error?.message.hasSuffix("--event-values 0") == true)
    let confirmed = try dataset(reversed) { $0.eventValues = ["0"] }
    #expect(confirmed.isEvent == [true, true, false] && confirmed.remarks.map(\.code) == ["censored-events"])
    let turned = try dataset(reversed) { $0.eventValues = ["1"] }
    #expect(turned.isEvent == [false, false, true] && turned.remarks.map(\.code) == ["event-codes-doubtful"])
    #expect(fault("AVAL,CNSR,EVNTDESC\n1,0,CENSORED AT CUT\n3,1,DEATH\n")?.message.contains("looks reversed") == true)
    #expect(fault("AVAL,CNSR,CNSDTDSC\n1,0,X\n3,0,Y\n")?.message.contains("looks reversed") == true)
    // Right ones, and ones that say too little.
    for right in [
      "AVAL,CNSR,CNSDTDSC\n1,0,\n3,1,LAST ALIVE\n", "AVAL,CNSR,EVNTDESC\n1,0,DEATH\n3,1,CENSORED\n",
      "AVAL,CNSR,CNSDTDSC\n1,0,\n3,1,\n", "AVAL,CNSR,CNSDTDSC,EVNTDESC\n1,1,LAST ALIVE,ALIVE\n",
      "AVAL,CNSR,EVNTDESC\n1,0,DEATH\n3,1,\n",
    ] {
      #expect(try dataset(right).remarks.isEmpty, "\(right)")
    }
    let some = try dataset("AVAL,CNSR,CNSDTDSC\n1,0,\n2,0,LAST ALIVE\n3,1,LAST ALIVE\n")
    #expect(some.remarks.first?.message.contains("1 row read as an event has a description of a censoring") == true)
    #expect(try dataset("AVAL,CNSR,EVNTDESC\n1,0,\n3,1,LOST\n").remarks.map(\.code) == ["undescribed-events"])
  }

  @Test("subjects with several rows are told unless the call says what they are")
  func subjects() throws {
    let text = "USUBJID,AVAL,CNSR,S\na,1,0,0\na,2,1,1\nb,3,0,0\nc,,0,0\nc,4,0,0\n"
    let remark = try dataset(text).remarks
    #expect(
      remark.map(\.code) == ["repeated-subjects"] && remark[0].message.hasPrefix("1 subject has more than one row"))
    #expect(try dataset(text) { $0.start = "S" }.remarks.isEmpty)
    #expect(try dataset(text) { $0.cluster = "USUBJID" }.remarks.isEmpty)
    #expect(try dataset(text) { $0.conditions = [RowCondition(column: "CNSR", value: "0")] }.remarks.isEmpty)
  }

  @Test("where several columns could serve, the rule chooses and the report says which")
  func choices() throws {
    func read(_ header: String, _ row: String) throws -> TrialDataset { try dataset("\(header)\n\(row)\n\(row)\n") }
    let both = try read("AVAL,time,CNSR,event,TRT01A,TRT01P,TRTP", "1,2,0,1,x,y,y")
    #expect([both.timeColumn, both.eventColumn, both.armColumn] == ["time", "event", "TRT01P"])
    #expect(
      both.remarks.map(\.message) == [
        "Read where several columns could serve: time from time, not AVAL (--time); event from event, not CNSR (--event); "
          + "arm from TRT01P, not TRT01A (--arm)"
      ])
    // The event belongs to its time.
    let adam = try read("event,AVAL,CNSR,TRTA,TRTP", "1,1,0,x,y")
    #expect(adam.eventColumn == "CNSR" && adam.armColumn == "TRTP")
    #expect(try read("aval,cnsr,trt01a", "1,0,x").armColumn == "trt01a")
    #expect(try read("AVAL,CNSR,TRT01P,TRTP", "1,0,x,x").remarks.isEmpty)
    let named = try dataset("AVAL,time,CNSR,event\n1,2,1,1\n") {
      $0.time = "AVAL"
      $0.event = "event"
    }
    #expect(named.remarks.isEmpty && named.isEvent == [true])
  }

  @Test("two columns of events that disagree stop, unless one is named")
  func disagreement() throws {
    let text = "time,event,CNSR\n1,1,0\n2,1,1\n3,0,\n4,0,0\n"
    #expect(fault(text)?.message.contains("event and CNSR disagree about the event in 2 of 3 rows") == true)
    #expect(try dataset(text) { $0.event = "event" }.isEvent == [true, true, false, false])
    // What is no coding on its own says nothing.
    #expect(try dataset("AVAL,CNSR,STATUS\n1,0,ONGOING\n2,1,LEFT\n").isEvent == [true, false])
  }

  @Test("how rows ended is counted by arm, and every list adds up")
  func endings() throws {
    let rows = try dataset(
      """
      TRT01P,TRT01PN,AVAL,CNSR,EVNTDESC,CNSDTDSC
      B,1,1,0,DEATH,
      A,2,2,0,DEATH,
      A,2,3,0,,
      A,2,4,2,LOST,LAST VISIT
      B,1,5,1,ALIVE,LAST VISIT
      B,1,6,1,ALIVE,

      """)
    let arms = try #require(rows.text("TRT01P")).grouping()
    let found = rows.endings(by: arms).map {
      ($0.isEvent ? "event " : "") + "\($0.column) \($0.text ?? "-") \($0.counts)"
    }
    #expect(
      found == [
        "event EVNTDESC DEATH [1.0, 1.0]", "event EVNTDESC - [1.0, 0.0]", "CNSR 1 [0.0, 2.0]", "CNSR 2 [1.0, 0.0]",
        "EVNTDESC ALIVE [0.0, 2.0]", "EVNTDESC LOST [1.0, 0.0]", "CNSDTDSC LAST VISIT [1.0, 1.0]",
        "CNSDTDSC - [0.0, 1.0]",
      ])
    #expect(rows.lowestNumberedArm == "B" && rows.armNumberColumn == "TRT01PN")
    #expect(try dataset("AVAL,CNSR\n1,0\n2,1\n").endings(by: nil).isEmpty)
    #expect(try dataset("time,event\n1,1\n2,0\n").endings(by: nil).isEmpty)
    let weighted = try dataset("AVAL,CNSR,w\n1,0,1\n2,1,0.5\n3,2,2\n4,1,1\n") { $0.weight = "w" }
    #expect(weighted.endings(by: nil).map(\.counts) == [[1.5], [2]])
  }
}
