// Values as the text of CSV cells.
#ifndef SURVKIT_READSTAT_VALUES_H
#define SURVKIT_READSTAT_VALUES_H

#include <stdbool.h>
#include <stddef.h>

/// Longest text that `number_text` and `moment_text` write, with its zero byte.
enum { VALUE_TEXT_SIZE = 64 };

/// The program whose clock a number of days or seconds belongs to.
enum program { SAS, STATA, SPSS };

/// What a number stands for by its display format.
enum kind { TEXT, NUMBER, DATE, DATETIME, TIME };

extern const char *const kind_names[];

/// What the display format of a numeric column makes of its numbers.
enum kind kind_of_format(enum program program, const char *format);

/// The shortest of 15, 16 and 17 significant digits that reads back to the same double.
void number_text(double value, char text[VALUE_TEXT_SIZE]);

/// The ISO 8601 text of a date, a date with time, or a time. A number that is no day of the years 1 to 9999 stays a number.
void moment_text(enum program program, enum kind kind, double value, char text[VALUE_TEXT_SIZE]);

/// Whether bytes are UTF-8: no overlong form, no surrogate, nothing beyond U+10FFFF (RFC 3629).
bool is_utf8(const char *bytes, size_t count);

#endif
