// A table on its way from ReadStat's callbacks to CSV text.
#ifndef SURVKIT_READSTAT_TABLE_H
#define SURVKIT_READSTAT_TABLE_H

#include <readstat.h>
#include <stdint.h>

#include "values.h"

/// The file as it came through standard input.
struct input {
  const unsigned char *bytes;
  size_t count;
  size_t position;
};

struct special;

struct column {
  char name[300];
  enum kind kind;
  bool is_text;
  size_t width;
  /// Special missing values met, by code.
  struct special *specials;
  size_t special_count;
};

struct table {
  enum program program;
  struct column *columns;
  int column_count;
  /// As the file states it; negative where it does not.
  int64_t declared_rows;
  /// Of the file's format.
  int64_t version;
  int64_t rows;
  /// The column whose value comes next.
  int next;
};

/// Sets ReadStat's callbacks.
void set_handlers(readstat_parser_t *parser);

/// Ends the table: the rows are as many as the file says, special missing values are sent.
void finish_table(struct table *table);

/// Bytes of a row in the file.
size_t row_width(const struct table *table);

#endif
