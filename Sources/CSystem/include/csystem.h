// What Swift's Glibc module does not offer: a child process with limits that dies with its parent, and memory files.
#ifndef INCENTIVE_CSYSTEM_H
#define INCENTIVE_CSYSTEM_H
#include <stddef.h>
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
// closed in the child. The child leads a process group of its own, and gets SIGKILL when the calling thread ends.
// Returns the process id, or the negative errno of the call that failed, exec included.
pid_t csystem_spawn(const char *path, char *const argv[], char *const envp[], const char *directory,
                    const struct csystem_limits *limits, int *input, int *output);

// A descriptor that can be read once the process has ended; closed at exec. A negative errno where the system has none.
int csystem_process_end(pid_t process);

// An empty memory file, which has no name in any folder and goes with its last descriptor; closed at exec, mode 0600.
// Returns the descriptor or a negative errno.
int csystem_memory_file(void);

// Forbids every change of a memory file, for good and to everyone. Returns 0 or a negative errno.
int csystem_seal(int file);

// Whether the descriptor is that of a memory file.
int csystem_is_memory_file(int file);

// Waits until the process ends, whoever started it; returns at once when there is none. False where the system cannot
// tell.
int csystem_wait_for_end(pid_t process);

// Has freed memory kept for what is allocated next, up to 512 MiB: a program that works batch by batch would otherwise
// hand the same pages back and forth.
void csystem_keep_memory(void);

// Copies up to `count` bytes from a place of one file to a place of another within the system; how many, or -1.
long csystem_copy(int from, long place, int to, long end, unsigned long count);

// A decoder of texts of an encoding into UTF-8; null where the system has none for it.
void *csystem_decoder(const char *encoding);

// Decodes as much as there is and there is room for; moves the pointers and lowers the counts. Returns 0, E2BIG where the
// room was not enough, EINVAL where the input ends inside a character, EILSEQ at bytes that are no character.
int csystem_decode(void *decoder, const uint8_t **input, size_t *input_left, uint8_t **output, size_t *output_left);

void csystem_decoder_close(void *decoder);
#endif
