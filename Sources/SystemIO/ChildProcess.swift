import CSystem
package import Diagnostics
import Glibc

/// A program that this process started, with pipes to its standard input and output.
///
/// The child dies with this process: it gets SIGKILL when the thread that started it ends, and reads the end
/// of its input when the pipe closes.
package final class ChildProcess: Sendable {
  /// Bounds that are set before the program begins.
  package struct Limits: Sendable {
    package var memoryBytes: UInt64
    package var cpuSeconds: UInt64
    package var openFiles: UInt64
    package var fileBytes: UInt64

    package init(
      memoryBytes: UInt64 = 8 << 30, cpuSeconds: UInt64 = 3600, openFiles: UInt64 = 256,
      fileBytes: UInt64 = 1 << 30
    ) {
      self.memoryBytes = memoryBytes
      self.cpuSeconds = cpuSeconds
      self.openFiles = openFiles
      self.fileBytes = fileBytes
    }
  }

  package let processID: Int32
  /// Descriptor to write to the child's standard input.
  package let input: Int32
  /// Descriptor to read the child's standard output.
  package let output: Int32

  /// Starts the program in a folder; throws a diagnostic when the system cannot.
  package init(
    executable: String, arguments: [String] = [], folder: String, limits: Limits = Limits()
  ) throws(Diagnostic) {
    var bounds = csystem_limits(
      memory_bytes: limits.memoryBytes, cpu_seconds: limits.cpuSeconds, open_files: limits.openFiles,
      file_bytes: limits.fileBytes)
    var input: Int32 = -1
    var output: Int32 = -1
    var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in argv { free(pointer) } }
    let result = csystem_spawn(executable, &argv, environ, folder, &bounds, &input, &output)
    guard result > 0 else {
      throw Diagnostic(
        .moduleFailed, .error, "cannot start `\(executable)`: \(SystemError.text(-result))",
        at: .file(executable))
    }
    processID = result
    self.input = input
    self.output = output
  }

  /// How the program ended, in words, or nil while it runs.
  package func ending(waitSeconds: Double) -> String? {
    let deadline = SystemClock.monotonicSeconds + waitSeconds
    while true {
      var status: Int32 = 0
      let result = waitpid(processID, &status, WNOHANG)
      if result == processID { return Self.words(status) }
      if result < 0 { return "ended" }
      if SystemClock.monotonicSeconds >= deadline { return nil }
      usleep(500)
    }
  }

  /// Ends the program at once and collects it.
  package func kill() {
    Glibc.kill(processID, SIGKILL)
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0, errno == EINTR {}
  }

  private static func words(_ status: Int32) -> String {
    let signal = status & 0x7F
    if signal == 0 { return "exited with code \((status >> 8) & 0xFF)" }
    let names: [Int32: String] = [
      SIGKILL: "was killed", SIGSEGV: "crashed (segmentation fault)", SIGABRT: "crashed (abort)",
      SIGILL: "crashed (trap)", SIGTRAP: "crashed (trap)", SIGXCPU: "used up its processor time",
      SIGXFSZ: "wrote too large a file", SIGBUS: "crashed (bus error)",
    ]
    return names[signal] ?? "was ended by signal \(signal)"
  }
}
