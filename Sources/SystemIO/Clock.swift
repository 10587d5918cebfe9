import Glibc

/// The system's clocks, for deadlines and for the day on which a command is called.
package enum SystemClock {
  /// Seconds on a clock that never goes back.
  package static var monotonicSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The same in whole milliseconds.
  package static var monotonicMilliseconds: Int { Int(monotonicSeconds * 1000) }

  /// Seconds since the beginning of 1970-01-01, UTC.
  package static var secondsSince1970: Int { Int(time(nil)) }

  /// Days since 1970-01-01 of the present day, UTC.
  package static var today: Int32 { Int32(time(nil) / 86_400) }
}
