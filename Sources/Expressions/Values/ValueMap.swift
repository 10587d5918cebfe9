extension Expression {
  /// Keys and their values in the order in which they were written.
  package struct ValueMap: Sendable {
    package private(set) var keys: [Value] = []
    package private(set) var values: [Value] = []
    private var places: [Identity: Int] = [:]

    package init() {}

    /// Adds an entry; a fault for a key that is there already, or that is no boolean, whole number or text.
    package mutating func add(_ key: Value, _ value: Value) throws(EvaluationFault) {
      switch key {
      case .number, .fraction: throw EvaluationFault("a decimal cannot be the key of a map")
      default: break
      }
      guard let place = Identity(key), key.type != .date else {
        throw EvaluationFault("\(key.type.article) cannot be the key of a map")
      }
      if places[place] != nil { throw EvaluationFault("a map has the same key twice") }
      places[place] = keys.count
      keys.append(key)
      values.append(value)
    }

    /// The value of a key, or nil when it is not there.
    package subscript(_ key: Value) -> Value? { Identity(key).flatMap { places[$0] }.map { values[$0] } }
  }
}
