import JSONCore
import ModuleKit
import ModuleProtocol
import PlanCalendar
import Testing

@testable import Equity

/// A component and its tables, as a test writes them.
struct Desk {
  let component: EquityComponent
  private let tables: [String: Frame]

  init(_ config: String, tables: [String: Frame]) throws {
    let context = ComponentContext(name: "equity", currency: "USD", places: 2, measure: nil)
    let terms = try TermsReader.read(try JSONValue(parsing: config), context)
    component = try EquityComponent(terms: terms, context: context)
    self.tables = tables
  }

  /// The figures of payee 0 by column, over periods that begin on these days; the last one begins none.
  func figures(_ starts: [String]) throws -> [String: [Int64?]] {
    try figures(days: starts.map { try #require(CalendarDate($0)).day })
  }

  /// What each of so many payees is paid in the year 2025.
  func shares(payees count: Int64) throws -> [Int64] {
    let from = try #require(CalendarDate("2025-01-01")).day
    let periods = Frame(
      count: Int(count),
      columns: [
        FrameColumn(name: "payee", values: .integer(Array(0..<count))),
        FrameColumn(name: "period", values: .integer(Array(repeating: 0, count: Int(count)))),
        FrameColumn(name: "period.from", values: .date(Array(repeating: from, count: Int(count)))),
        FrameColumn(name: "period.to", values: .date(Array(repeating: from + 364, count: Int(count)))),
      ])
    let earnings = try component.calculate(Batch(lines: Frame(count: 0), periods: periods, tables: tables))
    guard case .decimal(let cells, _)? = earnings.periods["adjustment"]?.values else { return [] }
    return cells
  }

  func figures(days: [Int32]) throws -> [String: [Int64?]] {
    let count = days.count - 1
    let periods = Frame(
      count: count,
      columns: [
        FrameColumn(name: "payee", values: .integer(Array(repeating: 0, count: count))),
        FrameColumn(name: "period", values: .integer((0..<count).map { Int64($0) })),
        FrameColumn(name: "period.from", values: .date(Array(days.dropLast()))),
        FrameColumn(name: "period.to", values: .date(days.dropFirst().map { $0 - 1 })),
      ])
    let earnings = try component.calculate(
      Batch(lines: Frame(count: 0), periods: periods, tables: tables))
    var figures: [String: [Int64?]] = [:]
    for column in earnings.periods.columns {
      guard case .decimal(let cells, _) = column.values else { continue }
      figures[column.name] = cells.indices.map { column.isMissing($0) ? nil : cells[$0] }
    }
    return figures
  }
}

/// Frames of rows written as texts: whole numbers, days, amounts with two digits, and texts.
enum Rows {
  static func frame(_ names: [String], _ rows: [[String]]) -> Frame {
    var frame = Frame(count: rows.count)
    for (index, name) in names.enumerated() {
      frame.append(column(name, rows.map { $0[index] }))
    }
    return frame
  }

  private static func column(_ name: String, _ cells: [String]) -> FrameColumn {
    let missing = cells.map(\.isEmpty)
    let mask = missing.contains(true) ? missing : nil
    let known = cells.filter { !$0.isEmpty }
    if !known.isEmpty, known.allSatisfy({ Int64($0) != nil }) {
      return FrameColumn(name: name, values: .integer(cells.map { Int64($0) ?? 0 }), missing: mask)
    }
    if known.allSatisfy({ CalendarDate($0) != nil }) {
      return FrameColumn(
        name: name, values: .date(cells.map { CalendarDate($0)?.day ?? 0 }), missing: mask)
    }
    if known.allSatisfy({ $0.dropLast(3).allSatisfy(\.isNumber) && $0.contains(".") }) {
      return FrameColumn(
        name: name, values: .decimal(cells.map { Int64($0.filter { $0 != "." }) ?? 0 }, places: 2),
        missing: mask)
    }
    let words = Set(known).sorted()
    return FrameColumn(
      name: name, values: .text(cells.map { Int32(words.firstIndex(of: $0) ?? 0) }, dictionary: words),
      missing: mask)
  }
}

/// Numbers from a seed, the same on every machine.
struct Seed {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int((state >> 33) % UInt64(range.count))
  }
}
