import JSONCore
import PlanReading
import Testing

@testable import PlanAuthoring

@Suite struct PlanSchemaTests {
  @Test("the examples show every mapping, list and kind of value that the readers ask for")
  func unshown() {
    // What stands in `config` the modules say.
    #expect(
      PlanSchema(modules: []).unshown == ["/components/*/config"],
      "the schema says nothing of these: show their values in Sources/PlanAuthoring/Schema/SchemaExamples.swift"
    )
  }

  @Test("a value that may be a number or a word is shown as either")
  func either() {
    let plan = PlanSchema(modules: []).json["$defs"]?["plan"]?["properties"]
    let levels = plan?["credits"]?["additionalProperties"]?["properties"]?["levels"]?["anyOf"]?.array ?? []
    #expect(levels.contains(["enum": ["all"]]))
    #expect(levels.contains { $0["type"] == "integer" && $0["maximum"] == 64 })
    let day = plan?["calendar"]?["properties"]?["payment"]?["properties"]?["day"]?["anyOf"]?.array ?? []
    #expect(day.contains(["enum": ["last"]]) && day.contains { $0["type"] == "integer" })
  }

  @Test("keys are described as the readers ask for them, with the same words, and each is described")
  func described() throws {
    let schema = try #require(PlanSchema(modules: []).json["$defs"]?["plan"])
    var count = 0
    func walk(_ shape: PlanShape, _ schema: JSONValue, _ place: String) {
      for choice in schema["anyOf"]?.array ?? [] { walk(shape, choice, place) }
      switch shape {
      case .keys(let keys):
        guard let properties = schema["properties"]?.object else { return }
        for key in keys {
          guard let value = properties[key.name] else {
            Issue.record("\(place)/\(key.name) is described, and no reader asks for it")
            continue
          }
          count += 1
          if case .words(let words) = key.shape, let allowed = value["enum"]?.array {
            #expect(Set(words) == Set(allowed.compactMap(\.string)), "\(place)/\(key.name)")
          }
          walk(key.shape, value, place + "/" + key.name)
        }
        for name in properties.keys where !keys.contains(where: { $0.name == name }) {
          Issue.record("\(place)/\(name) is asked for, and not described")
        }
      case .entries(_, let inner), .pairs(_, let inner):
        if let others = schema["additionalProperties"] { walk(inner, others, place + "/*") }
      case .list(let inner):
        if let items = schema["items"] {
          walk(inner, items, place + "/[]")
        } else {
          walk(inner, schema, place)
        }
      case .either(let shapes): for shape in shapes { walk(shape, schema, place) }
      default: break
      }
    }
    walk(.keys(PlanKeys.plan), schema, "")
    #expect(count > 100)
  }
}
