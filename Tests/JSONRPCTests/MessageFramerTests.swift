import JSONRPC
import Testing

@Suite struct MessageFramerTests {
  private func messages(_ chunks: [[UInt8]]) throws -> [String] {
    var framer = MessageFramer()
    var found: [String] = []
    for chunk in chunks {
      framer.append(chunk)
      while let message = try framer.next() { found.append(String(decoding: message, as: UTF8.self)) }
    }
    return found
  }

  static let streams: [(String, [String])] = [
    ("{\"a\":1}\n\n  \r\n[2]\r\n\"é\"\n", ["{\"a\":1}", "[2]\r", "\"é\""]),
    (
      "Content-Length: 7\r\n\r\n{\"a\":1}content-length:4\r\nContent-Type: x\r\n\r\n\"é\"Content-Length: 2\n\n[]",
      ["{\"a\":1}", "\"é\"", "[]"]
    ),
    ("\r\n  7\n", ["7"]),
  ]

  @Test("a stream gives the same messages wherever it is cut", arguments: streams.indices)
  func everySplit(index: Int) throws {
    let (stream, expected) = Self.streams[index]
    let bytes = Array(stream.utf8)
    #expect(try messages([bytes]) == expected)
    #expect(try messages(bytes.map { [$0] }) == expected)
    for cut in bytes.indices {
      #expect(try messages([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected)
    }
  }

  @Test("a line that is too long is skipped, and the stream goes on")
  func longLine() throws {
    var framer = MessageFramer(largest: 10)
    framer.append(Array("[1]\n\"aaaaaaaaaaaaaaaaaaaa".utf8))
    #expect(try framer.next() == Array("[1]".utf8))
    #expect(throws: MessageFramer.Fault.tooLarge) { try framer.next() }
    framer.append(Array("aaaa\"\n[2]\n".utf8))
    #expect(try framer.next() == Array("[2]".utf8))
  }

  @Test(
    "a header without a length ends the stream",
    arguments: [
      "Content-Type: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: many\r\n\r\n",
    ])
  func badHeader(text: String) {
    var framer = MessageFramer()
    framer.append(Array(text.utf8))
    #expect(throws: MessageFramer.Fault.self) { try framer.next() }
  }
}
