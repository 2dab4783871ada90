package edtf

import (
	"errors"
	"regexp"
	"sync"

	"kg/internal/strict"
)

// dateHelp says what a date looks like, for texts that resemble nothing.
const dateHelp = "write 2008-03-12, 2008-03, 2008, 199X, 2006-41 (second half), " +
	"with ~ ? or % behind, or an interval such as 2006/.."

// malformedDate refuses a text that the standard does not allow either.
func malformedDate(s, why string) error {
	return strict.Errorf("%q is no EDTF date: %s", s, why)
}

// unsupportedDate refuses a feature that EDTF has and Parse has not, in
// other words than malformedDate so that nobody looks for a slip of the pen.
func unsupportedDate(s, why string) error {
	return strict.Errorf("%q is no date kg takes: %s", s, why)
}

// malformedOrSeason refuses a date of the right shape whose numbers are wrong.
func malformedOrSeason(s string, err error) error {
	if errors.Is(err, errDateSeason) {
		return unsupportedDate(s, err.Error())
	}
	return malformedDate(s, err.Error())
}

// refuseDate explains why s, which is plain and perhaps a mark behind it, has
// none of the shapes of a date.
func refuseDate(s, plain string) error {
	for _, r := range dateRefusals {
		if r.pattern().MatchString(plain) {
			return r.refuse(s, r.pattern().ReplaceAllString(plain, r.why))
		}
	}
	return malformedDate(s, dateHelp)
}

// dateRefusal is one recognised mistake or unsupported feature. The pattern
// matches whole texts, so that why, a template with ${1} for its first group,
// replaces all of it.
type dateRefusal struct {
	pattern func() *regexp.Regexp // compiled by the first date that is refused
	refuse  func(s, why string) error
	why     string
}

func dateMistake(pattern, why string) dateRefusal {
	return dateRefusal{wholeText(pattern), malformedDate, why}
}

func dateFeature(pattern, why string) dateRefusal {
	return dateRefusal{wholeText(pattern), unsupportedDate, why}
}

func wholeText(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)^(?:` + pattern + `)$`) })
}

const (
	dateTwoDigits = "months and days have two digits: write "
	dateHyphens   = "the parts of a date are joined by hyphens: write "
	dateSlash     = "an interval is written with a slash: "
	dateUnknownX  = "unspecified digits (X) stand only at the right of a year without month, as in 199X or 19XX"
)

// dateRefusals is searched in order: the first pattern that matches speaks.
// The forms that Parse accepts have been taken out before.
var dateRefusals = []dateRefusal{
	dateMistake(``, "there is no date in it: "+dateHelp),
	dateMistake(`\s.*|.*\s`, "there is white space around it"),

	// Features of EDTF, by the headings of the standard.
	dateFeature(`(\d{4}-\d\d-\d\d)[Tt ]\d.*`, "times of day are left out: write ${1}"),
	dateFeature(`[\[{].*|.*[\]}]`, "sets, [..] for one of and {..} for all of, are left out: "+
		"write an interval such as 1990/1993"),
	dateFeature(`(?:Y-?|-)?\d+E\d+(?:S\d+)?`, "exponential years (E) are left out: years are 0000 to 9999"),
	dateFeature(`(?:Y-?|-)?\d+S\d+`, "significant digits (S) are left out: write 199X or 19XX"),
	dateFeature(`Y-?\d+`, "long years (Y) are left out: years are 0000 to 9999"),
	dateFeature(`-[\dX]{4}(?:-.*)?`, "negative years are left out: years are 0000 to 9999"),
	dateFeature(`(\d{4})-[\dX]{2}`, "an unspecified month (X) is left out: write ${1}"),
	dateFeature(`(\d{4}-\d\d)-[\dX]{2}`, "an unspecified day (X) is left out: write ${1}"),
	dateFeature(`(\d{4})-[\dX]{2}-[\dX]{2}`, "an unspecified month (X) is left out: write ${1}"),
	dateFeature(`[\dX]{4}(?:-[\dX]{2}){0,2}`, dateUnknownX),
	dateMistake(`\d[-\dX]*[~?%]+`, "one mark at most stands behind a date, and % is ~ and ? together"),
	dateFeature(`[~?%]?[\dX]{4}[~?%]?(?:-[~?%]?[\dX]{2}[~?%]?){0,2}`,
		"marks on a component are left out: write ~ ? or % behind the whole date"),

	// Forms of the drafts before 2019, and of ISO 8601 outside EDTF.
	dateMistake(`\d\d(?:\d[xu]|[xu]{2})`, "an unspecified digit is a capital X, as in 199X"),
	dateMistake(`unknown|open`, "an unknown end is left empty, as in 2006/, and an open one is two dots, as in 2006/.."),
	dateMistake(`P\d.*`, "durations belong to ISO 8601 and not to EDTF: write both ends of the interval"),
	dateMistake(`\d{4}-?W\d.*`, "weeks belong to ISO 8601 and not to EDTF: write the days"),
	dateMistake(`\d{4}-\d{3}`, "days counted through the year belong to ISO 8601 and not to EDTF: write 2008-03-12"),

	// Common ways of writing dates.
	dateMistake(`(\d{4})-([1-9])`, dateTwoDigits+"${1}-0${2}"),
	dateMistake(`(\d{4})-([1-9])-([1-9])`, dateTwoDigits+"${1}-0${2}-0${3}"),
	dateMistake(`(\d{4})-([1-9])-(\d\d)`, dateTwoDigits+"${1}-0${2}-${3}"),
	dateMistake(`(\d{4})-(\d\d)-([1-9])`, dateTwoDigits+"${1}-${2}-0${3}"),
	dateMistake(`(\d{4})[. ]?(0[1-9]|1[0-2])[. ]?([0-3]\d)`, dateHyphens+"${1}-${2}-${3}"),
	dateMistake(`(\d{4})[. ]?(0[1-9]|1[0-2])`, dateHyphens+"${1}-${2}"),
	dateMistake(`\d{1,2}[-. ]\d{1,2}[-. ]\d{4}`, "the year comes first: 12 March 2008 is 2008-03-12"),
	dateMistake(`(\d{4}) ?(?:-|–|—|\.\.|to) ?(\d{4})`, dateSlash+"${1}/${2}"),
	dateMistake(`([-\dX]+)\.\.`, dateSlash+"${1}/.."),
	dateMistake(`\.\.([-\dX]+)`, dateSlash+"../${1}"),
	dateMistake(`\.\.`, "two dots are the open end of an interval, 2006/.. or ../2006, and take no mark"),
	dateMistake(`(\d{3})0'?s`, "a decade is written ${1}X"),
	dateMistake(`(\d{4})[- ]?[Hh][12]`, "half-years are ${1}-40 and ${1}-41"),
	dateMistake(`(\d{4})[- ]?[Qq][1-4]`, "quarters are ${1}-33 to ${1}-36"),
	dateMistake(`\d+`, "years have four digits, 0000 to 9999"),
}
