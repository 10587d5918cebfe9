import Glibc

/// Reads and writes descriptors whole, through interruptions.
enum ByteStream {
  /// What has come, at least one byte; empty at the end of the stream or when it broke.
  static func read(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var result: Int
      repeat {
        result = Glibc.read(descriptor, buffer.baseAddress, 1 << 16)
      } while result < 0 && errno == EINTR
      count = max(0, result)
    }
  }

  /// The place of a byte from `start` on.
  static func firstIndex(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }

  /// What became of a write.
  enum Written {
    case all, late
    /// The reader has gone, or the system took no more, for this reason.
    case broken(errno: Int32)
  }

  /// Has writes to a descriptor return when its reader does not keep up, so that they can have a deadline.
  static func bound(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// Writes all bytes, those to a bound descriptor within a time.
  static func write(_ bytes: [UInt8], to descriptor: Int32, until deadline: Deadline = .never) -> Written {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN {
          guard let left = deadline.milliseconds else { return .late }
          _ = isReady(descriptor, POLLOUT, milliseconds: left)
          continue
        }
        if count <= 0 { return .broken(errno: errno) }
        start += count
      }
      return .all
    }
  }

  /// Waits until something can be read, or another descriptor says that nobody is left to write it.
  static func awaitInput(_ descriptor: Int32, orEnd end: Int32, milliseconds: Int32) -> Awaited {
    // A descriptor below 0 is passed over.
    var wanted = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: end, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&wanted, 2, milliseconds)
    if wanted[0].revents != 0 { return .input }
    // What was written before the end came first.
    if wanted[1].revents != 0 { return isReady(descriptor, POLLIN, milliseconds: 0) ? .input : .end }
    return .nothing
  }

  /// What came of waiting for input.
  enum Awaited {
    case input, end, nothing
  }

  /// Whether a descriptor can be read or written, or is at its end, before a time has passed.
  static func isReady(_ descriptor: Int32, _ events: Int32, milliseconds: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return poll(&wanted, 1, milliseconds) != 0
  }
}

/// A thread that nothing waits for.
package enum BackgroundThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts the thread; one that is nice, like the threads and processes that it starts, gives way to others.
  package static func start(niceness: Int32 = 0, _ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(
      Work {
        // Linux counts niceness by thread; who may not be nicer is not.
        if niceness > 0 { setpriority(Int32(PRIO_PROCESS.rawValue), 0, niceness) }
        body()
      })
    let result = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if result == 0 { pthread_detach(thread) } else { work.release() }
  }
}
