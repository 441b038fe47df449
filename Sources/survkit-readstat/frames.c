#include "frames.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char text[1 << 16];
static size_t text_count;
static uint64_t text_total;

static void write_all(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    // survkit has gone or wants no more.
    if (written <= 0) _exit(1);
    bytes += written;
    count -= (size_t)written;
  }
}

static void send(char type, const char *payload, size_t count) {
  const char head[5] = {type, (char)(count & 0xFF), (char)(count >> 8 & 0xFF), (char)(count >> 16 & 0xFF),
                        (char)(count >> 24 & 0xFF)};
  write_all(head, sizeof head);
  write_all(payload, count);
}

void csv_flush(void) {
  if (text_count == 0) return;
  send('C', text, text_count);
  text_count = 0;
}

void csv_byte(char byte) {
  if (text_count == sizeof text) csv_flush();
  text[text_count++] = byte;
  text_total++;
}

void csv_bytes(const char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) csv_byte(bytes[i]);
}

void csv_field(const char *field, size_t count) {
  bool needs_quotes = false;
  for (size_t i = 0; i < count && !needs_quotes; i++) {
    needs_quotes = field[i] == ',' || field[i] == '"' || field[i] == '\n' || field[i] == '\r';
  }
  if (count > 0) needs_quotes |= strchr(" \t", field[0]) != NULL || strchr(" \t", field[count - 1]) != NULL;
  if (!needs_quotes) {
    csv_bytes(field, count);
    return;
  }
  csv_byte('"');
  for (size_t i = 0; i < count; i++) {
    if (field[i] == '"') csv_byte('"');
    csv_byte(field[i]);
  }
  csv_byte('"');
}

uint64_t csv_count(void) { return text_total; }

void send_strings(char type, const char *first, ...) {
  csv_flush();
  // Strings of ReadStat are shorter than 2 kB, but for value labels, which may have 32,000 bytes.
  static char payload[1 << 18];
  size_t count = 0;
  va_list rest;
  va_start(rest, first);
  for (const char *part = first; part != NULL; part = va_arg(rest, const char *)) {
    size_t length = strlen(part) + 1;
    if (count + length > sizeof payload) fail("data", "a label is longer than 64,000 bytes");
    memcpy(payload + count, part, length);
    count += length;
  }
  va_end(rest);
  send(type, payload, count);
}

_Noreturn void fail(const char *kind, const char *message) {
  send_strings('E', kind, message, NULL);
  _exit(0);
}
