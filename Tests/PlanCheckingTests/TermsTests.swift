import Diagnostics
import JSONCore
import ModuleProtocol
import PlanChecking
import PlanModel
import PlanReading
import Testing
import YAMLSource

/// Terms of a component against a schema of the test's own.
@Suite struct TermsTests {
  private static let schema: JSONValue = [
    "type": "object", "additionalProperties": false,
    "properties": [
      "rate": [
        "anyOf": [
          ["type": "number", "unit": "share"],
          ["type": "object", "required": ["column"], "properties": ["column": ["type": "string"]]],
        ]
      ],
      "amount": ["type": "number", "unit": "money"], "factor": ["type": "number"],
      "method": ["enum": ["marginal", "whole-amount"]], "paid": ["type": "boolean"],
      "bands": [
        "type": "array",
        "items": ["type": "object", "properties": ["rate": ["type": "number", "unit": "share"]]],
      ],
      "edge": ["type": "number"],
    ],
    "if": ["required": ["paid"], "properties": ["paid": ["const": true]]],
    "then": ["properties": ["edge": ["unit": "share"]]],
    "else": ["properties": ["edge": ["unit": "money"]]],
  ]

  private func component(_ config: String) throws -> Component {
    let text = """
      plan: Terms
      currency: USD
      components:
        pay:
          module: test
          config: \(config)
      """
    let read = PlanReader.read(YAMLReader.read(Array(text.utf8), file: "plan.yaml"), file: "plan.yaml")
    return try #require(read.terms?.components.first)
  }

  /// What is said about terms, each as `column message (help)`; the terms begin in column 13.
  private func told(_ config: String, _ reported: [ConfigFault] = []) throws -> [String] {
    try TermsChecking.faults(component(config), schema: Self.schema, reported: reported).map { fault in
      guard case .source(let span)? = fault.location else { return fault.message }
      return "\(span.start.column) \(fault.message)" + (fault.help.map { " (\($0))" } ?? "")
    }
  }

  @Test(
    "a share is written as a percentage, or as a small number",
    arguments: [
      ("{rate: 7.5%}", []), ("{rate: 0.075}", []), ("{rate: 5}", []), ("{rate: 600%}", []),
      ("{rate: {column: x}}", []),
      ("{rate: 10}", ["20 `10` is 1000% (write `10%`, or `1000%` if that is meant)"]),
      ("{rate: -7.5}", ["20 `-7.5` is -750% (write `-7.5%`, or `-750%` if that is meant)"]),
      (
        "{rate: 10 USD}",
        ["20 a share belongs here, not an amount of money (write a percentage, like `7.5%`)"]
      ),
      ("{bands: [{rate: 2%}, {rate: 12}]}", ["41 `12` is 1200% (write `12%`, or `1200%` if that is meant)"]),
      (
        "{amount: 10%}",
        ["22 an amount of money belongs here, not a percentage (write the amount, like `5000`)"]
      ),
      ("{paid: true, edge: 100%}", []), ("{paid: false, edge: 100}", []), ("{edge: 100}", []),
      (
        "{paid: true, edge: 100}", ["32 `100` is 10000% (write `100%`, or `10000%` if that is meant)"]
      ),
      (
        "{edge: 100%}",
        ["20 an amount of money belongs here, not a percentage (write the amount, like `5000`)"]
      ),
      ("{amount: 10 USD}", []), ("{amount: 5000}", []), ("{factor: 10}", []), ("{factor: 120%}", []),
    ])
  func units(config: String, faults: [String]) throws { #expect(try told(config) == faults) }

  @Test(
    "what was meant as a number, a word or a truth is recognised",
    arguments: [
      ("{amount: $100}", "write `100`, or with the code of its currency `100 USD`"),
      ("{amount: EUR 1.50}", "write `1.50`, or with the code of its currency `1.50 EUR`"),
      ("{amount: 100元}", "write `100`, or with the code of its currency `100 CNY`"),
      ("{amount: 100k}", "write the number in full: `100000`"),
      ("{amount: 1.5m}", "write the number in full: `1500000`"),
      ("{amount: 12万}", "write the number in full: `120000`"),
      ("{amount: 100.000}", nil),
      (
        "{amount: 1.100.000}",
        "write `1100000`: a point parts the decimals, and commas may part the thousands"
      ),
      (
        "{amount: '100.000,50'}",
        "write `100000.50`: a point parts the decimals, and commas may part the thousands"
      ),
      ("{rate: '7,5%'}", "write `7.5%`: a point parts the decimals"),
      ("{rate: 8 %}", "write `8%`, without the space"),
      ("{rate: '7.5%'}", "write `7.5%` without quotes"),
      ("{amount: '1,000'}", "write `1,000` without quotes"),
      ("{method: slab}", "did you mean `whole-amount`?"), ("{method: margnal}", "did you mean `marginal`?"),
      ("{paid: yes}", "write `true`"), ("{paid: off}", "write `false`"),
    ])
  func slips(config: String, help: String?) throws {
    let faults = try TermsChecking.faults(component(config), schema: Self.schema, reported: [])
    #expect(faults.map(\.help) == (help == nil ? [] : [help]))
  }

  @Test("the module's own faults are told beside those of the schema, but none twice")
  func merged() throws {
    let reported = [
      ConfigFault("/method", "one of `marginal`, `whole-amount` is wanted here"),
      ConfigFault("", "the plan must state `amount`: how much", isUnstated: true),
      ConfigFault("", "the plan must state `paid`: whether it is", isUnstated: true),
      ConfigFault("/factor", "the factor must not be above 2"),
    ]
    #expect(
      try told("{method: slab, amuont: 5, factor: 3}", reported) == [
        "22 `slab` is not one of `marginal`, `whole-amount` (did you mean `whole-amount`?)",
        "28 there is no key `amuont` here (did you mean `amount`?)",
        "13 the plan must state `paid`: whether it is", "47 the factor must not be above 2",
      ])
  }
}
