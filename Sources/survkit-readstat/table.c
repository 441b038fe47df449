#include "table.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "frames.h"

/// How often a special missing value occurs in a column: .A and ._ of SAS, .a of Stata, a number or text that SPSS was told
/// to take as missing.
struct special {
  char code[VALUE_TEXT_SIZE];
  uint64_t count;
};

enum { COLUMN_LIMIT = 10000, SPECIAL_LIMIT = 100 };

static void check_text(const char *text, size_t count) {
  if (!is_utf8(text, count)) fail("encoding", "a text is not in the encoding that the file says");
}

static double number(readstat_value_t value) {
  switch (value.type) {
  case READSTAT_TYPE_INT8: return value.v.i8_value;
  case READSTAT_TYPE_INT16: return value.v.i16_value;
  case READSTAT_TYPE_INT32: return value.v.i32_value;
  case READSTAT_TYPE_FLOAT: return value.v.float_value;
  default: return value.v.double_value;
  }
}

static bool is_text(readstat_type_t type) { return type == READSTAT_TYPE_STRING || type == READSTAT_TYPE_STRING_REF; }

/// The length of a text without the blanks behind it.
static size_t trimmed_length(const char *text) {
  size_t count = strlen(text);
  while (count > 0 && text[count - 1] == ' ') count--;
  return count;
}

static int on_metadata(readstat_metadata_t *metadata, void *context) {
  struct table *table = context;
  table->declared_rows = metadata->row_count;
  table->version = metadata->file_format_version;
  char version[VALUE_TEXT_SIZE];
  number_text((double)metadata->file_format_version, version);
  send_strings('F', "version", version, NULL);
  const char *compression[] = {"none", "rows", "binary"};
  if (metadata->compression >= READSTAT_COMPRESS_NONE && metadata->compression <= READSTAT_COMPRESS_BINARY)
    send_strings('F', "compression", compression[metadata->compression], NULL);
  const char *const facts[][2] = {{"encoding", metadata->file_encoding}, {"label", metadata->file_label}};
  for (int i = 0; i < 2; i++) {
    const char *text = facts[i][1];
    if (text == NULL || text[0] == 0) continue;
    check_text(text, strlen(text));
    send_strings('F', facts[i][0], text, NULL);
  }
  return READSTAT_HANDLER_OK;
}

/// The bytes of a Stata file that hold the name of a set of value labels, with a zero behind a shorter one (Stata's help file
/// "dta": 9 before version 110, 33 before 118, 129 since). ReadStat hands out the bytes as they are.
static size_t labels_width(const struct table *table) {
  return table->version < 110 ? 9 : table->version < 118 ? 33 : 129;
}

static int on_variable(int index, readstat_variable_t *variable, const char *labels, void *context) {
  struct table *table = context;
  if (index != table->column_count) fail("data", "its columns are not in order");
  if (index >= COLUMN_LIMIT) fail("data", "has more than 10000 columns");
  if (table->columns == NULL) table->columns = calloc(COLUMN_LIMIT, sizeof *table->columns);
  if (table->columns == NULL) fail("memory", "there is no memory for its columns");

  struct column *column = &table->columns[table->column_count++];
  if (labels == NULL) labels = "";
  char set[130];
  if (table->program == STATA) {
    size_t count = strnlen(labels, labels_width(table));
    memcpy(set, labels, count);
    set[count] = 0;
    labels = set;
  }
  const char *const texts[] = {variable->name, variable->label, variable->format, labels};
  for (int i = 0; i < 4; i++) check_text(texts[i], strlen(texts[i]));
  size_t length = trimmed_length(variable->name);
  memcpy(column->name, variable->name, length);
  column->is_text = is_text(variable->type);
  column->kind = column->is_text ? TEXT : kind_of_format(table->program, variable->format);
  column->width = variable->storage_width;
  send_strings('V', column->name, texts[1], texts[2], texts[3], kind_names[column->kind], NULL);
  return READSTAT_HANDLER_OK;
}

static void write_header(const struct table *table) {
  for (int i = 0; i < table->column_count; i++) {
    if (i > 0) csv_byte(',');
    csv_field(table->columns[i].name, strlen(table->columns[i].name));
  }
  csv_byte('\n');
}

static void count_special(struct column *column, const char *code) {
  if (column->specials == NULL) column->specials = calloc(SPECIAL_LIMIT, sizeof *column->specials);
  if (column->specials == NULL) fail("memory", "there is no memory for its missing values");
  size_t at = 0;
  while (at < column->special_count && strcmp(column->specials[at].code, code) != 0) at++;
  if (at == column->special_count) {
    // Beyond the limit, different values of a range of SPSS are counted as one.
    if (at == SPECIAL_LIMIT - 1) code = "others";
    if (at < SPECIAL_LIMIT) {
      strcpy(column->specials[at].code, code);
      column->special_count++;
    } else {
      at = SPECIAL_LIMIT - 1;
    }
  }
  column->specials[at].count++;
}

/// The code of a tagged value: .A or ._ in SAS, .a in Stata.
static void tag_text(const struct table *table, char tag, char text[VALUE_TEXT_SIZE]) {
  if (tag != '_' && !((tag >= 'A' && tag <= 'Z') || (tag >= 'a' && tag <= 'z')))
    fail("data", "a missing value has a code that is no letter");
  text[0] = '.';
  text[1] = (char)(table->program == SAS ? toupper((unsigned char)tag) : tolower((unsigned char)tag));
  text[2] = 0;
}

static bool write_value(struct table *table, struct column *column, readstat_variable_t *variable, readstat_value_t value) {
  char text[VALUE_TEXT_SIZE];
  if (readstat_value_is_tagged_missing(value)) {
    tag_text(table, value.tag, text);
    count_special(column, text);
    return false;
  }
  if (readstat_value_is_system_missing(value)) return false;
  if (is_text(value.type)) {
    const char *string = value.v.string_value != NULL ? value.v.string_value : "";
    size_t length = trimmed_length(string);
    check_text(string, length);
    if (readstat_value_is_defined_missing(value, variable)) {
      snprintf(text, sizeof text, "%.*s", (int)(length < 40 ? length : 40), string);
      count_special(column, is_utf8(text, strlen(text)) ? text : "others");
      return false;
    }
    csv_field(string, length);
    return length > 0;
  }
  double x = number(value);
  // ReadStat gives a NaN for system missing values; one of another kind is no number either.
  if (x != x) return false;
  if (readstat_value_is_defined_missing(value, variable)) {
    number_text(x, text);
    count_special(column, text);
    return false;
  }
  if (column->kind == NUMBER || column->kind == TEXT) number_text(x, text);
  else moment_text(table->program, column->kind, x, text);
  csv_bytes(text, strlen(text));
  return true;
}

static int on_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context) {
  struct table *table = context;
  if (row != table->rows || variable->index != table->next) fail("data", "its rows are not in order");
  if (row == 0 && table->next == 0) write_header(table);
  if (table->next > 0) csv_byte(',');
  struct column *column = &table->columns[table->next];
  if (is_text(value.type) != column->is_text) fail("data", "a value is not of the type of its column");
  bool is_present = write_value(table, column, variable, value);
  // A line that is empty would be no row.
  if (!is_present && table->column_count == 1) csv_bytes("\"\"", 2);
  if (++table->next == table->column_count) {
    csv_byte('\n');
    table->next = 0;
    table->rows++;
  }
  return READSTAT_HANDLER_OK;
}

static int on_value_label(const char *labels, readstat_value_t value, const char *label, void *context) {
  struct table *table = context;
  char text[VALUE_TEXT_SIZE];
  const char *code = text;
  if (is_text(value.type)) {
    code = value.v.string_value != NULL ? value.v.string_value : "";
  } else if (readstat_value_is_tagged_missing(value)) {
    tag_text(table, value.tag, text);
  } else {
    number_text(number(value), text);
  }
  check_text(labels, strlen(labels));
  check_text(code, strlen(code));
  check_text(label, strlen(label));
  char trimmed[2048];
  size_t length = trimmed_length(code);
  if (length >= sizeof trimmed) return READSTAT_HANDLER_OK;
  memcpy(trimmed, code, length);
  trimmed[length] = 0;
  send_strings('L', labels, trimmed, label, NULL);
  return READSTAT_HANDLER_OK;
}

void set_handlers(readstat_parser_t *parser) {
  readstat_set_metadata_handler(parser, on_metadata);
  readstat_set_variable_handler(parser, on_variable);
  readstat_set_value_handler(parser, on_value);
  readstat_set_value_label_handler(parser, on_value_label);
}

size_t row_width(const struct table *table) {
  size_t width = 0;
  for (int i = 0; i < table->column_count; i++) width += table->columns[i].width;
  return width;
}

void finish_table(struct table *table) {
  if (table->next != 0) fail("data", "ends within a row");
  if (table->declared_rows >= 0 && table->rows != table->declared_rows)
    fail("data", "has not as many rows as it says; it may be cut off");
  if (table->rows == 0) write_header(table);
  for (int i = 0; i < table->column_count; i++) {
    const struct column *column = &table->columns[i];
    for (size_t j = 0; j < column->special_count; j++) {
      char count[VALUE_TEXT_SIZE];
      snprintf(count, sizeof count, "%llu", (unsigned long long)column->specials[j].count);
      send_strings('S', column->name, column->specials[j].code, count, NULL);
    }
  }
}
