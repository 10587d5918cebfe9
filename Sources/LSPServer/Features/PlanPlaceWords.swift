import PlanReading

/// The words that a key may have at a place of a plan, or of a component's terms.
struct PlanPlaceWords {
  /// Nil when no such key can stand there.
  let words: [String]?

  init(_ path: [String], _ key: String, _ desk: Desk, _ document: OpenDocument) {
    guard let place = PlanPlace(path + [key]) else {
      words = nil
      return
    }
    if let terms = place.terms {
      words = desk.schemaPlace(terms, document)?.words
    } else {
      words = place.shape.words.isEmpty ? nil : place.shape.words
    }
  }
}
