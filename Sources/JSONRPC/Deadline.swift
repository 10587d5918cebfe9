import Glibc

/// The moment until which something may take.
struct Deadline {
  static let never = Deadline(seconds: .infinity)

  private let end: Double

  init(seconds: Double) { end = Self.now + seconds }

  /// What is left, at least none.
  var seconds: Double { max(0, end - Self.now) }

  /// What is left, at least one millisecond and at most a minute; nil once the moment has passed.
  var milliseconds: Int32? {
    let left = seconds
    return left > 0 ? Int32(max(1, min(60_000, left * 1000))) : nil
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
