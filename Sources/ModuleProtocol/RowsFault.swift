public import JSONCore

/// What a module says is wrong with rows of a batch: the `data` of its error answer.
public struct RowsFault: Sendable, Hashable {
  /// What is wrong, for people.
  public let message: String
  /// The rows, the one to mend first; at least one.
  public let places: [BatchPlace]
  /// How to mend it.
  public let help: String?

  /// A fault that was read; nil where `data` names no rows.
  public init?(_ message: String, _ data: JSONValue?) {
    places = (data?["rows"]?.array ?? []).compactMap { BatchPlace(json: $0) }
    if places.isEmpty { return nil }
    self.message = message
    help = data?["help"]?.string
  }
}
