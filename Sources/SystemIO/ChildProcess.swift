import CSystem
package import Diagnostics
import Glibc

/// A program that this process started, with pipes to its standard input and output.
///
/// The child dies with this process: it gets SIGKILL when the thread that started it ends, and reads the end
/// of its input when the pipe closes. It leads a process group, so that it can be ended with all that it started.
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
  /// Descriptor that can be read once the program has ended; below 0 where the system has none.
  package let end: Int32

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
    end = csystem_process_end(result)
  }

  /// How the program ended, in words, or nil while it runs.
  ///
  /// It is left to be collected by `kill`, so that its id still names its group.
  package func ending(waitSeconds: Double) -> String? {
    let deadline = SystemClock.monotonicSeconds + waitSeconds
    while true {
      var end = siginfo_t()
      if waitid(P_PID, id_t(processID), &end, WEXITED | WNOHANG | WNOWAIT) != 0 { return "ended" }
      if end._sifields._sigchld.si_pid == processID { return Self.words(end) }
      if SystemClock.monotonicSeconds >= deadline { return nil }
      usleep(500)
    }
  }

  /// Ends the program at once, with all that it started in its group, and collects it; to be called once.
  package func kill() {
    Glibc.kill(-processID, SIGKILL)
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0, errno == EINTR {}
  }

  private static func words(_ end: siginfo_t) -> String {
    let status = end._sifields._sigchld.si_status
    if end.si_code == CLD_EXITED { return "exited with code \(status)" }
    let signal = status
    let names: [Int32: String] = [
      SIGKILL: "was killed", SIGSEGV: "crashed (segmentation fault)", SIGABRT: "crashed (abort)",
      SIGILL: "crashed (trap)", SIGTRAP: "crashed (trap)", SIGXCPU: "used up its processor time",
      SIGXFSZ: "wrote too large a file", SIGBUS: "crashed (bus error)",
    ]
    return names[signal] ?? "was ended by signal \(signal)"
  }
}
