#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int limit(int what, uint64_t value) {
  if (value == 0) return 0;
  struct rlimit bound;
  if (getrlimit(what, &bound) != 0) return -1;
  // A bound that is in force already and lower stays.
  if (bound.rlim_max > value) bound.rlim_max = value;
  if (bound.rlim_cur > bound.rlim_max) bound.rlim_cur = bound.rlim_max;
  return setrlimit(what, &bound);
}

pid_t csystem_spawn(const char *path, char *const argv[], char *const envp[], const char *directory,
                    const struct csystem_limits *limits, int *input, int *output) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0) return -errno;
  if (pipe2(out, O_CLOEXEC) != 0) {
    int error = errno;
    close(in[0]), close(in[1]);
    return -error;
  }
  pid_t parent = getpid();
  // The child borrows this process's memory until exec, which leaves a large host's pages alone: it makes only
  // async-signal-safe calls, no signal may reach it before, and what it writes here is `failure`.
  volatile int failure = 0;
  sigset_t all, before, none;
  sigfillset(&all);
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t child = vfork();
  if (child == 0) {
    int failed = prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || setpgid(0, 0) != 0 ||
                 chdir(directory) != 0 || dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0 || limit(RLIMIT_AS, limits->memory_bytes) != 0 ||
                 limit(RLIMIT_CPU, limits->cpu_seconds) != 0 || limit(RLIMIT_NOFILE, limits->open_files) != 0 ||
                 limit(RLIMIT_FSIZE, limits->file_bytes) != 0;
    if (!failed) {
      // Also what the host was handed itself: whoever started it may wait for the end of that.
      close_range(3, ~0U, 0);
      signal(SIGPIPE, SIG_DFL);
      sigprocmask(SIG_SETMASK, &none, 0);
      execve(path, argv, envp);
    }
    failure = errno;
    _exit(127);
  }
  int error = child < 0 ? errno : failure;
  pthread_sigmask(SIG_SETMASK, &before, 0);
  close(in[0]), close(out[1]);
  if (error != 0) {
    if (child > 0) waitpid(child, 0, 0);
    close(in[1]), close(out[0]);
    return -error;
  }
  *input = in[1];
  *output = out[0];
  return child;
}

int csystem_process_end(pid_t process) {
  int end = pidfd_open(process, 0);
  return end < 0 ? -errno : end;
}

int csystem_memory_file(void) {
  int file = memfd_create("incentive", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return -errno;
  if (fchmod(file, 0600) == 0) return file;
  int error = errno;
  close(file);
  return -error;
}

int csystem_seal(int file) {
  return fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0 ? 0 : -errno;
}

int csystem_is_memory_file(int file) {
  struct stat status;
  return fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 0 && fcntl(file, F_GET_SEALS) >= 0;
}

int csystem_wait_for_end(pid_t process) {
  int file = (int)syscall(SYS_pidfd_open, process, 0);
  if (file < 0) return errno == ESRCH;
  struct pollfd wanted = {.fd = file, .events = POLLIN};
  int result;
  do result = poll(&wanted, 1, -1);
  while (result < 0 && errno == EINTR);
  close(file);
  return result > 0;
}

void csystem_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
}

long csystem_copy(int from, long place, int to, long end, unsigned long count) {
  off_t source = place, target = end;
  return copy_file_range(from, &source, to, &target, count, 0);
}
