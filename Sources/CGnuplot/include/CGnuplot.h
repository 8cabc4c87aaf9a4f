#ifndef CGNUPLOT_H
#define CGNUPLOT_H

#ifdef __cplusplus
extern "C" {
#endif

/// What became of a drawing.
typedef enum {
  CGNUPLOT_DRAWN = 0,
  /// No program of that name can be started.
  CGNUPLOT_MISSING = 1,
  /// The folder cannot be entered.
  CGNUPLOT_NO_FOLDER = 2,
  /// gnuplot ended with an error or was killed; its own words are in the message.
  CGNUPLOT_FAILED = 3,
  /// The system refused a pipe, a process or a temporary file.
  CGNUPLOT_SYSTEM = 4
} cgnuplot_result;

/// Starts `program` (looked up in PATH unless it has a slash) in `folder` and feeds it `script` through a pipe.
///
/// No shell is involved: `program` and `folder` are taken as they are, whatever characters they hold. On return
/// `message` holds a NUL-terminated text, truncated to `capacity` bytes: what gnuplot wrote to stderr, also
/// where it succeeded with a warning, or why it could not be started. Blocks until gnuplot has ended; safe to
/// call from several threads.
cgnuplot_result cgnuplot_draw(
    const char *program, const char *folder, const char *script, char *message, int capacity);

#ifdef __cplusplus
}
#endif

#endif
