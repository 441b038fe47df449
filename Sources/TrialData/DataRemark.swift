/// What a reader of the results must know about the rows: a choice that was made, or a doubt.
public struct DataRemark: Sendable, Equatable {
  /// For programs: the same for every remark of its kind.
  public let code: String
  public let message: String

  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}
