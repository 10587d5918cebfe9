import CSQLite
import Synchronization

/// Files as the system has them, with a clock that tells nothing: no query can depend on today.
enum StillClock {
  private static let wasAsked = Atomic(false)

  /// The name under which SQLite finds it; nil for the usual way, where it cannot be had.
  static let name: String? = {
    guard let usual = sqlite3_vfs_find(nil), let name = sqlite3_mprintf_name() else { return nil }
    let files = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    files.initialize(to: usual.pointee)
    files.pointee.pNext = nil
    files.pointee.zName = name
    files.pointee.xCurrentTime = { _, _ in
      StillClock.note()
      return SQLITE_ERROR
    }
    files.pointee.xCurrentTimeInt64 = { _, _ in
      StillClock.note()
      return SQLITE_ERROR
    }
    return sqlite3_vfs_register(files, 0) == SQLITE_OK ? String(cString: name) : nil
  }()

  /// Whether somebody asked for the time since this was last asked.
  static func takeNote() -> Bool { wasAsked.exchange(false, ordering: .relaxed) }

  private static func note() { wasAsked.store(true, ordering: .relaxed) }

  // SQLite keeps the pointer for good.
  private static func sqlite3_mprintf_name() -> UnsafePointer<CChar>? {
    let text = Array("incentive".utf8CString)
    let place = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
    place.initialize(from: text, count: text.count)
    return UnsafePointer(place)
  }
}
