/// What `--reference-level COLUMN=LEVEL` says.
///
/// - Throws: `UsageError` for a text of another form.
func referenceLevels(_ texts: [String]) throws(UsageError) -> [(column: String, level: String)] {
  var found: [(column: String, level: String)] = []
  for text in texts {
    guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
      throw UsageError("--reference-level takes COLUMN=LEVEL; \"\(text)\" is not of that form")
    }
    found.append((String(text[..<mark]), String(text[text.index(after: mark)...])))
  }
  return found
}
