/// The right-hand side of a regression: `arm + age + sex:arm + factor(grade) + strata(site)`.
///
/// Grammar, with `:` binding tighter than `*`:
///
///     formula = ["~"] part {"+" part}
///     part    = "strata" "(" name {"," name} ")" | "offset" "(" name ")" | cross {"*" cross}
///     cross   = atom {":" atom}
///     atom    = name | "factor" "(" name ")"
///     name    = a word of letters, digits, "_" and "."; or any text in backticks
///
/// `a*b` means `a + b + a:b`. A term named twice counts once.
struct ModelFormula: Equatable {
  /// Covariates of each term, one for a main effect; main effects before interactions of two, of three, and so on.
  let terms: [[String]]
  /// Columns that are factors even when they hold numbers.
  let factors: Set<String>
  let strata: [String]
  /// The column of a known part of the linear predictor.
  let offset: String?

  /// Every covariate, in the order of first mention.
  var covariates: [String] {
    var seen: [String] = []
    for name in terms.joined() where !seen.contains(name) { seen.append(name) }
    return seen
  }

  /// A main effect of one column.
  init(column: String) {
    terms = [[column]]
    factors = []
    strata = []
    offset = nil
  }

  /// - Throws: `UsageError` with the position, counted from 1, and what stands there.
  init(_ text: String) throws(UsageError) {
    var parser = try FormulaParser(text)
    try parser.formula()
    let found = parser.terms
    terms = found.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(\.element)
    factors = parser.factors
    strata = parser.strata
    offset = parser.offset
  }
}

/// Recursive descent over the tokens of a formula.
private struct FormulaParser {
  enum Token: Equatable {
    case name(String)
    case symbol(Character)
    case end
  }

  private var tokens: [(token: Token, position: Int, text: String)] = []
  private var next = 0
  var terms: [[String]] = []
  var factors: Set<String> = []
  var strata: [String] = []
  var offset: String?
  private var plain: [String: Int] = [:]

  init(_ text: String) throws(UsageError) {
    let characters = Array(text)
    var i = 0
    while i < characters.count {
      let start = i
      let character = characters[i]
      i += 1
      if character.isWhitespace { continue }
      if character == "`" {
        while i < characters.count, characters[i] != "`" { i += 1 }
        guard i < characters.count, i > start + 1 else {
          throw FormulaParser.fault(start, "a name in backticks is empty or not closed")
        }
        tokens.append((.name(String(characters[(start + 1)..<i])), start, String(characters[start...i])))
        i += 1
      } else if FormulaParser.isNameStart(character) {
        while i < characters.count, FormulaParser.isNamePart(characters[i]) { i += 1 }
        let word = String(characters[start..<i])
        tokens.append((.name(word), start, word))
      } else if "+:*(),~".contains(character) {
        tokens.append((.symbol(character), start, String(character)))
      } else {
        throw FormulaParser.fault(start, "\"\(character)\" is not part of a model")
      }
    }
    tokens.append((.end, characters.count, "the end"))
  }

  private static func isNameStart(_ c: Character) -> Bool { c.isLetter || c == "_" || c == "." }
  private static func isNamePart(_ c: Character) -> Bool { isNameStart(c) || c.isNumber }

  private static func fault(_ position: Int, _ message: String) -> UsageError {
    UsageError(
      "--model: position \(position + 1): \(message). A model is made of columns, a:b, a*b, factor(a), strata(a) and "
        + "offset(a), joined by +")
  }

  private func unexpected(_ wanted: String) -> UsageError {
    let (token, position, text) = tokens[next]
    return FormulaParser.fault(position, "\(token == .end ? text : "\"\(text)\"") stands where \(wanted) is expected")
  }

  private mutating func takes(_ symbol: Character) -> Bool {
    guard tokens[next].token == .symbol(symbol) else { return false }
    next += 1
    return true
  }

  private mutating func name() throws(UsageError) -> String {
    guard case .name(let name) = tokens[next].token else { throw unexpected("a column") }
    next += 1
    return name
  }

  /// Whether the next words are a call of the given function.
  private func isCall(_ function: String) -> Bool {
    tokens[next].text == function && tokens[next + 1].token == .symbol("(")
  }

  mutating func formula() throws(UsageError) {
    _ = takes("~")
    repeat { try part() } while takes("+")
    guard tokens[next].token == .end else { throw unexpected("+, :, * or the end") }
    for name in factors {
      if let position = plain[name] {
        throw FormulaParser.fault(position, "\(name) stands in the model both as it is and as factor(\(name))")
      }
    }
    guard !terms.isEmpty else { throw unexpected("a covariate beside strata() and offset()") }
  }

  private mutating func part() throws(UsageError) {
    if isCall("strata") {
      next += 2
      repeat {
        let column = try name()
        if !strata.contains(column) { strata.append(column) }
      } while takes(",")
      guard takes(")") else { throw unexpected(") or ,") }
      return
    }
    if isCall("offset") {
      guard offset == nil else { throw unexpected("no second offset") }
      next += 2
      offset = try name()
      guard takes(")") else { throw unexpected(")") }
      return
    }
    var crossed = [try cross()]
    while takes("*") { crossed.append(try cross()) }
    // 2⁶ terms are more than anybody reads; 2³⁰ would not end.
    guard crossed.count <= 6 else { throw unexpected("a crossing of up to 6 columns") }
    // a*b*c: the product of every non-empty choice, in the order a, b, a:b, c, …
    for choice in 1..<(1 << crossed.count) {
      let chosen = crossed.indices.filter { choice & (1 << $0) != 0 }
      add(chosen.flatMap { crossed[$0] })
    }
  }

  private mutating func cross() throws(UsageError) -> [String] {
    var parts = [try atom()]
    while takes(":") { parts.append(try atom()) }
    guard parts.count <= 8 else { throw unexpected("an interaction of up to 8 columns") }
    return parts
  }

  private mutating func atom() throws(UsageError) -> String {
    if isCall("factor") {
      next += 2
      let column = try name()
      guard takes(")") else { throw unexpected(")") }
      factors.insert(column)
      return column
    }
    for call in ["strata", "offset"] where isCall(call) {
      throw unexpected("a covariate, as \(call)() is a part of its own,")
    }
    let position = tokens[next].position
    let column = try name()
    if tokens[next].token == .symbol("(") {
      throw FormulaParser.fault(position, "\"\(column)(\" is no function of a model")
    }
    plain[column] = plain[column] ?? position
    return column
  }

  private mutating func add(_ names: [String]) {
    var term: [String] = []
    for name in names where !term.contains(name) { term.append(name) }
    if !terms.contains(where: { Set($0) == Set(term) }) { terms.append(term) }
  }
}
