#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Between a fork of a process with threads and exec nothing but system calls is safe: no malloc, no stdio. _Fork leaves out the
// handlers of pthread_atfork, which would take down OpenBLAS's threads under the feet of other workers.

enum { out_pipe, error_pipe, metrics_pipe, status_pipe, pipe_count };
enum { status_descriptor = 4, first_unneeded = 5, first_own = 16 };

struct start {
  char *const *arguments;
  char *const *environment;
  const char *folder;
  int empty;
  int writing[pipe_count];
};

static void say(int descriptor, int kind, int value) {
  struct wb_ending ending = {kind, value};
  // Fewer bytes than PIPE_BUF: all of them, or none.
  while (write(descriptor, &ending, sizeof ending) < 0 && errno == EINTR) {}
}

static void close_from(unsigned first) {
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  struct rlimit limit;
  unsigned last = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? limit.rlim_cur : 65536;
  for (unsigned descriptor = first; descriptor < last; descriptor++) close(descriptor);
}

static void become_program(const struct start *start, pid_t guard) {
  // Where the guard itself is killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != guard) _exit(127);
  fcntl(status_descriptor, F_SETFD, FD_CLOEXEC);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (chdir(start->folder) != 0) {
    say(status_descriptor, WB_NO_FOLDER, errno);
  } else {
    execvpe(start->arguments[0], start->arguments, start->environment);
    say(status_descriptor, WB_NOT_STARTED, errno);
  }
  _exit(127);
}

// Watches the program until it or the caller has ended. Every signal is blocked: what the caller sends to the group is for
// the program.
static void guard(const struct start *start, pid_t caller) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGUSR2);
  if (getppid() != caller) _exit(1);
  for (int number = 1; number < 32; number++) {
    if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
  }
  dup2(start->empty, 0);
  dup2(start->writing[out_pipe], 1);
  dup2(start->writing[error_pipe], 2);
  dup2(start->writing[metrics_pipe], wb_metrics_descriptor);
  dup2(start->writing[status_pipe], status_descriptor);
  close_from(first_unneeded);
  pid_t self = getpid();
  pid_t program = _Fork();
  if (program == 0) become_program(start, self);
  if (program < 0) {
    say(status_descriptor, WB_NOT_STARTED, errno);
    _exit(1);
  }
  for (int descriptor = 0; descriptor < status_descriptor; descriptor++) close(descriptor);
  sigset_t awaited;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGCHLD);
  sigaddset(&awaited, SIGUSR2);
  const struct timespec second = {1, 0};
  int status = 0;
  while (waitpid(program, &status, WNOHANG) == 0) {
    if (getppid() != caller) kill(0, SIGKILL);
    sigtimedwait(&awaited, NULL, &second);
  }
  if (WIFSIGNALED(status)) {
    say(status_descriptor, WB_SIGNALLED, WTERMSIG(status));
  } else {
    say(status_descriptor, WB_EXITED, WEXITSTATUS(status));
  }
  // What the program has left behind, and this process.
  kill(0, SIGKILL);
}

// A pipe whose ends are none of the low numbers that the program's own descriptors get.
static int make_pipe(int ends[2]) {
  int low[2];
  if (pipe2(low, O_CLOEXEC) != 0) return errno;
  for (int i = 0; i < 2; i++) ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, first_own);
  int problem = ends[0] < 0 || ends[1] < 0 ? errno : 0;
  close(low[0]);
  close(low[1]);
  return problem;
}

static void close_all(int *descriptors, int count) {
  for (int i = 0; i < count; i++) {
    if (descriptors[i] >= 0) close(descriptors[i]);
  }
}

int wb_start_program(
    char *const arguments[], char *const environment[], const char *folder, struct wb_program *program) {
  struct start start = {arguments, environment, folder, -1, {-1, -1, -1, -1}};
  int reading[pipe_count] = {-1, -1, -1, -1};
  int problem = 0;
  for (int i = 0; i < pipe_count && problem == 0; i++) {
    int ends[2] = {-1, -1};
    problem = make_pipe(ends);
    reading[i] = ends[0];
    start.writing[i] = ends[1];
  }
  if (problem == 0) {
    int low = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (low < 0) problem = errno;
    start.empty = fcntl(low, F_DUPFD_CLOEXEC, first_own);
    if (low >= 0) close(low);
  }
  pid_t child = -1;
  if (problem == 0) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t caller = getpid();
    child = _Fork();
    if (child == 0) {
      guard(&start, caller);
      _exit(1);
    }
    if (child < 0) problem = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
  close_all(start.writing, pipe_count);
  close_all(&start.empty, 1);
  if (problem != 0) {
    close_all(reading, pipe_count);
    return problem;
  }
  // Here too, so that the group is there when this returns.
  setpgid(child, child);
  program->guard = child;
  program->standard_output = reading[out_pipe];
  program->standard_error = reading[error_pipe];
  program->metrics = reading[metrics_pipe];
  program->status = reading[status_pipe];
  for (int i = 0; i < pipe_count; i++) fcntl(reading[i], F_SETFL, O_NONBLOCK);
  return 0;
}
