// What survkit-readstat writes to its standard output: frames of a type (one byte), a length (four bytes, little-endian) and
// a payload, which is CSV text ('C') or strings, each ended by a zero byte:
//
//   'F' key, value                              a fact of the file: version, encoding, label
//   'V' name, label, display format, labels, kind   a column, in order; kind: text, number, date, datetime, time
//   'C' bytes                                   a piece of the CSV text, header line first
//   'L' labels, code, label                     a value label of a set
//   'S' column, code, count                     special missing values of a column
//   'E' kind, message                           trouble: data, memory or encoding; nothing follows
//   'Z' rows, bytes of CSV                      the end; a stream without it was cut off
//
// Sources/TrialData/Reading/ReadStatStream.swift reads them.
#ifndef SURVKIT_READSTAT_FRAMES_H
#define SURVKIT_READSTAT_FRAMES_H

#include <stddef.h>
#include <stdint.h>

/// Appends bytes to the CSV text; they are sent in pieces.
void csv_bytes(const char *bytes, size_t count);
void csv_byte(char byte);
/// Appends a text as one CSV field: in quotes where it holds a comma, a quote, a line end, or a blank at either end.
void csv_field(const char *text, size_t count);
/// Sends what is left of the CSV text.
void csv_flush(void);
/// The bytes of CSV text so far.
uint64_t csv_count(void);

/// Sends a frame of strings; the list ends with NULL.
void send_strings(char type, const char *first, ...);

/// Sends an error frame and ends the program.
_Noreturn void fail(const char *kind, const char *message);

#endif
