#pragma once

#include <sys/types.h>

/// A program that runs, and the ends of the pipes that it writes to.
struct wb_program {
  /// The process that watches over the program, and the id of the group that both are in.
  pid_t guard;
  int standard_output;
  int standard_error;
  int metrics;
  /// Says how the program ended, as one `wb_ending`; ends without a word where the guard was killed.
  int status;
};

enum wb_ending_kind { WB_EXITED = 0, WB_SIGNALLED = 1, WB_NOT_STARTED = 2, WB_NO_FOLDER = 3 };

struct wb_ending {
  int kind;
  /// The exit code, the signal, or the `errno` that kept it from starting.
  int value;
};

/// The file descriptor on which the program writes its metrics.
enum { wb_metrics_descriptor = 3 };

/// Starts a program in a process group of its own, under a guard that kills the whole group when the program has ended,
/// or when the caller's process has, however it dies. Its standard input is empty.
///
/// The thread that calls must live until the program has ended.
///
/// - arguments, environment: ended by NULL. A program without a slash is sought in the caller's PATH.
/// - Returns 0, or the `errno` that kept it from being started.
int wb_start_program(
    char *const arguments[], char *const environment[], const char *folder, struct wb_program *program);
