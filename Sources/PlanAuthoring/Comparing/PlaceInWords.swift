/// A place in a plan, and how people call it.
struct PlaceInWords {
  private enum Step {
    case key(String)
    case item(Int)
  }

  private var steps: [Step] = []

  func key(_ key: String) -> PlaceInWords {
    var place = self
    place.steps.append(.key(key))
    return place
  }

  func item(_ index: Int) -> PlaceInWords {
    var place = self
    place.steps.append(.item(index))
    return place
  }

  /// How many lines come before the rows of a table that stand here; nil where none do.
  var linesBeforeRows: Int? {
    guard steps.count == 3, case .key("data") = steps[0], case .key(let key) = steps[2] else { return nil }
    return ["csv": 1, "jsonl": 0][key]
  }

  /// Sections of a plan that hold things by name, and what one of them is called.
  private static let kinds = [
    "data": "table", "credits": "credit rule", "measures": "measure", "components": "component",
  ]
  /// Lists, and what one item of them is called.
  private static let items = [
    "bands": "band", "steps": "step", "multipliers": "multiplier", "to": "way", "starts": "start",
  ]

  /// The place in words, the innermost first: "`rate` of band 2 of component `commission`".
  var words: String {
    var words: [String] = []
    var place = 0
    while place < steps.count {
      let list: String? = place > 0 ? key(at: place - 1) : nil
      switch steps[place] {
      case .key(let key):
        if place == 0, let kind = Self.kinds[key], let name = self.key(at: 1) {
          words.append("\(kind) `\(name)`")
          place += 1
        } else if !isPassedOver(key, at: place) {
          words.append("`\(key)`")
        }
      case .item(let index):
        if let name = list.flatMap({ Self.items[$0] }) {
          if words.last == list.map({ "`\($0)`" }) { words.removeLast() }
          words.append("\(name) \(index + 1)")
        } else {
          words.append("entry \(index + 1)")
        }
      }
      place += 1
    }
    return words.isEmpty ? "the plan" : words.reversed().joined(separator: " of ")
  }

  private func key(at place: Int) -> String? {
    guard steps.indices.contains(place), case .key(let key) = steps[place] else { return nil }
    return key
  }

  /// Keys that add nothing to what stands within them.
  private func isPassedOver(_ key: String, at place: Int) -> Bool {
    let isLast = place == steps.count - 1
    return !isLast && (key == "config" && place == 2 || key == "tiers" && self.key(at: place + 1) == "bands")
  }
}
