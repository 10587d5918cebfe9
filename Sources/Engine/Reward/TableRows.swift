import ModuleProtocol
import PlanModel
import Tables

/// The rows of a table that a component needs, in an order that does not depend on how the file orders them: by payee,
/// then the table's key, then all columns that are needed.
struct TableRows: Sendable {
  private let need: ColumnNeeds.TableNeed
  private let columns: [Column]
  /// The rows in order; those of nobody in the plan are left out where the need names a person.
  private let rows: [Int32]
  /// The payee of each of `rows`; empty where the need names no person.
  private let payees: [Int32]

  init(_ need: ColumnNeeds.TableNeed, key: [String], context: RunData) {
    self.need = need
    let table = context.tables[need.name]
    let person = need.person.flatMap { table?[$0] }
    columns = need.columns.compactMap { table?[$0.name] }
    let owners = need.person == nil ? [] : context.people.finder.indices(of: person)
    let all = (0..<Int32(table?.rowCount ?? 0)).filter { owners.isEmpty || owners[Int($0)] >= 0 }
    let ranks = (key.compactMap { table?[$0] } + columns).map(\.ranks)
    rows = all.sorted { a, b in
      let (a, b) = (Int(a), Int(b))
      if !owners.isEmpty, owners[a] != owners[b] { return owners[a] < owners[b] }
      for ranks in ranks where ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
      return false
    }
    payees = owners.isEmpty ? [] : rows.map { owners[Int($0)] }
  }

  /// The rows of these payees, who ascend; all rows where the need names no person.
  func frame(of batch: [Int32]) -> Frame {
    let kept = places(of: batch)
    return frame(
      kept.map { rows[$0] }, payees: need.person == nil ? nil : kept.map { Int64(payees[$0]) })
  }

  /// The row of the table that the frame of these payees has at a place; nil where it has none.
  func row(_ place: Int, of batch: [Int32]) -> Int? {
    let kept = places(of: batch)
    return kept.indices.contains(place) ? Int(rows[kept[place]]) : nil
  }

  private func places(of batch: [Int32]) -> [Int] {
    if need.person == nil { return Array(rows.indices) }
    var kept: [Int] = []
    var place = 0
    for payee in batch {
      place = payees.firstIndex(above: payee - 1, from: place)
      while place < payees.count, payees[place] == payee {
        kept.append(place)
        place += 1
      }
    }
    return kept
  }

  private func frame(_ rows: [Int32], payees: [Int64]?) -> Frame {
    var frame = Frame(count: rows.count)
    if let payees { frame.append(FrameColumn(name: "payee", values: .integer(payees))) }
    for column in columns { frame.append(FrameColumn(column.gathered(rows), name: column.name)) }
    return frame
  }
}

extension Column {
  /// For each row a number in the order of the cells, texts by their bytes, empty cells first.
  fileprivate var ranks: [Int64] {
    let ranks: [Int64]
    switch values {
    case .text(let codes, let pool):
      let ofCodes = pool.ranks()
      ranks = codes.indices.map { isMissing($0) ? -1 : Int64(ofCodes[Int(codes[$0])]) }
      return ranks
    case .integer(let cells), .decimal(let cells, _): ranks = cells
    case .date(let days): ranks = days.map(Int64.init)
    case .boolean(let flags): ranks = flags.map { $0 ? 1 : 0 }
    }
    guard let missing else { return ranks }
    return zip(ranks, missing).map { $1 ? Int64.min : $0 }
  }
}
