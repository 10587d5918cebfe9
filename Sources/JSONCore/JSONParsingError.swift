/// Why a text is not JSON, and where.
public struct JSONParsingError: Error, Sendable, Hashable {
  /// The byte, from 0, at which reading stopped.
  public let offset: Int
  /// What is wrong, for people.
  public let message: String
}

/// Bounds on what is read.
public struct JSONLimits: Sendable {
  /// How deep arrays and objects may nest.
  public var depth: Int
  /// How many bytes a text may have.
  public var bytes: Int

  /// Bounds; the usual ones are 512 deep and 64 MiB.
  public init(depth: Int = 512, bytes: Int = 64 << 20) {
    self.depth = depth
    self.bytes = bytes
  }
}
