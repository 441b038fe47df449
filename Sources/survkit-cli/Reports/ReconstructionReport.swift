internal import LinearAlgebra
internal import Reconstruction
internal import Reporting
internal import TrialCatalogue
internal import Verification

/// What `survkit reconstruct` made, with what it was made from.
struct ReconstructionReport {
  let rows: ReconstructedRows
  let facts: [ArmFacts]
  /// The value axis of a figure; nil for published facts.
  let axis: DigitisedFigure.Axis?
  let timeUnit: String
  /// Settings of the intervals, in force where there are any.
  let repeats: RepeatSettings

  private var settings: JSONValue {
    var settings = JSONObject()
    settings.add("level", repeats.level)
    settings.add("repeats", repeats.repeats)
    settings.add("seed", Int(exactly: repeats.seed).map(JSONValue.integer) ?? .string("\(repeats.seed)"))
    settings.add("ties", "efron")
    if let reference = rows.uncertainty?.comparisons.first?.reference { settings.add("reference", reference) }
    if let scale = axis?.scale { settings.add("y_scale", scale.rawValue) }
    if let direction = axis?.direction { settings.add("y_direction", direction.rawValue) }
    settings.add("reading_error", facts.map(\.readingErrorInForce))
    settings.add("largest_reading_error", facts.map(\.largestReadingError))
    return settings.value
  }

  /// - Parameters:
  ///   - arguments: the words of the call.
  ///   - files: those of them that are paths.
  func envelope(arguments: [String], files: [String], startedUTC: String?) -> Envelope {
    Envelope(
      command: "reconstruct",
      provenance: Provenance(
        arguments: arguments, files: files, inputs: rows.inputs, linearAlgebra: BLAS.configuration,
        threads: BLAS.threads,
        startedUTC: startedUTC
      ).json, settings: settings, data: .object([]), warnings: rows.notes, result: rows.result)
  }
}
