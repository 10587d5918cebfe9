import Diagnostics

extension SourcePosition {
  /// The position of a byte of a UTF-8 text.
  init(of offset: Int, in bytes: some Collection<UInt8>) {
    let before = String(decoding: bytes.prefix(offset), as: UTF8.self).unicodeScalars
    self.init(
      line: before.count { $0 == "\n" } + 1, column: before.reversed().prefix { $0 != "\n" }.count + 1)
  }
}
