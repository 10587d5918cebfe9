/// A document's code blocks.
package struct Markdown {
  package struct Block {
    package let language: String
    /// The line on which the block begins, from 1.
    package let line: Int
    package var text = ""
    /// What the table below the block says, by "payee period".
    package var pays: [String: String] = [:]

    /// The name of the file that the block is, stated in its first line.
    package var file: String? {
      guard language == "yaml" else { return nil }
      return (try? #/# ([\w.-]+\.yaml)/#.prefixMatch(in: text)).map { String($0.1) }
    }
  }

  package private(set) var blocks: [Block] = []

  package init(path: String) throws {
    var open: Block?
    var isPayTable = false
    for (index, line) in try Project.text(path).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = Block(language: String(line.dropFirst(3)), line: index + 1)
        }
      } else if open != nil {
        open?.text += line + "\n"
      } else if line.hasPrefix("|") {
        let cells = line.split(separator: "|").map { $0.filter { $0 != " " } }
        if cells.starts(with: ["Payee", "Period", "Pays"]) { isPayTable = true }
        if isPayTable, cells.count >= 3, cells[2].first.map({ $0 == "-" || $0.isNumber }) == true,
          !cells[2].hasPrefix("--"), !blocks.isEmpty
        {
          blocks[blocks.count - 1].pays[cells[0] + " " + cells[1]] = cells[2]
        }
      } else {
        isPayTable = false
      }
    }
  }
}
