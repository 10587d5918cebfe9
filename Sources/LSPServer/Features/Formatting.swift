import Diagnostics
import JSONCore
import JSONRPC
import PlanAuthoring

/// Plans put into their one form, as `incentive fmt` does.
extension Desk {
  /// The edits that format a plan; one that cannot be read is refused, as nothing may be lost.
  func formatting(_ document: OpenDocument) throws(RPCError) -> JSONValue {
    switch PlanFormatter.formatted(document.text.bytes, file: document.file) {
    case .success(let bytes):
      let edits = LineEdits(from: document.text, to: TextDocument(String(decoding: bytes, as: UTF8.self)))
      return .array(edits.edits.map { ["range": $0.range(encoding).json, "newText": .string($0.text)] })
    case .failure(let faults):
      let first = faults.diagnostics.first?.message ?? "it cannot be read"
      throw RPCError(.diagnostics, "the plan is not formatted: \(first)")
    }
  }
}

/// What makes one text of another, line by line, so that marks and folds at other lines stay.
struct LineEdits {
  struct Edit {
    fileprivate let document: TextDocument
    fileprivate let lines: Range<Int>
    let text: String

    func range(_ encoding: PositionEncoding) -> TextRange {
      TextRange(start: start(of: lines.lowerBound, encoding), end: start(of: lines.upperBound, encoding))
    }

    /// The start of a line; of the one behind the last, the end of the text.
    private func start(of line: Int, _ encoding: PositionEncoding) -> TextPosition {
      line < document.lineCount
        ? TextPosition(line: line, character: 0) : document.end(ofLine: document.lineCount - 1, encoding)
    }
  }

  private(set) var edits: [Edit] = []

  init(from old: TextDocument, to new: TextDocument) {
    let (first, second) = (Self.lines(old), Self.lines(new))
    let shorter = min(first.count, second.count)
    let head = (0..<shorter).prefix { first[$0] == second[$0] }.count
    let tail = (0..<(shorter - head)).prefix { place in
      first[first.count - 1 - place] == second[second.count - 1 - place]
    }.count
    let (before, after) = (head..<(first.count - tail), head..<(second.count - tail))
    func edit(_ lines: Range<Int>, _ text: Range<Int>) -> Edit {
      Edit(document: old, lines: lines, text: String(decoding: second[text].joined(), as: UTF8.self))
    }
    if before.count != after.count {
      edits = [edit(before, after)]
    } else {
      edits = before.filter { first[$0] != second[$0] }.map { edit($0..<$0 + 1, $0..<$0 + 1) }
    }
  }

  /// The lines of a text, each with its end.
  private static func lines(_ document: TextDocument) -> [ArraySlice<UInt8>] {
    document.lineStarts.indices.map { line in
      let end = line + 1 < document.lineCount ? document.lineStarts[line + 1] : document.bytes.count
      return document.bytes[document.lineStarts[line]..<end]
    }
  }
}
