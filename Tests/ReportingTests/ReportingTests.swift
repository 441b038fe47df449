import Reporting
import Testing
import TrialData

@Suite struct ReportingTests {
  @Test("SHA-256 of the examples of FIPS 180-2, appendix B, and of nothing")
  func digest() {
    #expect(
      sha256Hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      sha256Hex(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(sha256Hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("significant digits: no exponent between 1e-6 and 1e15, one beyond")
  func significant() {
    let cases: [(Double?, Int, String)] = [
      (0.0151570811, 4, "0.01516"), (-0.6314220492, 4, "-0.6314"), (12345.6, 3, "12346"), (0, 4, "0"), (1, 3, "1.00"),
      (99.95, 3, "100.0"), (1e-7, 3, "1.00e-07"), (-2.5e-10, 2, "-2.5e-10"), (1e20, 3, "1.00e+20"), (nil, 3, "NE"),
      (.infinity, 3, "NE"), (.nan, 3, "NE"), (1e-6, 2, "0.0000010"),
    ]
    for (value, digits, text) in cases { #expect(NumberText.significant(value, digits) == text) }
  }

  @Test("times: whole ones without decimals, others with four digits in all")
  func times() {
    #expect(NumberText.timeDecimals([5, 1022]) == 0 && NumberText.timeDecimals([0.5, 35.7]) == 2)
    #expect(NumberText.timeDecimals([0.25, 1022.5]) == 1 && NumberText.timeDecimals([0.05, 0.04]) == 5)
    #expect(NumberText.timeDecimals([]) == 0 && NumberText.timeDecimals([0]) == 0)
  }

  @Test("p-values after a p")
  func pValues() {
    #expect(NumberText.pEquation(0.0004) == "< 0.001" && NumberText.pEquation(0.0126) == "= 0.013")
    #expect(NumberText.pEquation(.nan) == "not estimable")
  }

  @Test("an object never loses a number without saying why")
  func reasons() {
    var object = JSONObject()
    object.add("a", 1, ifNone: "unused")
    object.add("b", Double.nan, ifNone: "not defined")
    object.add("c", nil, ifNone: "not reached")
    object.add("d", [1, .infinity, .nan]) { "position \($0)" }
    object.add("e", [.nan, 2, .nan], ifNone: "one reason")
    object.add("f", rows: [[1, 2], [.nan, 3]], ifNone: "aliased")
    let expected = """
      {
        "a": 1,
        "b": null,
        "c": null,
        "d": [1, null, null],
        "e": [null, 2, null],
        "f": [
          [1, 2],
          [null, 3]
        ],
        "null_reasons": {
          "b": "not defined",
          "c": "not reached",
          "d": [null, "position 1", "position 2"],
          "e": "one reason",
          "f": "aliased"
        }
      }

      """
    #expect(object.value.text == expected)
    var plain = JSONObject()
    plain.add("a", 0.1, ifNone: "unused")
    #expect(plain.value.text == "{\n  \"a\": 0.1\n}\n")
    plain.add("b", Double.infinity)
    plain.add("c", [1, -.infinity])
    #expect(plain.value.text.contains("\"b\": \"beyond the range of a double\""))
    #expect(plain.value.text.contains("\"c\": \"beyond the range of a double\""))
  }

  @Test("the words of a call without the folders of its files")
  func words() {
    let provenance = Provenance(
      arguments: [
        "bin/survkit", "fit", "sub/folder/d.csv", "--plot=sub/folder/km.svg", "--title", "a/b", "-osub/folder/o",
      ],
      files: ["sub/folder/d.csv", "sub/folder/km.svg", "sub/folder/o"], input: ByteSource(name: "d.csv", bytes: []),
      linearAlgebra: "none", threads: 1, workers: 1, startedUTC: nil)
    #expect(provenance.arguments == ["survkit", "fit", "d.csv", "--plot=km.svg", "--title", "a/b", "-oo"])
    #expect(!provenance.json.text.contains("folder") && !provenance.json.text.contains("started_utc"))
  }

  @Test("one document as text and as Markdown; labels cannot steer a terminal or leave a cell")
  func document() {
    var document = ReportDocument()
    document.add(.lines(["first", "second"]))
    document.add(.list([]))
    document.add(.heading("Arm a|b", lines: ["under"]))
    document.add(.table([["", "x"], ["row\nname", "\u{1B}1"], ["<b>", "p < 0.001"]]))
    document.add(.list(["one", "two"]))
    #expect(
      document.text
        == "first\nsecond\n\nArm a|b\nunder\n                  x\nrow name          1\n<b>       p < 0.001\n\none\ntwo\n"
    )
    #expect(
      document.markdown
        == "first  \nsecond\n\n### Arm a\\|b\n\nunder\n\n|  | x |\n| --- | ---: |\n| row name |  1 |\n"
        + "| \\<b> | p < 0.001 |\n\n- one\n- two\n")
  }
}
