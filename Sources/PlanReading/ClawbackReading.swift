import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads a step that takes back what was paid on deals that fell through.
struct ClawbackReading {
  let settle: SettleReading

  private var context: ReadingContext { settle.context }
  private var currency: Currency { settle.currency }

  func read(_ reader: inout MappingReader) -> Settle.Kind? {
    let table = context.table(reader.text("table", why: "the table of deals that fell through"))
    let person = reader.text("person", why: "the column of the payee")
    let date = reader.text("date", why: "the column of the day on which it is owed")
    let paidNode = reader.required(
      "paid", why: "the column of what was paid on the deal, or where its lines are")
    let paid = paidNode.flatMap { self.paid($0, reader, of: table) }
    var since: Named?
    if case .lines? = paid {
      since = reader.optionalText("since")
    } else {
      since = reader.text("since", why: "the column of the day of the sale")
    }
    let (part, back) = (reader.optionalText("part"), reader.optionalText("back"))
    let rounding = reader.rounding("round", places: currency.places)
    let bands = reader.optional("bands")
    let days = reader.optionalInteger("pro_rata", 1...36_600)
    let personColumn = context.column(person, of: table, wanted: [.text])
    let dateColumn = context.column(date, of: table, wanted: [.date])
    let sinceColumn = context.column(since, of: table, wanted: [.date])
    let partColumn = context.column(part, of: table, wanted: [.number])
    let backColumn = context.column(back, of: table, wanted: [.date])
    let share: Settle.Clawback.Share
    switch (bands, days) {
    case (let bands?, nil): share = .bands(self.bands(bands))
    case (nil, let days?): share = .proRata(days: days)
    default:
      reader.reportAbsent(
        "bands", .unstatedRule,
        "\(reader.what) must state either `bands` or `pro_rata`: how much of what was paid is owed",
        at: reader.node.span.firstLine,
        help: "write `bands: [{within: 90, share: 100%}]`, or `pro_rata: 365` for the days that are left")
      return nil
    }
    guard let table, let personColumn, let dateColumn, let paid else { return nil }
    return .clawback(
      Settle.Clawback(
        table: table.name, person: personColumn, date: dateColumn, since: sinceColumn, paid: paid,
        part: partColumn, back: backColumn, share: share,
        rounding: rounding ?? Rounding(places: currency.places, mode: .halfEven)))
  }

  /// A column of the table, or the lines on which it was paid.
  private func paid(_ node: YAMLNode, _ outer: MappingReader, of table: TableSchema?) -> Settle.Paid? {
    guard node.pairs != nil else {
      return context.column(outer.named(node), of: table, wanted: [.number]).map { .column($0) }
    }
    guard var reader = MappingReader(node, "`paid`", context) else { return nil }
    let row = context.column(
      reader.text("row", why: "the column with the deal's id"), of: table, wanted: [.text, .number])
    _ = reader.required("of", why: "the components that paid on the deal")
    let components = reader.texts("of") ?? []
    settle.check(components)
    let earlier = reader.optional("earlier").flatMap { self.earlier($0) }
    reader.finish()
    guard let row, !components.isEmpty else { return nil }
    return .lines(Settle.PaidLines(row: row, components: components, earlier: earlier))
  }

  private func earlier(_ node: YAMLNode) -> Settle.EarlierLines? {
    guard var reader = MappingReader(node, "`earlier`", context) else { return nil }
    let table = context.table(reader.text("table", why: "the table of the lines of earlier runs"))
    let person = context.column(reader.text("person"), of: table, wanted: [.text])
    let row = context.column(reader.text("row"), of: table)
    let date = context.column(reader.text("date"), of: table, wanted: [.date])
    let amount = context.column(reader.text("amount"), of: table, wanted: [.number])
    reader.finish()
    guard let table, let person, let row, let date, let amount else { return nil }
    return Settle.EarlierLines(table: table.name, person: person, row: row, date: date, amount: amount)
  }

  private func bands(_ node: YAMLNode) -> [(within: Int, share: ExactDecimal)] {
    var bands: [(within: Int, share: ExactDecimal)] = []
    for item in node.items ?? [node] {
      guard var reader = MappingReader(item, "a band", context) else { continue }
      let share = reader.required("share").flatMap { context.share($0) }
      _ = reader.required("within", why: "how many days after the sale the band reaches")
      let within = reader.optionalInteger("within", 0...36_600)
      reader.finish()
      guard let within, let share else { continue }
      if let last = bands.last, within <= last.within {
        context.report(.wrongValue, "bands must go up in days", at: item.span)
      }
      bands.append((within, share))
    }
    return bands
  }
}
