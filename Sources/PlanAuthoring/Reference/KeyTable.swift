/// The keys of one mapping of a plan, as a table in Markdown: what each is, what it means to leave it out, an example.
package struct KeyTable: Sendable {
  package struct Row: Sendable {
    let key: String
    /// `required`, `*stated*` where the plan has to say it, or what holds unless it is stated.
    let presence: String
    /// What its value is, with its unit.
    let value: String
    /// What it means, in sentences.
    let meaning: String
    /// A way to write it: `over: year`.
    let example: String?

    fileprivate func markdown(_ name: String) -> String {
      let example = example.map { " Like `\($0)`." } ?? ""
      return "| `\(name)` | \(Self.cell(presence)) | \(Self.cell(value)) | \(Self.cell(meaning + example)) |"
    }

    /// A cell's text on one line; a bar would end the cell.
    private static func cell(_ text: String) -> String {
      text.replacing("\n", with: " ").replacing("\\|", with: "|").replacing("|", with: "\\|")
    }
  }

  /// Where the mapping stands: `data.TABLE`, `commission tiers`.
  package let place: String
  package private(set) var rows: [Row]

  init(place: String, rows: [Row]) { (self.place, self.rows) = (place, rows) }

  /// The same with more keys, each told once.
  func joined(_ more: [Row]) -> KeyTable {
    var table = self
    for row in more where !rows.contains(where: { $0.key == row.key }) { table.rows.append(row) }
    return table
  }

  /// The table.
  package var markdown: String { ([Self.head] + lines(nil, prefix: "")).joined(separator: "\n") + "\n" }

  private static let head = "| Key | Unless stated | Value | |\n|---|---|---|---|"

  private func lines(_ keys: [String]?, prefix: String) -> [String] {
    let shown = keys.map { keys in keys.compactMap { key in rows.first { $0.key == key } } } ?? rows
    return shown.map { $0.markdown(prefix + $0.key) }
  }

  // MARK: Pages

  /// Whether a page shows terms of this module.
  package static func isShown(module: String, in page: String) -> Bool {
    page.contains(begin + module + " ")
  }

  private static let begin = "<!-- keys of "
  private static let end = "<!-- end of keys -->"

  /// A page in Markdown with its tables of keys as these are now.
  ///
  /// A table stands after a line `<!-- keys of PLACE -->`, or `<!-- keys of PLACE: KEY KEY -->` for some of them, or
  /// `<!-- keys of PLACE, PLACE -->` for several mappings, and ends at a line `<!-- end of keys -->`. All tables of a
  /// module's terms, each with a heading, stand after `<!-- keys of MODULE * -->`. A place or key that is not there is
  /// told instead.
  package static func filled(_ page: String, _ tables: [KeyTable]) -> String {
    var lines: [String] = []
    var isInside = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == end { isInside = false }
      if !isInside { lines.append(line) }
      guard line.hasPrefix(begin), line.hasSuffix(" -->") else { continue }
      isInside = true
      let words = line.dropFirst(begin.count).dropLast(4).split(separator: ":", maxSplits: 1)
      if words[0].hasSuffix(" *") {
        lines += all(of: String(words[0].dropLast(2)), tables)
        continue
      }
      let places = words[0].split(separator: ",").map { String($0.drop { $0 == " " }) }
      let keys = words.count > 1 ? words[1].split(separator: " ").map(String.init) : nil
      lines.append(head)
      for place in places { lines += filling(place, keys, places.count > 1, tables) }
    }
    return lines.joined(separator: "\n")
  }

  private static func all(of module: String, _ tables: [KeyTable]) -> [String] {
    let own = tables.filter { $0.place == module || $0.place.hasPrefix(module + " ") }
    if own.isEmpty { return ["there is no module `\(module)`"] }
    return own.flatMap { table -> [String] in
      let within = table.place.dropFirst(module.count + 1)
      let heading = within.isEmpty ? [] : ["", "### `\(within)`"]
      return heading + ["", head] + table.lines(nil, prefix: "")
    } + [""]
  }

  private static func filling(
    _ place: String, _ keys: [String]?, _ isOneOfSeveral: Bool, _ tables: [KeyTable]
  ) -> [String] {
    guard let table = tables.first(where: { $0.place == place }) else {
      return ["no mapping stands at `\(place)`"]
    }
    let name = place.split { $0 == "." || $0 == " " }.last.map(String.init) ?? place
    let unknown = keys?.filter { key in !table.rows.contains { $0.key == key } } ?? []
    return unknown.map { "`\(place)` has no key `\($0)`" }
      + table.lines(keys, prefix: isOneOfSeveral ? name + "." : "")
  }
}
