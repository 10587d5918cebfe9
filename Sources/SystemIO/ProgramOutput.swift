import Glibc

/// What a program that is run to its end writes to its standard output.
package enum ProgramOutput {
  /// The output of a program run in a folder; nil when it cannot be started, fails, or takes longer than 10 seconds.
  package static func read(_ executable: String, _ arguments: [String], in folder: String) -> [UInt8]? {
    guard let child = try? ChildProcess(executable: executable, arguments: arguments, folder: folder) else {
      return nil
    }
    close(child.input)
    defer {
      close(child.output)
      if child.end >= 0 { close(child.end) }
      child.kill()
    }
    let deadline = SystemClock.monotonicSeconds + 10
    var bytes: [UInt8] = []
    while true {
      let left = Int32(max(0, deadline - SystemClock.monotonicSeconds) * 1000)
      var wanted = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, left) != 0 else { return nil }
      let more = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, Glibc.read(child.output, buffer.baseAddress, 1 << 16))
      }
      if more.isEmpty { break }
      bytes += more
    }
    return child.ending(waitSeconds: 2) == "exited with code 0" ? bytes : nil
  }
}
