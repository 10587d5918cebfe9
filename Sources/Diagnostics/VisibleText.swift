/// Makes text from files, plans and modules safe to show: what would steer a terminal is written out.
package enum VisibleText {
  /// The text with control characters, and marks that turn the direction of writing, as `\u{1B}`.
  ///
  /// With `keepsLines` the ends of lines stay.
  package static func of(_ text: String, keepsLines: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if keepsLines, scalar == "\n" { shown.unicodeScalars.append(scalar) } else { shown += of(scalar) }
    }
    return shown
  }

  /// The scalar as it is shown.
  static func of(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
      "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: String(scalar)
    }
  }
}
