// survkit-readstat FORMAT BYTES MEMORY SECONDS [ENCODING]
//
// Reads a SAS, Stata or SPSS file of BYTES bytes from standard input through ReadStat and writes it to standard output as CSV
// with its metadata (frames.h). It is a program of its own so that a damaged or hostile file can crash, hang or bloat this
// process and not survkit: it may use MEMORY bytes of address space and SECONDS of processor time, opens no file and leaves
// no core. FORMAT: xport, sas7bdat, dta, sav. With --version it prints the name of ReadStat's library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <readstat.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "frames.h"
#include "table.h"

static int on_open(const char *path, void *context) {
  (void)path, (void)context;
  return 0;
}

static int on_close(void *context) {
  (void)context;
  return 0;
}

static readstat_off_t on_seek(readstat_off_t offset, readstat_io_flags_t whence, void *context) {
  struct input *input = context;
  readstat_off_t from = whence == READSTAT_SEEK_CUR ? (readstat_off_t)input->position
                        : whence == READSTAT_SEEK_END ? (readstat_off_t)input->count
                                                      : 0;
  readstat_off_t to;
  if (__builtin_add_overflow(from, offset, &to) || to < 0 || to > (readstat_off_t)input->count) return -1;
  input->position = (size_t)to;
  return to;
}

static ssize_t on_read(void *buffer, size_t count, void *context) {
  struct input *input = context;
  size_t left = input->count - input->position;
  if (count > left) count = left;
  memcpy(buffer, input->bytes + input->position, count);
  input->position += count;
  return (ssize_t)count;
}

static readstat_error_t on_update(long size, readstat_progress_handler progress, void *user, void *context) {
  (void)size, (void)progress, (void)user, (void)context;
  return READSTAT_OK;
}

static void limit(int resource, rlim_t soft, rlim_t hard) {
  struct rlimit limit = {soft, hard};
  if (setrlimit(resource, &limit) != 0) fail("data", "the limits of the reading program cannot be set");
}

/// Under a sanitizer the address space is taken by its shadow, and cannot be limited.
static bool has_shadow(void) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return true;
#endif
#endif
  return false;
}

static unsigned long long whole_number(const char *text) {
  char *end;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (errno != 0 || end == text || *end != 0) {
    fputs("survkit-readstat is started by survkit: survkit-readstat FORMAT BYTES MEMORY SECONDS [ENCODING]\n", stderr);
    exit(64);
  }
  return value;
}

static struct input read_input(size_t count) {
  unsigned char *bytes = malloc(count + 1);
  if (bytes == NULL) fail("memory", "there is no memory for the file");
  size_t filled = 0;
  while (filled < count) {
    ssize_t got = read(STDIN_FILENO, bytes + filled, count - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("data", "the file did not come through whole");
    filled += (size_t)got;
  }
  return (struct input){bytes, count, 0};
}

/// Observations of a transport file end with the file: what is behind the last row must be padding, or a row is cut off.
/// SAS Institute, "The Record Layout of a Data Set in SAS Transport (XPORT) Format": records of 80 bytes, filled with blanks.
static void check_transport_end(const struct input *input, const struct table *table) {
  static const char v5[] = "HEADER RECORD*******OBS     HEADER", v8[] = "HEADER RECORD*******OBSV8   HEADER";
  size_t at = 0;
  for (; at + 80 <= input->count; at += 80) {
    if (memcmp(input->bytes + at, v5, sizeof v5 - 1) == 0 || memcmp(input->bytes + at, v8, sizeof v8 - 1) == 0) break;
  }
  if (at + 80 > input->count) fail("data", "has no record of observations");
  size_t used = 0;
  if (__builtin_mul_overflow((size_t)table->rows, row_width(table), &used) || used > input->count - at - 80)
    fail("data", "has fewer bytes than its rows");
  for (size_t i = at + 80 + used; i < input->count; i++) {
    if (input->bytes[i] != ' ') fail("data", "ends within a row; it may be cut off");
  }
}

static void report(readstat_error_t error) {
  switch (error) {
  case READSTAT_OK: return;
  case READSTAT_ERROR_MALLOC: fail("memory", "it asks for more memory than its size warrants");
  case READSTAT_ERROR_CONVERT:
  case READSTAT_ERROR_CONVERT_BAD_STRING:
  case READSTAT_ERROR_CONVERT_SHORT_STRING:
  case READSTAT_ERROR_UNSUPPORTED_CHARSET: fail("encoding", readstat_error_message(error));
  default: fail("data", readstat_error_message(error));
  }
}

/// The file of ReadStat's library, which has its version in its name and nowhere else.
static int print_version(void) {
  Dl_info info;
  char *file = dladdr((void *)readstat_parser_init, &info) != 0 ? realpath(info.dli_fname, NULL) : NULL;
  const char *slash = file == NULL ? NULL : strrchr(file, '/');
  printf("%s\n", slash == NULL ? "unknown" : slash + 1);
  free(file);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--version") == 0) return print_version();
  const char *format = argc > 1 ? argv[1] : "";
  if (argc < 5 || argc > 6) whole_number("");
  size_t count = whole_number(argv[2]);
  rlim_t memory = whole_number(argv[3]), seconds = whole_number(argv[4]);
  // Who starts this may have blocked or ignored the signal of the time limit.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGXCPU, SIG_DFL);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, 0, 0);
  if (!has_shadow()) limit(RLIMIT_AS, memory, memory);
  limit(RLIMIT_CPU, seconds, seconds + 1);

  struct input input = read_input(count);
  struct table table = {.declared_rows = -1};
  readstat_parser_t *parser = readstat_parser_init();
  if (parser == NULL) fail("memory", "there is no memory to read it");
  set_handlers(parser);
  readstat_set_open_handler(parser, on_open);
  readstat_set_close_handler(parser, on_close);
  readstat_set_seek_handler(parser, on_seek);
  readstat_set_read_handler(parser, on_read);
  readstat_set_update_handler(parser, on_update);
  readstat_set_io_ctx(parser, &input);
  if (argc == 6) readstat_set_file_character_encoding(parser, argv[5]);

  if (strcmp(format, "xport") == 0) {
    table.program = SAS;
    report(readstat_parse_xport(parser, "", &table));
    check_transport_end(&input, &table);
  } else if (strcmp(format, "sas7bdat") == 0) {
    table.program = SAS;
    report(readstat_parse_sas7bdat(parser, "", &table));
  } else if (strcmp(format, "dta") == 0) {
    table.program = STATA;
    report(readstat_parse_dta(parser, "", &table));
  } else if (strcmp(format, "sav") == 0) {
    table.program = SPSS;
    report(readstat_parse_sav(parser, "", &table));
  } else {
    whole_number("");
  }
  finish_table(&table);
  csv_flush();
  char rows[VALUE_TEXT_SIZE], bytes[VALUE_TEXT_SIZE];
  snprintf(rows, sizeof rows, "%lld", (long long)table.rows);
  snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)csv_count());
  send_strings('Z', rows, bytes, NULL);
  // Nothing is given back: the system does it faster, and a heap that a hostile file has spoiled is not walked over.
  _exit(0);
}
