// Package edtf is dates with the precision that a source gives, written in the Extended
// Date/Time Format: what is read and what is refused, the first and the last day that
// one can mean, and how people read it. It knows no ontology and no time of day.
package edtf

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"kg/internal/strict"
)

// Date is a date or an interval of dates with the precision its source gives,
// written in the Extended Date/Time Format (EDTF, Library of Congress,
// 4 February 2019, the text that ISO 8601-2:2019 took over), together with
// the earliest and the latest day it can mean.
//
// Parse is the only constructor, so a Date that has a text is valid. The
// zero Date stands for a date that is not given: its text is empty and it is
// open at both ends. Dates are comparable with ==, which compares their texts:
// 2006 and 2006-01/2006-12 cover the same days and are different Dates.
type Date struct {
	text        string
	earliest    string // empty when that end is open or unknown
	latest      string // empty when that end is open or unknown
	precision   string
	approximate bool
	uncertain   bool
}

// Parse reads a date in the part of EDTF that has a first and a last day:
//
//	date     = point | interval
//	interval = point "/" end | end "/" point
//	end      = point | ".." | ""           open (..) or unknown (empty), level 1
//	point    = plain [ "~" | "?" | "%" ]   about, perhaps, both; level 1
//	plain    = YYYY-MM-DD                  a day, level 0
//	         | YYYY-MM                     a month, level 0
//	         | YYYY                        a year, level 0
//	         | YYYX | YYXX                 a decade, a century, level 1
//	         | YYYY-33 ... YYYY-36         a quarter, level 2
//	         | YYYY-37 ... YYYY-39         a third of a year, level 2
//	         | YYYY-40 | YYYY-41           the first, the second half, level 2
//
// Days are those of the Gregorian calendar, carried back to the year 0000 as
// ISO 8601 does. A century is what the digits say: 19XX is 1900 to 1999. An
// interval that starts after its end is refused, and so is every other form;
// the error names the EDTF feature or the mistake where it can tell.
func Parse(s string) (Date, error) {
	if strings.Contains(s, "/") {
		return parseDateInterval(s)
	}
	return parseDatePoint(s)
}

// String returns the EDTF text exactly as Parse was given it.
func (d Date) String() string { return d.text }

// Earliest returns the first day the date can mean, as YYYY-MM-DD, and false
// when the date is an interval whose start is open (..) or unknown (empty).
// The marks ~ ? and % (EDTF level 1, qualification) do not move it: they say
// that the date may be off, and EDTF does not say by how much.
func (d Date) Earliest() (string, bool) { return d.earliest, d.earliest != "" }

// Latest returns the last day the date can mean, as YYYY-MM-DD, and false when
// the date is an interval whose end is open (..) or unknown (empty). Like
// Earliest it is that of the date without its marks.
func (d Date) Latest() (string, bool) { return d.latest, d.latest != "" }

// Precision names the unit the date is written in: "day", "month", "quarter"
// (EDTF 33 to 36), "quadrimester" (37 to 39), "half-year" (40 and 41), "year",
// "decade" (199X), "century" (19XX), or "interval" for any A/B whatever its
// ends are. It is empty for the zero Date only.
func (d Date) Precision() string { return d.precision }

// Approximate reports whether the date, or either end of an interval, carries
// the EDTF mark ~ (about) or % (about and perhaps).
func (d Date) Approximate() bool { return d.approximate }

// Uncertain reports whether the date, or either end of an interval, carries
// the EDTF mark ? (perhaps) or % (about and perhaps).
func (d Date) Uncertain() bool { return d.uncertain }

// parseDateInterval reads the two ends of s, which has a slash in it.
func parseDateInterval(s string) (Date, error) {
	first, second, _ := strings.Cut(s, "/")
	if strings.Contains(second, "/") {
		return Date{}, malformedDate(s, "it has more than one slash: an interval is 2005/2006, a day is 2008-03-12")
	}
	start, err := parseDateEnd(first)
	if err != nil {
		return Date{}, strict.Errorf("interval %q: start %w", s, err)
	}
	end, err := parseDateEnd(second)
	if err != nil {
		return Date{}, strict.Errorf("interval %q: end %w", s, err)
	}
	if start.text == "" && end.text == "" {
		return Date{}, unsupportedDate(s, "an interval needs a date at one end at least, such as 2006/..")
	}
	// Both bounds have ten characters with the year first, so that the order
	// of the texts is the order of the days.
	if start.text != "" && end.text != "" && start.earliest > end.latest {
		return Date{}, malformedDate(s, fmt.Sprintf("the interval runs the wrong way round, from %s to %s",
			start.earliest, end.latest))
	}
	return Date{
		text:        s,
		earliest:    start.earliest,
		latest:      end.latest,
		precision:   "interval",
		approximate: start.approximate || end.approximate,
		uncertain:   start.uncertain || end.uncertain,
	}, nil
}

// parseDateEnd reads one end of an interval; an open and an unknown end are
// the zero Date, because neither bounds anything.
func parseDateEnd(s string) (Date, error) {
	if s == "" || s == ".." {
		return Date{}, nil
	}
	return parseDatePoint(s)
}

// parseDatePoint reads one date with its mark, if any.
func parseDatePoint(s string) (Date, error) {
	plain, mark := s, byte(0)
	if n := len(s); n > 0 && strings.IndexByte("~?%", s[n-1]) >= 0 {
		plain, mark = s[:n-1], s[n-1]
	}
	var d Date
	var err error
	switch dateShape(plain) {
	case "0000-00-00":
		d, err = dayDate(plain)
	case "0000-00":
		d, err = monthsDate(plain)
	case "0000":
		d = yearsDate(plain, "year")
	case "000X":
		d = yearsDate(plain, "decade")
	case "00XX":
		d = yearsDate(plain, "century")
	default:
		return Date{}, refuseDate(s, plain)
	}
	if err != nil {
		return Date{}, malformedOrSeason(s, err)
	}
	d.text = s
	d.approximate = mark == '~' || mark == '%'
	d.uncertain = mark == '?' || mark == '%'
	return d, nil
}

// dateShape returns s with every digit replaced by 0, which makes the forms a
// date can have a handful of constants; nothing, if s is longer than any of them.
func dateShape(s string) string {
	var shape [len("0000-00-00")]byte
	if len(s) > len(shape) {
		return ""
	}
	for i := range len(s) {
		if shape[i] = s[i]; '0' <= s[i] && s[i] <= '9' {
			shape[i] = '0'
		}
	}
	return string(shape[:len(s)])
}

// dayDate reads YYYY-MM-DD.
func dayDate(s string) (Date, error) {
	year, month, day := dateNumber(s[:4]), dateNumber(s[5:7]), dateNumber(s[8:])
	if month < 1 || month > 12 {
		return Date{}, errors.New("months are 01 to 12")
	}
	if day < 1 {
		return Date{}, errors.New("days begin at 01")
	}
	if n := daysOfMonth(year, month); day > n {
		return Date{}, fmt.Errorf("%s %s has %d days", time.Month(month), s[:4], n)
	}
	return Date{earliest: s, latest: s, precision: "day"}, nil
}

// errDateSeason marks the one refusal of a well-formed YYYY-NN that is EDTF.
var errDateSeason = errors.New("seasons have no first and last day: " +
	"write the months, such as 2001-03/2001-05, or a quarter, 2001-33 to 2001-36")

// monthsDate reads YYYY-NN, where NN is a month or one of the groupings of
// months that EDTF level 2 numbers above the months.
func monthsDate(s string) (Date, error) {
	year, code := dateNumber(s[:4]), dateNumber(s[5:])
	first, months, precision := 0, 0, ""
	switch {
	case code >= 1 && code <= 12:
		first, months, precision = code, 1, "month"
	case code >= 21 && code <= 32:
		return Date{}, fmt.Errorf("%s is the season %s, and %w", s[5:], dateSeason(code), errDateSeason)
	case code >= 33 && code <= 36:
		first, months, precision = (code-33)*3+1, 3, "quarter"
	case code >= 37 && code <= 39:
		first, months, precision = (code-37)*4+1, 4, "quadrimester"
	case code >= 40 && code <= 41:
		first, months, precision = (code-40)*6+1, 6, "half-year"
	default:
		return Date{}, noSuchMonths(s[:4], code)
	}
	last := first + months - 1
	return Date{
		earliest:  fmt.Sprintf("%s-%02d-01", s[:4], first),
		latest:    fmt.Sprintf("%s-%02d-%02d", s[:4], last, daysOfMonth(year, last)),
		precision: precision,
	}, nil
}

// noSuchMonths refuses a number that groups no months. 1990-93 is often meant
// for the years 1990 to 1993, which is worth saying when it can be read so.
func noSuchMonths(year string, code int) error {
	why := "months are 01 to 12, quarters 33 to 36, thirds of a year 37 to 39, half-years 40 and 41"
	if code > dateNumber(year[2:]) {
		why += fmt.Sprintf("; an interval of years is %s/%s%02d", year, year[:2], code)
	}
	return errors.New(why)
}

// dateSeason names the EDTF seasons: 21 to 24 of level 1, and 25 to 32 of
// level 2, which repeat them for either hemisphere.
func dateSeason(code int) string {
	name := [...]string{"spring", "summer", "autumn", "winter"}[(code-21)%4]
	switch {
	case code >= 29:
		return name + " of the southern hemisphere"
	case code >= 25:
		return name + " of the northern hemisphere"
	}
	return name
}

// yearsDate covers the years that s, of four characters, can stand for when
// each X is any digit.
func yearsDate(s, precision string) Date {
	return Date{
		earliest:  strings.ReplaceAll(s, "X", "0") + "-01-01",
		latest:    strings.ReplaceAll(s, "X", "9") + "-12-31",
		precision: precision,
	}
}

// dateNumber reads digits that dateShape has already found to be digits, and
// at most four of them.
func dateNumber(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return n
}

// daysOfMonth follows the Gregorian rule for every year, as ISO 8601 does for
// the years before the calendar began.
func daysOfMonth(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
