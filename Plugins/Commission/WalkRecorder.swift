import ModuleProtocol

/// Keeps why a walk came to its figures.
///
/// A calculation walks with `NoSteps`, which the compiler removes, so that a figure and its explanation come from
/// one and the same walk.
protocol WalkRecorder {
  mutating func line(_ line: Int, _ step: () -> Step?)
  mutating func period(_ row: Int, _ step: () -> Step?)
}

/// Keeps nothing.
struct NoSteps: WalkRecorder {
  @inline(__always) mutating func line(_ line: Int, _ step: () -> Step?) {}
  @inline(__always) mutating func period(_ row: Int, _ step: () -> Step?) {}
}

/// The steps of each line and period.
struct Steps: WalkRecorder {
  private(set) var lines: [[Step]]
  private(set) var periods: [[Step]]

  init(lines: Int, periods: Int) {
    self.lines = Array(repeating: [], count: lines)
    self.periods = Array(repeating: [], count: periods)
  }

  mutating func line(_ line: Int, _ step: () -> Step?) { if let step = step() { lines[line].append(step) } }
  mutating func period(_ row: Int, _ step: () -> Step?) { if let step = step() { periods[row].append(step) } }
}
