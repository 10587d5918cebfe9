import Diagnostics
import SystemIO
import Tables

/// The text of a file in another encoding than UTF-8; the fingerprint is that of the file's own bytes.
///
/// INVARIANT: only `read` touches the state, which one thread at a time calls; it is looked at once the reading has ended.
final class DecodedText: FileSource, @unchecked Sendable {
  private let file: OpenFile
  private let path: String
  private let encoding: String
  private let decoder: TextDecoder
  private var hash = Fingerprint()
  private var ready: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private var lines = 1
  /// Why the file was not read to its end.
  private(set) var failure: Diagnostic?

  init(_ path: String, encoding: String) throws(Diagnostic) {
    guard let decoder = TextDecoder(encoding) else {
      throw Diagnostic(
        .csvEncoding, .error, "this system has no decoder for `\(encoding)`", at: .file(path),
        help: "save the file as UTF-8")
    }
    file = try OpenFile(path)
    (self.path, self.encoding, self.decoder) = (path, encoding, decoder)
  }

  var byteCount: Int { 0 }

  /// SHA-256 of the file's bytes, in hexadecimal.
  var fingerprint: String { hash.text }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while position == ready.count, !isAtEnd { fill() }
    let count = min(buffer.count, ready.count - position)
    buffer.copyBytes(from: ready[position..<position + count])
    position += count
    return count
  }

  func hear(_ bytes: UnsafeRawBufferPointer) {}

  private func fill() {
    var fault: Diagnostic?
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
      do throws(Diagnostic) {
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        fault = error
      }
    }
    bytes.withUnsafeBytes { hash.add($0) }
    isAtEnd = bytes.isEmpty || fault != nil
    position = 0
    do throws(TextDecoder.Fault) {
      ready = try decoder.decode(bytes, isLast: isAtEnd)
      lines += ready.count { $0 == 0x0A }
    } catch {
      ready = []
      isAtEnd = true
      fault = Diagnostic(
        .csvEncoding, .error, "the file is not \(encoding) at byte \(error.offset + 1)",
        at: .row(file: path, line: lines, column: nil),
        help: "state the `encoding` that it was saved in, or save it as UTF-8")
    }
    failure = failure ?? fault
  }
}
