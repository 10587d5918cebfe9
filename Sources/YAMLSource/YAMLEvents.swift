import CLibYAML
import Diagnostics

/// The events of libyaml over bytes that stay in place, with its marks as positions.
final class YAMLEvents {
  enum Event {
    case documentStart(SourcePosition)
    case documentEnd
    case streamEnd
    case alias(String)
    case scalar(YAMLScalar, anchor: String?)
    case sequenceStart(anchor: String?, tag: String?)
    case mappingStart(anchor: String?, tag: String?)
    case end
  }

  struct Placed {
    let event: Event
    let start: SourcePosition
    let end: SourcePosition
    /// An unknown tag, as it was written.
    let strangeTag: String?
  }

  struct Problem: Error {
    let message: String
    let position: SourcePosition
    let context: String?
    let contextPosition: SourcePosition?
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  init(_ text: [UInt8]) {
    parser = .allocate(capacity: 1)
    bytes = .allocate(capacity: text.count)
    _ = bytes.initialize(from: text)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // The buffer belongs to this object and outlives the parser, which reads from it in place.
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  func next() throws(Problem) -> Placed {
    var raw = yaml_event_t()
    guard yaml_parser_parse(parser, &raw) == 1 else { throw problem() }
    defer { yaml_event_delete(&raw) }
    let (event, tag) = Self.event(raw)
    return Placed(
      event: event, start: Self.position(raw.start_mark), end: Self.position(raw.end_mark), strangeTag: tag)
  }

  private static func event(_ raw: yaml_event_t) -> (Event, String?) {
    switch raw.type {
    case YAML_DOCUMENT_START_EVENT: return (.documentStart(position(raw.start_mark)), nil)
    case YAML_DOCUMENT_END_EVENT: return (.documentEnd, nil)
    case YAML_STREAM_END_EVENT: return (.streamEnd, nil)
    case YAML_ALIAS_EVENT: return (.alias(text(raw.data.alias.anchor) ?? ""), nil)
    case YAML_SCALAR_EVENT:
      let data = raw.data.scalar
      let buffer = UnsafeBufferPointer(start: data.value, count: data.length)
      let (tag, strange) = known(text(data.tag), ["str", "int", "float", "bool", "null"])
      let style: YAMLScalar.Style =
        switch data.style {
        case YAML_PLAIN_SCALAR_STYLE: .plain
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .quoted
        }
      let scalar = YAMLScalar(
        text: String(decoding: buffer, as: UTF8.self), style: style,
        firstLine: Int(raw.start_mark.line) + (style == .block ? 2 : 1), tag: tag)
      return (.scalar(scalar, anchor: text(data.anchor)), strange)
    case YAML_SEQUENCE_START_EVENT:
      let (tag, strange) = known(text(raw.data.sequence_start.tag), ["seq"])
      return (.sequenceStart(anchor: text(raw.data.sequence_start.anchor), tag: tag), strange)
    case YAML_MAPPING_START_EVENT:
      let (tag, strange) = known(text(raw.data.mapping_start.tag), ["map"])
      return (.mappingStart(anchor: text(raw.data.mapping_start.anchor), tag: tag), strange)
    default: return (.end, nil)
    }
  }

  /// The short name of a tag of the core schema, or the tag as a stranger.
  private static func known(_ tag: String?, _ allowed: [String]) -> (known: String?, strange: String?) {
    guard let tag else { return (nil, nil) }
    if tag == "!" { return ("", nil) }
    let prefix = "tag:yaml.org,2002:"
    let name = tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : nil
    if let name, allowed.contains(name) { return (name, nil) }
    return (nil, name.map { "!!" + $0 } ?? tag)
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(decodingCString: UnsafePointer($0), as: UTF8.self) }
  }

  /// libyaml counts characters from 0, which are Unicode scalars.
  private static func position(_ mark: yaml_mark_t) -> SourcePosition {
    SourcePosition(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private func problem() -> Problem {
    let raw = parser.pointee
    // Faults of characters come with a byte offset and no mark.
    let isCharacter = raw.error == YAML_READER_ERROR
    return Problem(
      message: raw.problem.map { String(cString: $0) } ?? "the text is not YAML",
      position: isCharacter
        ? SourcePosition(of: Int(raw.problem_offset), in: bytes) : Self.position(raw.problem_mark),
      context: raw.context.map { String(cString: $0) },
      contextPosition: raw.context == nil ? nil : Self.position(raw.context_mark))
  }
}
