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
}
