#include "values.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const kind_names[] = {"text", "number", "date", "datetime", "time"};

static bool is_one_of(const char *name, const char *const *list) {
  for (; *list != NULL; list++) {
    if (strcmp(name, *list) == 0) return true;
  }
  return false;
}

// SAS 9.4 Formats and Informats: Reference, "Date and Time" category. Formats that show a part of a date only, such as YEAR or
// QTR, are left out: their column may as well be meant as a number.
static const char *const sas_dates[] = {
    "DATE",    "DDMMYY",  "DDMMYYB", "DDMMYYC", "DDMMYYD", "DDMMYYN",  "DDMMYYP",  "DDMMYYS",  "MMDDYY",   "MMDDYYB",
    "MMDDYYC", "MMDDYYD", "MMDDYYN", "MMDDYYP", "MMDDYYS", "YYMMDD",   "YYMMDDB",  "YYMMDDC",  "YYMMDDD",  "YYMMDDN",
    "YYMMDDP", "YYMMDDS", "MONYY",   "JULIAN",  "WEEKDATE", "WEEKDATX", "WORDDATE", "WORDDATX", "NLDATE",  "E8601DA",
    "B8601DA", "IS8601DA", NULL};
static const char *const sas_datetimes[] = {"DATETIME", "DATEAMPM", "DTDATE",  "DTMONYY", "DTWKDATX", "MDYAMPM", "NLDATM",
                                            "E8601DT",  "B8601DT",  "IS8601DT", "E8601DN", "B8601DN",  NULL};
static const char *const sas_times[] = {"TIME",    "TIMEAMPM", "TOD",     "HHMM",    "MMSS",
                                        "E8601TM", "B8601TM",  "IS8601TM", "NLTIME", NULL};
// IBM SPSS Statistics Command Syntax Reference, "Date and time formats".
static const char *const spss_dates[] = {"DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR", NULL};
static const char *const spss_datetimes[] = {"DATETIME", "YMDHMS", NULL};
static const char *const spss_times[] = {"TIME", "DTIME", "MTIME", NULL};

enum kind kind_of_format(enum program program, const char *format) {
  if (program == STATA) {
    // Stata Data Management Reference Manual, "Datetime display formats". %tC counts leap seconds and stays a number, as do
    // weeks, months, quarters, half-years and years.
    if (format[0] != '%') return NUMBER;
    format += format[1] == '-' ? 2 : 1;
    if (strncmp(format, "td", 2) == 0 || format[0] == 'd') return DATE;
    return strncmp(format, "tc", 2) == 0 ? DATETIME : NUMBER;
  }
  // The name without its width: E8601DA10. is E8601DA.
  char name[32];
  size_t count = strlen(format);
  while (count > 0 && (isdigit((unsigned char)format[count - 1]) || format[count - 1] == '.')) count--;
  if (count == 0 || count >= sizeof name) return NUMBER;
  for (size_t i = 0; i < count; i++) name[i] = (char)toupper((unsigned char)format[i]);
  name[count] = 0;
  if (is_one_of(name, program == SAS ? sas_dates : spss_dates)) return DATE;
  if (is_one_of(name, program == SAS ? sas_datetimes : spss_datetimes)) return DATETIME;
  return is_one_of(name, program == SAS ? sas_times : spss_times) ? TIME : NUMBER;
}

void number_text(double value, char text[VALUE_TEXT_SIZE]) {
  // Most numbers are whole; their digits are those of %.15g.
  if (fabs(value) < 1e15 && value == floor(value) && !(value == 0 && signbit(value))) {
    snprintf(text, VALUE_TEXT_SIZE, "%lld", (long long)value);
    return;
  }
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(text, VALUE_TEXT_SIZE, "%.*g", digits, value);
    if (strtod(text, NULL) == value) return;
  }
}

/// Year, month and day of a number of days after 1970-01-01 in the Gregorian calendar, by counting from 1 March 0000: leap
/// days then come last in their year, and 400 years have 146,097 days.
static void calendar_date(int64_t days, int *year, int *month, int *day) {
  int64_t from_march = days + 719468;
  int64_t era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
  int64_t in_era = from_march - era * 146097;
  int64_t year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  int64_t in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t march_month = (5 * in_year + 2) / 153;
  *day = (int)(in_year - (153 * march_month + 2) / 5 + 1);
  *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

/// "12:30:00", with up to six decimals where the seconds have a fraction; returns the length.
static int clock_text(int64_t microseconds, char *text, size_t size) {
  int64_t seconds = microseconds / 1000000;
  int fraction = (int)(microseconds % 1000000);
  int length = snprintf(text, size, "%02lld:%02d:%02d", (long long)(seconds / 3600), (int)(seconds / 60 % 60),
                        (int)(seconds % 60));
  if (fraction == 0) return length;
  length += snprintf(text + length, size - (size_t)length, ".%06d", fraction);
  while (text[length - 1] == '0') text[--length] = 0;
  return length;
}

void moment_text(enum program program, enum kind kind, double value, char text[VALUE_TEXT_SIZE]) {
  number_text(value, text);
  // Days before 1970-01-01 of day 0: 1960-01-01 for SAS and Stata, 1582-10-14 for SPSS.
  const double epoch_days = program == SPSS ? -141428 : -3653;
  // SAS and Stata count days in dates, SPSS seconds in everything; Stata's %tc counts milliseconds.
  const double unit = program == STATA && kind == DATETIME ? 1000 : 1;
  const bool counts_days = kind == DATE && program != SPSS;
  // No date of the years 1 to 9999 is farther away: 4e6 days or 4e11 seconds.
  if (!isfinite(value) || fabs(value) > (counts_days ? 4e6 : 4e11 * unit)) return;

  if (kind == TIME) {
    int64_t microseconds = llround(fabs(value) * 1e6);
    if (value < 0 && microseconds > 0) *text++ = '-';
    clock_text(microseconds, text, VALUE_TEXT_SIZE - 1);
    return;
  }
  double days = counts_days ? floor(value) : floor(value / unit / 86400);
  int64_t microseconds = counts_days ? 0 : llround((value - days * 86400 * unit) * (1e6 / unit));
  // A fraction that rounds up to midnight belongs to the next day.
  if (microseconds >= 86400000000) {
    microseconds -= 86400000000;
    days += 1;
  }
  int year, month, day;
  calendar_date((int64_t)(days + epoch_days), &year, &month, &day);
  if (year < 1 || year > 9999) return;
  int length = snprintf(text, VALUE_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
  if (kind == DATE) return;
  text[length++] = 'T';
  clock_text(microseconds, text + length, VALUE_TEXT_SIZE - (size_t)length);
}

bool is_utf8(const char *bytes, size_t count) {
  const unsigned char *at = (const unsigned char *)bytes, *end = at + count;
  while (at < end) {
    unsigned char lead = *at++;
    if (lead < 0x80) continue;
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || end - at < more) return false;
    if ((lead == 0xE0 && at[0] < 0xA0) || (lead == 0xED && at[0] > 0x9F) || (lead == 0xF0 && at[0] < 0x90) ||
        (lead == 0xF4 && at[0] > 0x8F))
      return false;
    for (; more > 0; more--, at++) {
      if (*at < 0x80 || *at > 0xBF) return false;
    }
  }
  return true;
}
