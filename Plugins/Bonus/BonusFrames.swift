import ModuleProtocol

/// The frames of components that pay by period, and nothing on lines.
enum BonusFrames {
  static func lines(_ batch: Batch, _ places: Int) -> Frame {
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned", values: .decimal([Int64](repeating: 0, count: batch.lines.count), places: places)))
    return lines
  }

  static func periods(_ amounts: [Int64], _ places: Int) -> Frame {
    var periods = Frame(count: amounts.count)
    periods.append(FrameColumn(name: "adjustment", values: .decimal(amounts, places: places)))
    return periods
  }
}
