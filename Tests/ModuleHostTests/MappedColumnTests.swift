import Glibc
import JSONCore
import ModuleHost
import ModuleProtocol
import SharedMemory
import TestSupport
import Testing

/// Columns in shared memory: what the host writes cannot be changed, and what a module writes is not trusted.
@Suite struct MappedColumnTests {
  private func earned(_ mode: String, lines count: Int = 2000, transport: ColumnTransport = .mapped) throws
    -> [Int64]
  {
    let manifest = try ModuleManifest.read(folder: Project.path("Tests/Support/Modules/misbehaving"))
    let crew = ModuleCrew(
      try #require(manifest), deadlines: .init(start: 10, call: 20), transport: transport, size: 1)
    let terms: JSONValue = [
      "component": "c", "config": ["mode": .string(mode)], "currency": "USD", "places": 2,
    ]
    _ = try crew.configure("c", terms)
    var lines = Frame(count: count)
    lines.append(FrameColumn(name: "amount", values: .decimal((0..<count).map { Int64($0) }, places: 2)))
    let earnings = try crew.calculate("c", Batch(lines: lines, periods: Frame(count: 0)))
    guard case .decimal(let cells, places: 2)? = earnings.lines["earned"]?.values else { return [] }
    return cells
  }

  @Test("an answer in shared memory is read")
  func answer() throws { #expect(try earned("mapped") == [Int64](repeating: 100, count: 2000)) }

  @Test("a module cannot change what the host handed it, not even as root")
  func inputs() throws {
    // Each of three attempts must end with EPERM, which is 1.
    #expect(try earned("mapped-changes-inputs") == [Int64](repeating: 3, count: 2000))
  }

  @Test(
    "an answer in shared memory that is not what it should be is refused",
    arguments: [
      ("mapped-wrong-kind", "is no list in the form"), ("mapped-narrow", "cells of kind `<i4`, not `<i8`"),
      ("mapped-wrong-length", "has 2001 cells, the frame has 2000 rows"),
      ("mapped-truncated", "is not as long as its head says"),
      ("mapped-vast", "is not as long as its head says"),
      ("mapped-no-list", "is no list in the form"), ("mapped-other-path", "no file that the sender may name"),
      ("mapped-other-process", "no file that the sender may name"),
      ("mapped-plain-file", "is no memory file"),
      ("mapped-both-ways", "either `values` or `npy`"),
      ("mapped-outside-dictionary", "points outside its dictionary"),
      ("mapped-wild-flags", "something else than truth values"),
    ])
  func lies(mode: String, words: String) {
    #expect {
      try earned(mode)
    } throws: { error in
      (error as? ModuleProcess.Failure)?.words.contains(words) == true
    }
  }

  @Test("shared memory that was not agreed on is refused")
  func unasked() {
    #expect {
      try earned("mapped", transport: .inline)
    } throws: { error in
      (error as? ModuleProcess.Failure)?.words.contains("was not agreed on") == true
    }
  }

  @Test(
    "frames of every kind of column cross the same, inline and in shared memory",
    arguments: [FrameWriter.Target.inline, .sealed, .reused])
  func frames(target: FrameWriter.Target) throws {
    let missing = [false, true, false]
    let frame = Frame(
      count: 3,
      columns: [
        FrameColumn(name: "a", values: .text([1, 0, 0], dictionary: ["x", "提成"]), missing: missing),
        FrameColumn(name: "b", values: .integer([Int64.max, 0, -5])),
        FrameColumn(name: "c", values: .decimal([1, 0, Int64.min], places: 3), missing: missing),
        FrameColumn(name: "d", values: .date([20_000, -1, 0])),
        FrameColumn(name: "e", values: .boolean([true, false, true]), missing: missing),
        FrameColumn(name: "f", values: .text([0, 0, 0], dictionary: []), missing: [true, true, true]),
      ])
    var writer = FrameWriter(target)
    for frame in [frame, Frame(count: 0, columns: [FrameColumn(name: "b", values: .integer([]))])] {
      writer = writer.next(target)
      let json = try JSONValue.parse(try writer.json(frame).bytes())
      var reader = FrameReader(target == .inline ? .inline : .mapped(process: getpid()))
      let read = try reader.frame(json)
      #expect(
        read.count == frame.count && read.columns == frame.columns && reader.sawMapped == (target != .inline))
      withExtendedLifetime(writer) {}
    }
  }

  @Test(
    "heads of other lists are not read",
    arguments: [
      "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }",
      "{'shape':(3,),'descr':'<i8','fortran_order':False}",
    ],
    [
      "", "'<i8'|'>i8'", "False|True", "(3,)|(3,1)", "(3,)|()", "(3,)|(-3,)", "'shape'|'size'", "}|} 1", "{|",
      "(3,)|(99999999999999999999,)",
    ])
  func heads(text: String, change: String) {
    let parts = change.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let changed = parts.count == 2 ? text.replacing(parts[0], with: parts[1]) : text
    let bytes =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(changed.utf8.count + 1), 0] + Array(changed.utf8) + [0x0A]
    #expect(NumpyHeader.parse(bytes)?.header == (change.isEmpty ? NumpyHeader(.int64, count: 3) : nil))
    #expect(NumpyHeader.parse(Array(bytes.dropLast())) == nil)
  }
}
