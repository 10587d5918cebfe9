import Diagnostics
import PlanModel
import Tables

/// What the stages of a run made, kept so that a later run makes anew only what its changes touch.
///
/// A stage's work is taken over when the plan defines it as before and everything that went into it is the same:
/// each piece of work has a number of its own, and remembers the numbers of the pieces that it was made from.
package struct RunMemory: Sendable {
  /// The work of one stage.
  struct Work<Value: Sendable>: Sendable {
    let number: Int
    let definition: StageDefinition
    let inputs: [Int]
    let value: Value
    let rejected: [RejectedRow]
    let notices: [Diagnostic]
  }

  var tables: [String: Work<Table>] = [:]
  var people: Work<Payees>?
  var ranks: [String: Work<RowRanks>] = [:]
  var credits: [String: Work<CreditedLines>] = [:]
  var measures: [String: Work<Measured>] = [:]
  var components: [String: Work<ComponentResult.Figures>] = [:]
  private var lastNumber = 0
  /// How many pieces of work were made, and how many taken over, in the run that left this memory.
  package private(set) var made = 0
  package private(set) var takenOver = 0

  package init() {}

  /// The number of the work behind a component's figures: the same number, the same figures.
  package func number(ofComponent name: String) -> Int? { components[name]?.number }

  /// The number of the work behind a measure's figures: the same number, the same figures.
  package func number(ofMeasure name: String) -> Int? { measures[name]?.number }

  /// The memory for a next run, which has made nothing yet.
  func next() -> RunMemory {
    var memory = self
    (memory.made, memory.takenOver) = (0, 0)
    return memory
  }

  /// The earlier work if it can be taken over, or else new work by `make`.
  mutating func work<Value>(
    _ earlier: Work<Value>?, _ definition: StageDefinition, inputs: [Int],
    _ make: (inout [RejectedRow], inout [Diagnostic]) throws(Diagnostic) -> Value
  ) throws(Diagnostic) -> Work<Value> {
    // A table without a version may have any rows.
    if let earlier, earlier.definition == definition, earlier.inputs == inputs, !inputs.contains(0) {
      takenOver += 1
      return earlier
    }
    var rejected: [RejectedRow] = []
    var notices: [Diagnostic] = []
    let value = try make(&rejected, &notices)
    lastNumber += 1
    made += 1
    return Work(
      number: lastNumber, definition: definition, inputs: inputs, value: value, rejected: rejected,
      notices: notices)
  }
}
