import Foundation
import TestSupport
import Testing

/// Data files in other encodings than UTF-8.
@Suite struct EncodingTests {
  private static func plan(_ encoding: String) -> String {
    """
    plan: Encodings
    currency: CNY
    calendar: {period: month, from: 2026-01-01, to: 2026-01-31}
    data:
      people: {file: people.csv, encoding: \(encoding), key: id, columns: {id: text, name: {type: text, header: 姓名}}}
      deals:
        csv: |
          id,date,owner,amount
          D-1,2026-01-05,wang,100.00
        key: id
        columns: {id: text, date: date, owner: text, amount: money}
    people: {table: people, name: name}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    components:
      pay: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
    """
  }

  private static func run(_ encoding: String, _ bytes: [UInt8]) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan(encoding), "plan.yaml")
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/people.csv"))
    return try Program.incentive(["run", "plan.yaml"], folder: folder.path)
  }

  // "id,姓名\nwang,王芳\n", as Python encodes it.
  @Test(
    "the names of a file in another encoding are read",
    arguments: [
      ("gbk", [0xD0, 0xD5, 0xC3, 0xFB], [0xCD, 0xF5, 0xB7, 0xBC]),
      ("gb18030", [0xD0, 0xD5, 0xC3, 0xFB], [0xCD, 0xF5, 0xB7, 0xBC]),
    ] as [(String, [UInt8], [UInt8])])
  func names(encoding: String, header: [UInt8], name: [UInt8]) throws {
    let bytes = Array("id,".utf8) + header + Array("\nwang,".utf8) + name + Array("\n".utf8)
    let outcome = try Self.run(encoding, bytes)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("王芳"))
  }

  @Test("a file of over a megabyte is decoded piece by piece, also where a piece ends inside a character")
  func large() throws {
    var bytes = Array("id,".utf8) + [0xD0, 0xD5, 0xC3, 0xFB] + Array("\nwang,".utf8)
    for _ in 0..<600_001 { bytes += [0xCD, 0xF5] }
    bytes += Array("\n".utf8)
    let outcome = try Self.run("gbk", bytes)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.count { $0 == "王" } >= 600_001)
  }

  @Test("bytes that are no character of the encoding are told with their line")
  func fault() throws {
    let bytes =
      Array("id,".utf8) + [0xD0, 0xD5, 0xC3, 0xFB] + Array("\nwang,".utf8) + [0xFF, 0xFF] + Array("\n".utf8)
    let outcome = try Self.run("gbk", bytes)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("the file is not gbk at byte 14"), "\(outcome.errors)")
  }
}
