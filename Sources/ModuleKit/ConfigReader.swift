public import JSONCore
public import ModuleProtocol
public import Money

/// Reads the terms of a component value by value, and collects every fault with its place.
public struct ConfigReader {
  /// The value that is read.
  public let value: JSONValue?
  /// Where it stands in the component's config.
  public let pointer: JSONPointer

  /// A reader of a value at a place.
  public init(_ value: JSONValue?, at pointer: JSONPointer = JSONPointer()) {
    self.value = value == .null ? nil : value
    self.pointer = pointer
  }

  /// The member with this name.
  public subscript(key: String) -> ConfigReader { ConfigReader(value?[key], at: pointer.appending(key)) }

  /// Whether there is a value.
  public var exists: Bool { value != nil }

  /// A fault at this place.
  public func fault(_ message: String, help: String? = nil, isUnstated: Bool = false) -> ConfigFault {
    ConfigFault(pointer.description, message, help: help, isUnstated: isUnstated)
  }

  /// The items of a list; a fault when it is something else.
  public func items(_ faults: inout [ConfigFault]) -> [ConfigReader] {
    guard let value else { return [] }
    guard let items = value.array else {
      faults.append(fault("a list is wanted here"))
      return []
    }
    return items.enumerated().map { ConfigReader($1, at: pointer.appending(String($0))) }
  }

  /// The exact number; a fault when it is absent or something else.
  public func decimal(_ faults: inout [ConfigFault]) -> ExactDecimal? {
    if let number = value?.decimal { return number.normalized }
    faults.append(fault(value == nil ? "a number is missing" : "a number is wanted here"))
    return nil
  }

  /// The text; a fault when it is absent or something else.
  public func text(_ faults: inout [ConfigFault]) -> String? {
    if let text = value?.string { return text }
    faults.append(fault(value == nil ? "a text is missing" : "a text is wanted here"))
    return nil
  }

  /// One of the words of an enumeration; when it is absent, the fault names what the plan must state.
  public func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type, asking question: String, _ faults: inout [ConfigFault]
  ) -> Word? where Word.RawValue == String {
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    guard let value else {
      let key = pointer.tokens.last ?? ""
      faults.append(
        ConfigFault(
          JSONPointer(Array(pointer.tokens.dropLast())).description,
          "the plan must state `\(key)`: \(question)",
          help: "write `\(key): …` with one of \(words)", isUnstated: true))
      return nil
    }
    if let text = value.string, let word = Word(rawValue: text) { return word }
    faults.append(fault("one of \(words) is wanted here"))
    return nil
  }
}
