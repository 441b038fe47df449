import Foundation
import Testing

@testable import Reporting

/// Documents as LaTeX, RTF and pages, and rows of statistics as CSV: expectations written by hand from the formats' rules.
@Suite struct RendererTests {
  private static func document(_ blocks: ReportDocument.Block...) -> ReportDocument {
    var document = ReportDocument()
    for block in blocks { document.add(block) }
    return document
  }

  /// What stands between the preamble and the end.
  private static func latex(_ blocks: ReportDocument.Block...) throws -> String {
    var document = ReportDocument()
    document.add(.section(1, "T"))
    for block in blocks { document.add(block) }
    let text = document.latex(title: "unused")
    let body = try #require(text.components(separatedBy: "\\section*{T}\n\n").last)
    return body.replacingOccurrences(of: "\n\\end{document}\n", with: "")
  }

  @Test("LaTeX: the ten special characters, ligatures, letters with accents, signs, and what has no glyph")
  func latexText() throws {
    let cases = [
      #"# $ % & _ { } ~ ^ \"#:
        ##"\# \$ \% \& \_ \{ \} \textasciitilde{} \textasciicircum{} \textbackslash{}"##,
      "<a> | [b]*": #"\textless{}a\textgreater{} \textbar{} {[}b{]}{*}"#, "--times ''": "-{}-times '{}'",
      "---": "-{}-{}-", "É Ü ñ ß ø": #"\'E \"U \~n \ss{} \o{}"#, "≥5 µg, χ²": #"$\geq$5 $\mu$g, $\chi$$^2$"#,
      "日": "{[}U+65E5{]}", "😀": "{[}U+1F600{]}", "a\nb\u{202E}c": "a b c",
      #""q" `c`"#:
        #"{\ttfamily\char34}q{\ttfamily\char34} {\ttfamily\char96}c{\ttfamily\char96}"#,
    ]
    for (text, expected) in cases {
      #expect(try Self.latex(.paragraph(text)) == expected + "\n", "\(text)")
    }
    #expect(try Self.latex(.code(["a 'b' --c"])).contains(#"a {\char13}b{\char13} -{}-c"#))
  }

  @Test("LaTeX: a table with a line under its header; columns share the line where they would not fit")
  func latexTable() throws {
    let table = try Self.latex(.table([["arm", "n"], ["a & b", "12"]]))
    #expect(
      table == """
        {\\small
        \\begin{tabular}{@{}lr@{}}
        {}arm & {}n \\tabularnewline
        \\hline
        {}a \\& b & {}12 \\tabularnewline
        \\end{tabular}
        }

        """)
    #expect(try Self.latex(.textTable([["a", "b"], ["c", "d"]])).contains("{@{}ll@{}}"))
    let long = try Self.latex(.textTable([["Name", "Value"], ["x", String(repeating: "word ", count: 40)]]))
    // The first column stays as it is: 5 + 2 of 84 characters; two more stand beside the second.
    #expect(long.contains("{@{}lp{0.90\\linewidth}@{}}") && long.contains("\\raggedright word"))
  }

  @Test("LaTeX: sections, lists, pictures; a title of its own only where the document has none")
  func latexBlocks() throws {
    #expect(try Self.latex(.section(2, "A_b")) == "\\subsection*{A\\_b}\n")
    #expect(try Self.latex(.list(["[x]"])) == "\\begin{itemize}\n\\item {}{[}x{]}\n\\end{itemize}\n")
    #expect(try Self.latex(.lines(["a", "*b"])) == "a\\\\\n{*}b\n")
    let svg = Self.document(.picture(file: "km_1.svg", description: "d"))
    #expect(svg.latex(title: "A & B").contains("\\section*{A \\& B}\n"))
    #expect(svg.latex(title: "").contains("Figure: \\texttt{km\\_1.svg}. \\emph{d}"))
    #expect(!svg.latex(title: "").contains("graphicx"))
    let pdf = Self.document(.picture(file: "km.pdf", description: "d")).latex(title: "")
    #expect(pdf.contains("\\usepackage{graphicx}") && pdf.contains("\\includegraphics[width=\\linewidth]{km.pdf}"))
    // A name that would be more than a name is no argument of a command.
    let hostile = Self.document(.picture(file: "a}\\input{b.pdf", description: "d")).latex(title: "")
    #expect(!hostile.contains("\\input{") && !hostile.contains("\\includegraphics"))
  }

  @Test("RTF: ASCII only; braces and backslashes escaped; characters as signed UTF-16 units")
  func rtf() throws {
    let text = Self.document(
      .section(1, "A {b} \\c"), .paragraph("é ≥ 日 😀 \u{FF21}"), .list(["x"]), .code(["a", "b"])
    ).rtf(title: "t}")
    #expect(text.hasPrefix("{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1\n") && text.hasSuffix("}\n"))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("A \\{b\\} \\\\c\\par}") && text.contains("{\\info{\\title t\\}}}"))
    // U+00E9, U+2265, U+65E5; U+1F600 is D83D DE00, and FF21 is 65313: signed these are −10179, −8704 and −223.
    #expect(
      text.contains(#"\u233\'3f \u8805\'3f \u26085\'3f \u-10179\'3f\u-8704\'3f \u-223\'3f"#), "\(text)")
    // Braces of the document itself close.
    var depth = 0
    var previous: Character = " "
    for character in text {
      if previous != "\\" { depth += character == "{" ? 1 : character == "}" ? -1 : 0 }
      previous = previous == "\\" && character == "\\" ? " " : character
      #expect(depth >= 0)
    }
    #expect(depth == 0)
  }

  @Test("RTF: a table row by row, header first, numbers to the right, edges ascending within the page")
  func rtfTable() throws {
    let text = Self.document(.table([["arm", "n"], ["a", "12"], ["b", String(repeating: "9 ", count: 60)]])).rtf(
      title: "")
    let rows = text.components(separatedBy: "\\trowd").dropFirst()
    #expect(rows.count == 3 && rows.allSatisfy { $0.contains("\\row\n") })
    #expect(try #require(rows.first).contains("\\trhdr") && !rows.dropFirst().contains { $0.contains("\\trhdr") })
    #expect(rows.allSatisfy { $0.components(separatedBy: "\\cell\n").count == 3 })
    #expect(text.contains("\\pard\\intbl\\ql a\\cell\n\\pard\\intbl\\qr 12\\cell\n"))
    for row in rows {
      let edges = row.matches(of: /\\cellx([0-9]+)/).compactMap { Int($0.1) }
      // A4 is 11906 twips wide and has two margins of 1134.
      #expect(edges.count == 2 && edges[0] > 0 && edges[0] < edges[1] && edges[1] <= 11906 - 2 * 1134)
    }
  }

  @Test("a page escapes what it is given and has one heading of the first level")
  func page() throws {
    let plain = Self.document(.lines(["a<b", "c"]), .heading("H & I"), .table([["x", "y"], ["1", "2"]])).page(
      title: "T<script>")
    let text = plain.text
    #expect(text.contains("<title>T&lt;script&gt;</title>") && text.contains("<h1>T&lt;script&gt;</h1>"))
    #expect(text.contains("a&lt;b<br>c") && text.contains("<h2>H &amp; I</h2>") && !text.contains("<script"))
    #expect(text.contains("<th scope=\"row\">1</th><td>2</td>"))
    let sections = Self.document(.section(1, "Own"), .section(2, "Part"), .heading("Low")).page(title: "T").text
    #expect(sections.components(separatedBy: "<h1>").count == 2 && sections.contains("<h1>Own</h1>"))
    #expect(sections.contains("<h2>Part</h2>") && sections.contains("<h3>Low</h3>"))
  }

  @Test("code and tables of text in the terminal's and Markdown's form")
  func plainForms() {
    let document = Self.document(
      .textTable([["Item", "Value"], ["a", "long | text"], ["bc", "d"]]), .code(["x 'y' `z`"]))
    #expect(document.text == "Item  Value\na     long | text\nbc    d\n\n    x 'y' `z`\n")
    #expect(
      document.markdown == """
        | Item | Value |
        | --- | --- |
        | a | long \\| text |
        | bc | d |

            x 'y' `z`

        """)
  }

  @Test("rows as CSV and JSON: quotes doubled, nothing where nothing applies, a reason where there is no number")
  func rows() {
    let rows = [
      AnalysisRow(
        group: ("arm", "a, \"b\""), variable: "time", level: "6", context: "km", name: "conf.low", label: "Lower limit",
        value: 0.1, confidence: (0.95, "log"), method: "Kaplan-Meier"),
      AnalysisRow(
        variable: "arm", context: "cox", name: "estimate", label: "Hazard ratio", value: .infinity,
        ifNone: "not estimable", method: "Cox\nmodel"),
    ]
    #expect(
      AnalysisRow.csv(rows) == """
        group1,group1_level,variable,variable_level,context,stat_name,stat_label,stat,stat_reason,conf_level,conf_type,method
        arm,"a, ""b""\",time,6,km,conf.low,Lower limit,0.1,,0.95,log,Kaplan-Meier
        ,,arm,,cox,estimate,Hazard ratio,,not estimable,,,"Cox
        model"

        """)
    #expect(rows[1].json.text.contains("\"stat\": null") && rows[0].json.text.contains("\"conf_level\": 0.95"))
    #expect(
      JSONValue.members(("a", .array([.number(0.5), .null])), ("b<", .string("\"x\""))).compact
        == #"{"a":[0.5,null],"b<":"\"x\""}"#)
  }

  @Test("a call is quoted for a shell where it must be")
  func commandLine() throws {
    let provenance = Provenance(
      arguments: ["/bin/survkit", "fit", "/data/a b.csv", "--title", "it's $HOME", "--times", "6,12", ""],
      files: ["/data/a b.csv"], linearAlgebra: "", threads: 1, startedUTC: nil)
    #expect(provenance.commandLine == #"survkit fit 'a b.csv' --title 'it'\''s $HOME' --times 6,12 ''"#)
  }
}
