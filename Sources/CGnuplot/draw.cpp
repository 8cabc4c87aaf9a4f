#include "CGnuplot.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>

#include <gnuplot-iostream.h>

extern char **environ;

namespace {

/// A temporary file without a name that catches what gnuplot says: unlike a pipe it never fills up.
class Transcript {
 public:
  Transcript() : file(std::tmpfile()) {
    if (file) fcntl(fileno(file), F_SETFD, FD_CLOEXEC);
  }
  ~Transcript() {
    if (file) std::fclose(file);
  }
  Transcript(const Transcript &) = delete;
  Transcript &operator=(const Transcript &) = delete;

  bool isOpen() const { return file != nullptr; }
  int descriptor() const { return fileno(file); }

  std::string text() const {
    std::string words;
    char chunk[4096];
    std::rewind(file);
    while (size_t count = std::fread(chunk, 1, sizeof chunk, file)) words.append(chunk, count);
    return words;
  }

 private:
  std::FILE *file;
};

/// Writing to a gnuplot that has already ended must be an error here, not the end of this process.
class BrokenPipeIgnored {
 public:
  BrokenPipeIgnored() {
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &brokenPipe, &before);
  }
  ~BrokenPipeIgnored() {
    const timespec now = {0, 0};
    if (!sigismember(&before, SIGPIPE)) sigtimedwait(&brokenPipe, nullptr, &now);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  BrokenPipeIgnored(const BrokenPipeIgnored &) = delete;
  BrokenPipeIgnored &operator=(const BrokenPipeIgnored &) = delete;

  const sigset_t *maskBefore() const { return &before; }

 private:
  sigset_t brokenPipe, before;
};

/// Starts the program in the folder, reading from `input` and speaking to `transcript`; returns an errno.
int start(const char *program, const char *folder, int input, int transcript, const sigset_t *mask, pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addchdir_np(&actions, folder);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, transcript, STDERR_FILENO);
  posix_spawnattr_setsigmask(&attributes, mask);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  char *const arguments[] = {const_cast<char *>(program), nullptr};
  const int error = posix_spawnp(child, program, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

std::string describe(int status) {
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

cgnuplot_result draw(const char *program, const char *folder, const char *script, std::string &message) {
  if (access(folder, X_OK) != 0) {
    message = std::strerror(errno);
    return CGNUPLOT_NO_FOLDER;
  }
  Transcript transcript;
  int ends[2];
  if (!transcript.isOpen() || pipe2(ends, O_CLOEXEC) != 0) {
    message = std::strerror(errno);
    return CGNUPLOT_SYSTEM;
  }
  BrokenPipeIgnored guard;
  pid_t child = 0;
  const int error = start(program, folder, ends[0], transcript.descriptor(), guard.maskBefore(), &child);
  close(ends[0]);
  if (error != 0) {
    close(ends[1]);
    message = std::strerror(error);
    return error == ENOENT ? CGNUPLOT_MISSING : CGNUPLOT_SYSTEM;
  }
  {
    // gnuplot-iostream's own way to start gnuplot goes through a shell and drops its exit status, so it is given
    // a pipe that is already open. It closes the pipe when it leaves this scope, and gnuplot ends.
    gnuplotio::Gnuplot gnuplot(fdopen(ends[1], "w"));
    gnuplot << script << "\n";
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  message = transcript.text();
  if (status == 0) return CGNUPLOT_DRAWN;
  if (message.empty()) message = describe(status);
  return CGNUPLOT_FAILED;
}

}  // namespace

cgnuplot_result cgnuplot_draw(
    const char *program, const char *folder, const char *script, char *message, int capacity) {
  std::string words;
  cgnuplot_result result = CGNUPLOT_SYSTEM;
  try {
    result = draw(program, folder, script, words);
  } catch (const std::exception &error) {
    words = error.what();
  }
  if (capacity > 0) std::snprintf(message, static_cast<size_t>(capacity), "%s", words.c_str());
  return result;
}
