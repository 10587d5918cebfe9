/// A message of the module protocol that cannot be understood.
public struct ProtocolFault: Error, Sendable, Hashable {
  /// What is wrong, for people.
  public let message: String

  /// A fault.
  public init(_ message: String) { self.message = message }
}
