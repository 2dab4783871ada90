package edtf

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// dateRefusalTests holds at least one text for every refusal. The wanted error
// is the quoted text followed by what stands here.
var dateRefusalTests = []struct{ text, want string }{
	{"12 March 2008", notEDTF + "write 2008-03-12, 2008-03, 2008, 199X, 2006-41 (second half), " +
		"with ~ ? or % behind, or an interval such as 2006/.."},
	{"12 March 2008?", notEDTF + dateHelp},
	{"circa 2008", notEDTF + dateHelp},
	{"-", notEDTF + dateHelp},
	{"2008-", notEDTF + dateHelp},
	{"2008-03-", notEDTF + dateHelp},
	{"2008-0-3", notEDTF + dateHelp},
	{"２００８", notEDTF + dateHelp},
	{"2008\xff", notEDTF + dateHelp},
	{"~~", notEDTF + dateHelp},
	{"", notEDTF + "there is no date in it: " + dateHelp},
	{"~", notEDTF + "there is no date in it: " + dateHelp},
	{" 2008", notEDTF + "there is white space around it"},
	{"2008\n", notEDTF + "there is white space around it"},
	{"2008 ~", notEDTF + "there is white space around it"},

	{"2008-00", notEDTF + "months are 01 to 12, quarters 33 to 36, thirds of a year 37 to 39, half-years 40 and 41"},
	{"2008-13", notEDTF + "months are 01 to 12, quarters 33 to 36, thirds of a year 37 to 39, half-years 40 and 41; " +
		"an interval of years is 2008/2013"},
	{"1990-93~", notEDTF + "months are 01 to 12, quarters 33 to 36, thirds of a year 37 to 39, half-years 40 and 41; " +
		"an interval of years is 1990/1993"},
	{"1999-42", notEDTF + "months are 01 to 12, quarters 33 to 36, thirds of a year 37 to 39, half-years 40 and 41"},
	{"2008-13-01", notEDTF + "months are 01 to 12"},
	{"2008-00-01", notEDTF + "months are 01 to 12"},
	{"2006-41-01", notEDTF + "months are 01 to 12"},
	{"2008-03-00", notEDTF + "days begin at 01"},
	{"2008-02-30", notEDTF + "February 2008 has 29 days"},
	{"2007-02-29?", notEDTF + "February 2007 has 28 days"},
	{"1900-02-29", notEDTF + "February 1900 has 28 days"},
	{"2008-04-31", notEDTF + "April 2008 has 30 days"},
	{"2008-12-32", notEDTF + "December 2008 has 31 days"},

	{"2001-21", notTaken + "21 is the season spring, and seasons have no first and last day: " +
		"write the months, such as 2001-03/2001-05, or a quarter, 2001-33 to 2001-36"},
	{"2001-24~", notTaken + "24 is the season winter, and " + errDateSeason.Error()},
	{"2001-26", notTaken + "26 is the season summer of the northern hemisphere, and " + errDateSeason.Error()},
	{"2001-31", notTaken + "31 is the season autumn of the southern hemisphere, and " + errDateSeason.Error()},

	{"2008-03-12T10:20:30Z", notTaken + "times of day are left out: write 2008-03-12"},
	{"2008-03-12 10:20", notTaken + "times of day are left out: write 2008-03-12"},
	{"[1667,1668,1670..1672]", notTaken + "sets, [..] for one of and {..} for all of, are left out: " +
		"write an interval such as 1990/1993"},
	{"{1960,1961-12}", notTaken + "sets, [..] for one of and {..} for all of, are left out: " +
		"write an interval such as 1990/1993"},
	{"Y-17E7", notTaken + "exponential years (E) are left out: years are 0000 to 9999"},
	{"Y3388E2S3", notTaken + "exponential years (E) are left out: years are 0000 to 9999"},
	{"1950S2", notTaken + "significant digits (S) are left out: write 199X or 19XX"},
	{"Y171010000S3", notTaken + "significant digits (S) are left out: write 199X or 19XX"},
	{"Y17000", notTaken + "long years (Y) are left out: years are 0000 to 9999"},
	{"Y-17000~", notTaken + "long years (Y) are left out: years are 0000 to 9999"},
	{"-1985", notTaken + "negative years are left out: years are 0000 to 9999"},
	{"-0044-03-15", notTaken + "negative years are left out: years are 0000 to 9999"},
	{"2004-XX", notTaken + "an unspecified month (X) is left out: write 2004"},
	{"2004-1X~", notTaken + "an unspecified month (X) is left out: write 2004"},
	{"2004-06-XX", notTaken + "an unspecified day (X) is left out: write 2004-06"},
	{"2004-XX-XX", notTaken + "an unspecified month (X) is left out: write 2004"},
	{"2004-XX-25", notTaken + "an unspecified month (X) is left out: write 2004"},
	{"1XXX", notTaken + dateUnknownX},
	{"XXXX", notTaken + dateUnknownX},
	{"19X5", notTaken + dateUnknownX},
	{"156X-12-25", notTaken + dateUnknownX},
	{"199X-07", notTaken + dateUnknownX},
	{"2004~?", notEDTF + "one mark at most stands behind a date, and % is ~ and ? together"},
	{"199X???", notEDTF + "one mark at most stands behind a date, and % is ~ and ? together"},
	{"~2004", notTaken + "marks on a component are left out: write ~ ? or % behind the whole date"},
	{"2004-06~-11", notTaken + "marks on a component are left out: write ~ ? or % behind the whole date"},
	{"2004?-06-11~", notTaken + "marks on a component are left out: write ~ ? or % behind the whole date"},
	{"2004-%06", notTaken + "marks on a component are left out: write ~ ? or % behind the whole date"},

	{"199x", notEDTF + "an unspecified digit is a capital X, as in 199X"},
	{"19uu", notEDTF + "an unspecified digit is a capital X, as in 199X"},
	{"unknown", notEDTF + "an unknown end is left empty, as in 2006/, and an open one is two dots, as in 2006/.."},
	{"P1Y", notEDTF + "durations belong to ISO 8601 and not to EDTF: write both ends of the interval"},
	{"2008-W11-3", notEDTF + "weeks belong to ISO 8601 and not to EDTF: write the days"},
	{"2008-072", notEDTF + "days counted through the year belong to ISO 8601 and not to EDTF: write 2008-03-12"},

	{"2008-3", notEDTF + "months and days have two digits: write 2008-03"},
	{"2008-3-2", notEDTF + "months and days have two digits: write 2008-03-02"},
	{"2008-3-12", notEDTF + "months and days have two digits: write 2008-03-12"},
	{"2008-03-2~", notEDTF + "months and days have two digits: write 2008-03-02"},
	{"20080312", notEDTF + "the parts of a date are joined by hyphens: write 2008-03-12"},
	{"2008.03.12", notEDTF + "the parts of a date are joined by hyphens: write 2008-03-12"},
	{"200803", notEDTF + "the parts of a date are joined by hyphens: write 2008-03"},
	{"12.3.2008", notEDTF + "the year comes first: 12 March 2008 is 2008-03-12"},
	{"12-03-2008", notEDTF + "the year comes first: 12 March 2008 is 2008-03-12"},
	{"1990-1993", notEDTF + "an interval is written with a slash: 1990/1993"},
	{"1990–1993", notEDTF + "an interval is written with a slash: 1990/1993"},
	{"1990..1993", notEDTF + "an interval is written with a slash: 1990/1993"},
	{"2006-41..", notEDTF + "an interval is written with a slash: 2006-41/.."},
	{"..2006", notEDTF + "an interval is written with a slash: ../2006"},
	{"..", notEDTF + "two dots are the open end of an interval, 2006/.. or ../2006, and take no mark"},
	{"1990s", notEDTF + "a decade is written 199X"},
	{"1990's", notEDTF + "a decade is written 199X"},
	{"2006-H2", notEDTF + "half-years are 2006-40 and 2006-41"},
	{"2006Q3", notEDTF + "quarters are 2006-33 to 2006-36"},
	{"98", notEDTF + "years have four digits, 0000 to 9999"},
	{"12008", notEDTF + "years have four digits, 0000 to 9999"},
	{"19901993", notEDTF + "years have four digits, 0000 to 9999"},

	{"2006/2005", notEDTF + "the interval runs the wrong way round, from 2006-01-01 to 2005-12-31"},
	{"2006-12-31/2006-40", notEDTF + "the interval runs the wrong way round, from 2006-12-31 to 2006-06-30"},
	{"../..", notTaken + "an interval needs a date at one end at least, such as 2006/.."},
	{"/..", notTaken + "an interval needs a date at one end at least, such as 2006/.."},
	{"../", notTaken + "an interval needs a date at one end at least, such as 2006/.."},
	{"/", notTaken + "an interval needs a date at one end at least, such as 2006/.."},
	{"12/03/2008", notEDTF + "it has more than one slash: an interval is 2005/2006, a day is 2008-03-12"},
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range dateRefusalTests {
		checkDateError(t, tt.text, strconv.Quote(tt.text)+tt.want)
	}
	checkDateError(t, "2004/2005-13",
		`interval "2004/2005-13": end "2005-13" is no EDTF date: months are 01 to 12, quarters 33 to 36, `+
			`thirds of a year 37 to 39, half-years 40 and 41; an interval of years is 2005/2013`)
	checkDateError(t, "2001-22/..",
		`interval "2001-22/..": start "2001-22" is no date kg takes: 22 is the season summer, and `+errDateSeason.Error())
	checkDateError(t, "2006/..~", `interval "2006/..~": end "..~" is no EDTF date: `+
		`two dots are the open end of an interval, 2006/.. or ../2006, and take no mark`)
	checkDateError(t, "2006/open", `interval "2006/open": end "open" is no EDTF date: `+
		`an unknown end is left empty, as in 2006/, and an open one is two dots, as in 2006/..`)
	checkDateError(t, "2006 / 2007", `interval "2006 / 2007": start "2006 " is no EDTF date: there is white space around it`)
}

func checkDateError(t *testing.T, text, want string) {
	t.Helper()
	d, err := Parse(text)
	switch {
	case err == nil:
		t.Errorf("Parse(%q) accepted", text)
	case err.Error() != want:
		t.Errorf("Parse(%q)\n got: %s\nwant: %s", text, err, want)
	case d != Date{}:
		t.Errorf("Parse(%q) returned %+v beside the error", text, d)
	}
}

// TestParseRefusalsReached keeps the table of refusals free of entries
// that an earlier one always hides.
func TestParseRefusalsReached(t *testing.T) {
	texts := []string{}
	for _, tt := range dateRefusalTests {
		texts = append(texts, tt.text)
	}
	for i, r := range dateRefusals {
		if !slices.ContainsFunc(texts, func(s string) bool { return firstDateRefusal(s) == i }) {
			t.Errorf("no test reaches refusal %d, %s", i, r.pattern())
		}
	}
}

func firstDateRefusal(s string) int {
	if s != "" && strings.Contains("~?%", s[len(s)-1:]) {
		s = s[:len(s)-1]
	}
	return slices.IndexFunc(dateRefusals, func(r dateRefusal) bool { return r.pattern().MatchString(s) })
}
