#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int limit(int what, uint64_t value) {
  if (value == 0) return 0;
  struct rlimit bound = {value, value};
  return setrlimit(what, &bound);
}

pid_t csystem_spawn(const char *path, char *const argv[], char *const envp[], const char *directory,
                    const struct csystem_limits *limits, int *input, int *output) {
  int in[2], out[2], status[2];
  if (pipe2(in, O_CLOEXEC) != 0) return -errno;
  if (pipe2(out, O_CLOEXEC) != 0) {
    int error = errno;
    close(in[0]), close(in[1]);
    return -error;
  }
  if (pipe2(status, O_CLOEXEC) != 0) {
    int error = errno;
    close(in[0]), close(in[1]), close(out[0]), close(out[1]);
    return -error;
  }
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    // Only async-signal-safe calls from here to exec.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    signal(SIGPIPE, SIG_DFL);
    int failed = prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || chdir(directory) != 0 ||
                 dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0 || limit(RLIMIT_AS, limits->memory_bytes) != 0 ||
                 limit(RLIMIT_CPU, limits->cpu_seconds) != 0 || limit(RLIMIT_NOFILE, limits->open_files) != 0 ||
                 limit(RLIMIT_FSIZE, limits->file_bytes) != 0;
    if (!failed) execve(path, argv, envp);
    int error = errno;
    ssize_t ignored = write(status[1], &error, sizeof error);
    (void)ignored;
    _exit(127);
  }
  int error = child < 0 ? errno : 0;
  close(in[0]), close(out[1]), close(status[1]);
  if (child > 0) {
    // The pipe closes at exec; bytes in it are the errno of what failed before.
    ssize_t count;
    do count = read(status[0], &error, sizeof error);
    while (count < 0 && errno == EINTR);
    if (count > 0) waitpid(child, 0, 0);
  }
  close(status[0]);
  if (child < 0 || error != 0) {
    close(in[1]), close(out[0]);
    return -error;
  }
  *input = in[1];
  *output = out[0];
  return child;
}
