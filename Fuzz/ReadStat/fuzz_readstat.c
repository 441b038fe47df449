// The sources of survkit-readstat with its ways to the system replaced: standard input and output are memory, the limits are
// libFuzzer's, and the end of the program is a jump. What ReadStat had allocated before a jump is given back through
// AddressSanitizer's hooks, so that millions of files leave nothing behind.
#define _GNU_SOURCE
#include "fuzz_readstat.h"

#include <dlfcn.h>
#include <iconv.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
                                              void (*on_free)(const volatile void *));

static struct {
  jmp_buf end;
  const unsigned char *input;
  size_t left;
  void *context;
  void (*output)(void *, const void *, size_t);
} run;

// Blocks that are in use, in a table of open addresses; `freed` stands where one was. Beyond three quarters full no more are
// noted, and what a jump leaves of them is lost.
enum { SLOT_BITS = 15, SLOTS = 1 << SLOT_BITS };
static const void *blocks[SLOTS];
static size_t slots_used;
static const char freed;
static bool is_recording;

static size_t slot(const void *block) { return (size_t)block / 16 * 0x9E3779B97F4A7C15u >> (64 - SLOT_BITS); }

static void on_malloc(const volatile void *block, size_t size) {
  (void)size;
  if (!is_recording || block == NULL) return;
  size_t at = slot((const void *)block);
  while (blocks[at] != NULL && blocks[at] != &freed) at = (at + 1) % SLOTS;
  if (blocks[at] == NULL) {
    if (slots_used >= SLOTS / 4 * 3) return;
    slots_used++;
  }
  blocks[at] = (const void *)block;
}

static void on_free(const volatile void *block) {
  if (slots_used == 0 || block == NULL) return;
  for (size_t at = slot((const void *)block); blocks[at] != NULL; at = (at + 1) % SLOTS) {
    if (blocks[at] == (const void *)block) blocks[at] = &freed;
  }
}

// What the C library keeps of encodings is its own and is not given back.
enum { CONVERTERS = 64 };
static iconv_t converters[CONVERTERS];
static size_t converter_count;

iconv_t iconv_open(const char *to, const char *from) {
  static iconv_t (*next)(const char *, const char *);
  if (next == NULL) next = (iconv_t(*)(const char *, const char *))dlsym(RTLD_NEXT, "iconv_open");
  bool was_recording = is_recording;
  is_recording = false;
  iconv_t converter = next(to, from);
  is_recording = was_recording;
  if (is_recording && converter != (iconv_t)-1 && converter_count < CONVERTERS) converters[converter_count++] = converter;
  return converter;
}

int iconv_close(iconv_t converter) {
  static int (*next)(iconv_t);
  if (next == NULL) next = (int (*)(iconv_t))dlsym(RTLD_NEXT, "iconv_close");
  for (size_t i = 0; i < converter_count; i++) {
    if (converters[i] == converter) converters[i] = converters[--converter_count];
  }
  return next(converter);
}

static _Noreturn void fuzz_exit(int status) {
  (void)status;
  longjmp(run.end, 1);
}

static ssize_t fuzz_read(int descriptor, void *bytes, size_t count) {
  (void)descriptor;
  if (count > run.left) count = run.left;
  memcpy(bytes, run.input, count);
  run.input += count;
  run.left -= count;
  return (ssize_t)count;
}

static ssize_t fuzz_write(int descriptor, const void *bytes, size_t count) {
  (void)descriptor;
  bool was_recording = is_recording;
  is_recording = false;
  run.output(run.context, bytes, count);
  is_recording = was_recording;
  return (ssize_t)count;
}

static int fuzz_setrlimit(int resource, const struct rlimit *limit) {
  (void)resource, (void)limit;
  return 0;
}

#define main survkit_readstat_main
#define _exit fuzz_exit
#define read fuzz_read
#define write fuzz_write
#define setrlimit fuzz_setrlimit
int survkit_readstat_main(int argc, char **argv);
#include "../../Sources/survkit-readstat/frames.c"
#include "../../Sources/survkit-readstat/main.c"
#include "../../Sources/survkit-readstat/table.c"
#include "../../Sources/survkit-readstat/values.c"

void fuzz_readstat(const char *format, const unsigned char *bytes, size_t count, const char *encoding, void *context,
                   void (*output)(void *, const void *, size_t)) {
  static bool has_hooks;
  if (!has_hooks) {
    // The C library keeps the time zone, and makes it anew at every call where it has none.
    setenv("TZ", "UTC", 1);
    tzset();
    __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
  }
  has_hooks = true;
  char length[24];
  snprintf(length, sizeof length, "%zu", count);
  char *words[] = {"survkit-readstat", (char *)format, length, "1", "1", (char *)encoding, NULL};
  run.input = bytes;
  run.left = count;
  run.context = context;
  run.output = output;
  text_count = 0;
  text_total = 0;
  is_recording = true;
  if (setjmp(run.end) == 0) survkit_readstat_main(encoding != NULL ? 6 : 5, words);
  while (converter_count > 0) iconv_close(converters[converter_count - 1]);
  is_recording = false;
  if (slots_used == 0) return;
  slots_used = 0;
  for (size_t i = 0; i < SLOTS; i++) {
    const void *block = blocks[i];
    blocks[i] = NULL;
    if (block != &freed) free((void *)block);
  }
}
