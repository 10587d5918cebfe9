import Diagnostics
import Engine
import Expressions
import JSONCore
import PlanModel
import PlanReading
import Sessions
import Tables
import YAMLSource

/// What may be typed in a condition: names of the kind that is wanted, functions that give it, values from the data.
extension Desk {
  func conditionItems(_ cursor: CursorPlace, _ document: OpenDocument) -> [Item] {
    guard let names = names(document) else { return [] }
    let file = analysis(of: document).file
    let root = file.whole ?? document.lastRoot
    let entry = cursor.path.count > 1 ? root?[cursor.path[0]]?[cursor.path[1]] : nil
    let isRule = cursor.path.first == "credits"
    let condition = ConditionNames(
      table: isRule ? entry?["table"]?.scalar?.text : names.lineTable(of: entry?["credits"]),
      people: root?["people"]?["table"]?.scalar?.text,
      types: NameTypes(file.plan ?? document.preview?.preview.result.data.plan, file.terms))
    let place = ConditionCursor(cursor.prefix)
    let compared = cursor.comparedColumn ?? place.call.flatMap { condition.textColumn(whoseMethodIs: $0) }
    if let compared {
      let found = values(compared, condition, isInQuotes: cursor.isInQuotes, document)
      if !found.isEmpty || cursor.isInQuotes { return found }
    }
    if cursor.isInQuotes { return [] }
    if let receiver = place.receiver, let methods = methods(of: receiver, condition) { return methods }
    let wanted = place.call.map { condition.wanted($0) } ?? []
    var items: [Item] = []
    if cursor.key != "payees" {
      items += columns(condition.table, names)
      if !isRule {
        items += ["amount", "date"].map { Item(label: $0, kind: .variable, detail: "of the line", order: 0) }
      }
    }
    if !isRule { items += attributes(names) }
    items = items.compactMap { item in
      guard let type = condition.types.name(item.label, of: condition.table) else { return item }
      guard wanted.isEmpty || wanted.contains(where: { $0.accepts(type) }) else { return nil }
      var item = item
      item.detail = item.detail.map { "\(type.word), \($0)" }
      return item
    }
    items += ["constants", "define"].flatMap { section in
      (root?[section]?.pairs ?? []).map {
        Item(label: $0.key, kind: .reference, detail: section == "define" ? "definition" : "constant")
      }
    }
    items += functions(giving: wanted)
    if wanted.isEmpty || wanted.contains(.boolean) || wanted.contains(.any) {
      items += ["true", "false"].map { Item(label: $0, kind: .enumMember, order: 3) }
    }
    if wanted.isEmpty { items.append(Item(label: "null", kind: .enumMember, order: 3)) }
    return items
  }

  /// The different texts in a column, as last read.
  private func values(
    _ column: String, _ condition: ConditionNames, isInQuotes: Bool, _ document: OpenDocument
  ) -> [Item] {
    let isOfPayee = column.hasPrefix("payee.")
    let name = isOfPayee ? String(column.dropFirst("payee.".count)) : column
    return values(ofColumn: name, table: isOfPayee ? condition.people : condition.table, document).map {
      Item(label: $0, kind: .value, detail: "in `\(column)`", text: isInQuotes ? $0 : "\"\($0)\"")
    }
  }

  /// The methods of a value; nil where what stands before the dot is no value but part of a name.
  private func methods(of receiver: String, _ condition: ConditionNames) -> [Item]? {
    let type = condition.types.name(receiver, of: condition.table)
    guard receiver.isEmpty || type != nil else { return nil }
    return StandardFunction.all.values.sorted { $0.name < $1.name }.compactMap { function in
      guard function.style != .global, !function.name.contains(".") else { return nil }
      let fitting = function.signatures.filter { signature in
        signature.parameters.first.map { type.map($0.accepts) ?? true } ?? false
      }
      guard let signature = fitting.first else { return nil }
      let end = signature.parameters.count == 1 ? "()" : "("
      return Item(
        label: function.name, kind: .method, detail: signature.words(ofMethod: true),
        text: "\(receiver).\(function.name)\(end)", filter: "\(receiver).\(function.name)")
    }
  }

  /// The functions that give one of these kinds; all of them where none is wanted.
  private func functions(giving wanted: [Expression.ValueType]) -> [Item] {
    let has = Item(
      label: "has", kind: .function, detail: "(column) → boolean, whether the cell is not empty",
      text: "has(", order: 3)
    let found = StandardFunction.all.values.sorted { $0.name < $1.name }.compactMap { function -> Item? in
      guard function.style != .method else { return nil }
      let fitting = function.signatures.filter { signature in
        wanted.isEmpty || wanted.contains { $0.accepts(signature.result) }
      }
      guard let signature = fitting.first else { return nil }
      return Item(
        label: function.name, kind: .function, detail: signature.words(ofMethod: false),
        text: function.name + "(", order: 3)
    }
    return (wanted.isEmpty || wanted.contains(.boolean) ? [has] : []) + found
  }
}

/// The names that a condition may use, and their kinds.
struct ConditionNames {
  /// The table whose rows the lines come from.
  let table: String?
  /// The table of the payees.
  let people: String?
  let types: NameTypes

  /// The function of a call, and whether it is called as a method of a value.
  private func function(_ call: ConditionCursor.Call) -> (function: StandardFunction, isMethod: Bool)? {
    if let function = StandardFunction.all[call.name] { return (function, false) }
    guard call.receiver != nil, let function = StandardFunction.all[call.last] else { return nil }
    return (function, true)
  }

  /// The kinds that may stand at the cursor in a call; none where that is not known.
  func wanted(_ call: ConditionCursor.Call) -> [Expression.ValueType] {
    guard let (function, isMethod) = function(call) else { return [] }
    if function.isVariadic { return function.signatures.first?.parameters.first.map { [$0] } ?? [] }
    let place = call.place + (isMethod ? 1 : 0)
    let receiver = isMethod ? call.receiver.flatMap { types.name($0, of: table) } : nil
    let fitting = function.signatures.filter { signature in
      signature.parameters.indices.contains(place)
        && (receiver.map { signature.parameters[0].accepts($0) } ?? true)
    }
    return fitting.map { $0.parameters[place] }
  }

  /// The column of texts of whose method a text is typed: `product` in `product.startsWith(`.
  func textColumn(whoseMethodIs call: ConditionCursor.Call) -> String? {
    guard let column = call.receiver, types.name(column, of: table) == .text, wanted(call) == [.text] else {
      return nil
    }
    return column
  }
}

extension StandardFunction.Signature {
  /// What goes in and what comes out, in words: `(text, text) → boolean`.
  fileprivate func words(ofMethod isMethod: Bool) -> String {
    let taken = (isMethod ? parameters.dropFirst() : parameters[...]).map(\.word).joined(separator: ", ")
    return (isMethod ? "\(parameters.first?.word ?? "any value").…" : "") + "(\(taken)) → \(result.word)"
  }
}
