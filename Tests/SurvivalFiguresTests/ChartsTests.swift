import Charts
import Testing

@Suite struct ChartsTests {
  @Test func decimalsAreRoundedAndTrimmed() {
    #expect(decimalText(1.005, places: 1) == "1")
    #expect(decimalText(-0.004) == "0")
    #expect(decimalText(-12.345) == "-12.35" || decimalText(-12.345) == "-12.34")
    #expect(decimalText(0.05) == "0.05")
    #expect(decimalText(100) == "100")
    #expect(fixedText(1, places: 1) == "1.0")
    #expect(decimalText(1e300) == "1e+300")
  }

  @Test func escapingLeavesNoMarkupAndNoForbiddenCharacter() {
    #expect(xmlEscaped("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;")
    #expect(xmlEscaped("a\u{0}b\u{8}c\u{1B}d\u{FFFE}e") == "abcde")
    #expect(xmlEscaped("a\u{202E}b\u{2066}c\u{2069}d\u{202A}") == "abcd")
    #expect(displayText("  a\n\t b  ") == "a b")
    #expect(jsonString("a\"\\\n") == "\"a\\\"\\\\\\u000a\"")
  }

  @Test func textIsMeasuredByTheWiderFont() {
    // DejaVu Sans, units of 1/2048: H 1540, e 1260, l 569, o 1253; bold 1714, 1389, 702, 1407. In thousandths, rounded up:
    // 752 + 616 + 278 + 278 + 612 and 837 + 679 + 343 + 343 + 688. The at sign is wider in Helvetica: 1015.
    #expect((TextStyle(size: 10).width(of: "Hello") - 25.36).magnitude < 1e-12)
    #expect((TextStyle(size: 10, isBold: true).width(of: "Hello") - 28.90).magnitude < 1e-12)
    #expect((TextStyle(size: 10).width(of: "@") - 10.15).magnitude < 1e-12)
  }

  @Test func wrappedLinesFitAndLoseNothing() {
    let style = TextStyle(size: 8)
    let text = "Atezolizumab plus carboplatin Supercalifragilisticexpialidocious plus nab-paclitaxel"
    let lines = style.wrap(text, to: 60, maximumLines: 20)
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { style.width(of: $0) <= 60 })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    #expect(style.wrap(text, to: 60, maximumLines: 2).count == 2)
    #expect(style.wrap(text, to: 60, maximumLines: 2)[1].hasSuffix("..."))
  }

  @Test func longWordsBreakAfterAHyphenFirst() {
    let style = TextStyle(size: 8, isBold: true)
    let lines = style.wrap("protocol-permitted androgen/receptor-pathway xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", to: 55)
    #expect(lines.prefix(5) == ["protocol-", "permitted", "androgen/", "receptor-", "pathway"])
    #expect(lines.dropFirst(5).allSatisfy { style.width(of: $0) <= 55 } && lines.count > 6)
  }

  @Test func valueTicksHoldTheirRange() {
    #expect(ValueTicks(0...2.3).values == [0, 0.5, 1, 1.5, 2, 2.5])
    #expect(ValueTicks(0...1).values.count == 6)
    #expect(ValueTicks(-6.3...0.9).values == [-8, -6, -4, -2, 0, 2])
    #expect(ValueTicks(3...3).values == [3, 4] || ValueTicks(3...3).values.first == 3)
    for scale in [1e-9, 0.03, 1, 700, 1e12] {
      for low in stride(from: -3.0, through: 3, by: 0.37) {
        let range = (low * scale)...((low + 0.9) * scale)
        let ticks = ValueTicks(range).values
        #expect(ticks.count >= 2 && ticks.count <= 7)
        #expect(
          ticks[0] <= range.lowerBound + 1e-8 * scale && ticks[ticks.count - 1] >= range.upperBound - 1e-8 * scale)
      }
    }
  }

  @Test func logarithmicTicksArePowersOfTenAndWhatFitsBetween() {
    func ticks(_ first: Double, _ last: Double, most: Int) -> [String] {
      TimeTicks(logarithmicFrom: first, to: last) { values, _ in values.count <= most }.labels
    }
    #expect(ticks(0.12, 30.6, most: 9) == ["0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50"])
    #expect(ticks(0.12, 30.6, most: 7) == ["0.1", "0.3", "1", "3", "10", "30", "100"])
    #expect(ticks(0.12, 30.6, most: 2) == ["0.1", "1", "10", "100"])
    #expect(ticks(2, 5, most: 9) == ["2", "5"])
    #expect(ticks(3, 3.003, most: 9) == ["2", "5"])
  }

  @Test(arguments: [
    (41.3, 11, 6.0, 42.0), (60, 11, 6, 60), (60, 9, 12, 60), (24, 9, 3, 24), (8, 11, 1, 8), (0.9, 11, 0.1, 0.9),
    (1500, 11, 200, 1600), (0, 11, 0.1, 1),
  ])
  func ticksHaveClinicalSteps(span: Double, most: Int, step: Double, end: Double) {
    let ticks = TimeTicks(span: span, requestedStep: nil, maximumCount: most) { _ in true }
    #expect((ticks.step - step).magnitude < 1e-9 * step)
    #expect((ticks.end - end).magnitude < 1e-9 * end)
    #expect(ticks.values[0] == 0)
    #expect(ticks.values.count <= most)
  }

  @Test(
    "labels of tiny and huge ticks are powers of ten, not noughts",
    arguments: [
      (4e-9, ["0", "1e-9", "2e-9", "3e-9", "4e-9"]), (4e-6, ["0", "1e-6", "2e-6", "3e-6", "4e-6"]),
      (4e12, ["0", "1e12", "2e12", "3e12", "4e12"]), (4e-3, ["0", "0.001", "0.002", "0.003", "0.004"]),
      (4e6, ["0", "1000000", "2000000", "3000000", "4000000"]),
    ] as [(Double, [String])])
  func labelsOfExtremeTicks(span: Double, labels: [String]) {
    #expect(TimeTicks(span: span, requestedStep: span / 4, maximumCount: 11) { _ in true }.labels == labels)
  }

  @Test func requestedStepIsKeptOrMultiplied() {
    #expect(TimeTicks(span: 40, requestedStep: 5, maximumCount: 11) { _ in true }.labels.last == "40")
    #expect(TimeTicks(span: 40, requestedStep: 5, maximumCount: 11) { $0 >= 12 }.step == 15)
    #expect(TimeTicks(span: 40, requestedStep: 1e-9, maximumCount: 11) { $0 >= 5 }.values.count <= 41)
    #expect(TimeTicks(span: 1e300, requestedStep: 1e-300, maximumCount: 11) { _ in true }.values.count <= 11)
  }

  @Test func coloursStandOutOnWhite() {
    func linear(_ value: UInt32) -> Double {
      let c = Double(value & 0xFF) / 255
      // WCAG 2.2 relative luminance; the power 2.4 is c² times c^0.4, here by a table-free Newton root of c².
      guard c > 0.04045 else { return c / 12.92 }
      let base = (c + 0.055) / 1.055
      var root = 1.0
      for _ in 0..<60 { root -= (root * root * root * root * root - base * base) / (5 * root * root * root * root) }
      return base * base * root
    }
    func contrast(_ colour: String) -> Double {
      let value = UInt32(colour.dropFirst(), radix: 16)!
      return 1.05 / (0.2126 * linear(value >> 16) + 0.7152 * linear(value >> 8) + 0.0722 * linear(value) + 0.05)
    }
    for style in SeriesStyle.all {
      #expect(contrast(style.colour) >= 3, "\(style.colour)")
      // Texts: 4.5, and no darker than that asks for, to a hundredth of a channel.
      #expect(contrast(style.textColour) >= 4.5, "\(style.textColour)")
      #expect(style.textColour == style.colour || contrast(style.textColour) < 4.75, "\(style.textColour)")
    }
    for colour in ["#FFFFFF", "#000000", "#777777", "#0A64F0"] {
      // The two ways to raise to 2.4 differ in last digits.
      #expect((Colour(colour)!.contrastWithWhite - contrast(colour)).magnitude < 1e-9)
    }
    #expect(["", "0072B2", "#0072B", "#0072B22", "#GG0000", "#+12345"].allSatisfy { Colour($0) == nil })
    #expect(Colour("#ff00aa")?.text == "#FF00AA")
    let looks = Set(SeriesStyle.all.map { "\($0.colour) \($0.dashes)" })
    #expect(looks.count == 8)
    #expect(Set(SeriesStyle.all[..<4].map { "\($0.dashes)" }).count == 4)
  }

  @Test func thinningKeepsWhatCanBeSeen() {
    let values = (0...1000).map { 1 - Double($0) * 0.001 }
    let kept = keptSteps([values], tolerance: 0.0095)
    #expect(kept.count < 110 && kept.first == 0 && kept.last == 1000)
    for (a, b) in zip(kept, kept.dropFirst()) { #expect(values[a] - values[b] < 0.0106) }
    #expect(keptSteps([values], tolerance: 0.0001).count == 1001)
  }
}
