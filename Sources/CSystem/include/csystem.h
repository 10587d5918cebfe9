// What Swift's Glibc module does not offer: a child process with limits that dies with its parent.
#ifndef INCENTIVE_CSYSTEM_H
#define INCENTIVE_CSYSTEM_H
#include <stdint.h>
#include <sys/types.h>

// Limits of a child; 0 leaves the host's own limit.
struct csystem_limits {
  uint64_t memory_bytes;
  uint64_t cpu_seconds;
  uint64_t open_files;
  uint64_t file_bytes;
};

// Starts `path` with `argv` and `envp` (both null-terminated) in `directory`, its standard input and output
// connected to the two descriptors that come back, its standard error inherited. All other descriptors are
// closed in the child. The child gets SIGKILL when the calling thread ends.
// Returns the process id, or the negative errno of the call that failed, exec included.
pid_t csystem_spawn(const char *path, char *const argv[], char *const envp[], const char *directory,
                    const struct csystem_limits *limits, int *input, int *output);
#endif
