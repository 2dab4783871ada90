package edtf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kg/internal/strict"
)

var dateAcceptTests = []struct {
	text, earliest, latest, precision string
}{
	{"2008-03-12", "2008-03-12", "2008-03-12", "day"},
	{"2008-02-29", "2008-02-29", "2008-02-29", "day"},
	{"2000-02-29", "2000-02-29", "2000-02-29", "day"},
	{"0000-02-29", "0000-02-29", "0000-02-29", "day"},
	{"9999-12-31", "9999-12-31", "9999-12-31", "day"},
	{"2008-03", "2008-03-01", "2008-03-31", "month"},
	{"2008-02", "2008-02-01", "2008-02-29", "month"},
	{"1900-02", "1900-02-01", "1900-02-28", "month"},
	{"2008-12", "2008-12-01", "2008-12-31", "month"},
	{"2008", "2008-01-01", "2008-12-31", "year"},
	{"0000", "0000-01-01", "0000-12-31", "year"},
	{"9999", "9999-01-01", "9999-12-31", "year"},
	{"199X", "1990-01-01", "1999-12-31", "decade"},
	{"000X", "0000-01-01", "0009-12-31", "decade"},
	{"19XX", "1900-01-01", "1999-12-31", "century"},
	{"2006-33", "2006-01-01", "2006-03-31", "quarter"},
	{"2006-34", "2006-04-01", "2006-06-30", "quarter"},
	{"2006-35", "2006-07-01", "2006-09-30", "quarter"},
	{"2006-36", "2006-10-01", "2006-12-31", "quarter"},
	{"2006-37", "2006-01-01", "2006-04-30", "quadrimester"},
	{"2006-38", "2006-05-01", "2006-08-31", "quadrimester"},
	{"2006-39", "2006-09-01", "2006-12-31", "quadrimester"},
	{"2006-40", "2006-01-01", "2006-06-30", "half-year"},
	{"2006-41", "2006-07-01", "2006-12-31", "half-year"},

	{"2005/2006", "2005-01-01", "2006-12-31", "interval"},
	{"2006/2006", "2006-01-01", "2006-12-31", "interval"},
	{"2004-06/2006-08", "2004-06-01", "2006-08-31", "interval"},
	{"2004-02-01/2005-02", "2004-02-01", "2005-02-28", "interval"},
	{"2004-02-01/2004-02-01", "2004-02-01", "2004-02-01", "interval"},
	{"199X/2006-41", "1990-01-01", "2006-12-31", "interval"},
	{"2006-12/2006-41", "2006-12-01", "2006-12-31", "interval"},
	{"2006-12-31/2006", "2006-12-31", "2006-12-31", "interval"},
	{"2006-41/..", "2006-07-01", "", "interval"},
	{"2006-41/", "2006-07-01", "", "interval"},
	{"../2005", "", "2005-12-31", "interval"},
	{"/2005", "", "2005-12-31", "interval"},
}

func TestParseAccepts(t *testing.T) {
	for _, tt := range dateAcceptTests {
		d, err := Parse(tt.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.text, err)
			continue
		}
		if d.String() != tt.text {
			t.Errorf("%q: String %q", tt.text, d)
		}
		checkBound(t, tt.text+" Earliest", tt.earliest, d.Earliest)
		checkBound(t, tt.text+" Latest", tt.latest, d.Latest)
		if d.Precision() != tt.precision {
			t.Errorf("%q: Precision %q, want %q", tt.text, d.Precision(), tt.precision)
		}
		if d.Approximate() || d.Uncertain() {
			t.Errorf("%q: marked without a mark", tt.text)
		}
	}
}

// checkBound compares one end with want, where empty means open or unknown.
func checkBound(t *testing.T, name, want string, bound func() (string, bool)) {
	t.Helper()
	if got, ok := bound(); got != want || ok != (want != "") {
		t.Errorf("%s is %q, %v; want %q", name, got, ok, want)
	}
}

func TestParseMarks(t *testing.T) {
	plains := []string{"2008-03-12", "2008-03", "2008", "199X", "19XX", "2006-34", "2006-38", "2006-41"}
	marks := []struct {
		mark                   string
		approximate, uncertain bool
	}{
		{"~", true, false}, {"?", false, true}, {"%", true, true},
	}
	for _, plain := range plains {
		for _, m := range marks {
			for _, form := range []string{"%s", "%s/..", "%s/", "../%s", "/%s", "%s/2010", "1890/%s"} {
				unmarked := mustDate(t, fmt.Sprintf(form, plain))
				d := mustDate(t, fmt.Sprintf(form, plain+m.mark))
				if d.Approximate() != m.approximate || d.Uncertain() != m.uncertain {
					t.Errorf("%q: approximate %v, uncertain %v", d, d.Approximate(), d.Uncertain())
				}
				if d.Precision() != unmarked.Precision() {
					t.Errorf("%q: Precision %q, and %q has %q", d, d.Precision(), unmarked, unmarked.Precision())
				}
				earliest, _ := unmarked.Earliest()
				latest, _ := unmarked.Latest()
				checkBound(t, d.String()+" Earliest", earliest, d.Earliest)
				checkBound(t, d.String()+" Latest", latest, d.Latest)
			}
		}
	}
	if d := mustDate(t, "1990~/1993?"); !d.Approximate() || !d.Uncertain() {
		t.Errorf("%q: approximate %v, uncertain %v", d, d.Approximate(), d.Uncertain())
	}
}

func mustDate(t *testing.T, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return d
}

func TestDateZero(t *testing.T) {
	var d Date
	checkBound(t, "zero Earliest", "", d.Earliest)
	checkBound(t, "zero Latest", "", d.Latest)
	if d.String() != "" || d.Precision() != "" || d.Approximate() || d.Uncertain() {
		t.Errorf("the zero Date says something: %+v", d)
	}
}

const (
	notEDTF  = " is no EDTF date: "
	notTaken = " is no date kg takes: "
)

func FuzzParse(f *testing.F) {
	for _, tt := range dateRefusalTests {
		f.Add(tt.text)
	}
	for _, tt := range dateAcceptTests {
		f.Add(tt.text)
	}
	for _, s := range []string{"2008-03~", "2008?", "199X%", "1990~/1993~", "2004-06-11/2004-21", "2008/2009/2010", strings.Repeat("0", 65)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			checkRefusal(t, s, err)
			return
		}
		if again, err := Parse(d.String()); d.String() != s || err != nil || again != d {
			t.Fatalf("%q: String %q, which parses to %+v, %v", s, d, again, err)
		}
		earliest := checkDayBound(t, s, d.Earliest)
		latest := checkDayBound(t, s, d.Latest)
		if earliest == "" && latest == "" {
			t.Fatalf("%q has neither end", s)
		}
		if earliest != "" && latest != "" && earliest > latest {
			t.Fatalf("%q: earliest %s, latest %s", s, earliest, latest)
		}
		if d.Precision() != "interval" {
			checkAsInterval(t, d, earliest, latest)
		}
	})
}

func checkRefusal(t *testing.T, s string, err error) {
	t.Helper()
	text := err.Error()
	if !strings.Contains(text, strict.Sprintf("%q", s)) {
		t.Fatalf("Parse(%q): the error does not quote it: %s", s, text)
	}
	said := strings.ReplaceAll(text, strict.Sprintf("%q", s), "")
	if strings.HasSuffix(said, ".") && !strings.HasSuffix(said, "/..") {
		t.Fatalf("Parse(%q): the error ends in a full stop: %s", s, text)
	}
	if strings.Contains(said, "${") && !strings.Contains(s, "${") {
		t.Fatalf("Parse(%q): the error is an unfilled template: %s", s, text)
	}
}

// checkDayBound returns one end of s, empty when it has none, after checking
// that the end is a day of the calendar both for Parse and package time.
func checkDayBound(t *testing.T, s string, bound func() (string, bool)) string {
	t.Helper()
	text, ok := bound()
	if !ok {
		if text != "" {
			t.Fatalf("%q: an absent bound reads %q", s, text)
		}
		return ""
	}
	day, err := Parse(text)
	if err != nil || day.Precision() != "day" {
		t.Fatalf("%q: bound %q is a %q, %v", s, text, day.Precision(), err)
	}
	checkBound(t, text, text, day.Earliest)
	checkBound(t, text, text, day.Latest)
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		t.Fatalf("%q: bound %q: %v", s, text, err)
	}
	return text
}

// checkAsInterval puts a point at either end of an interval, which must not
// change its days or its marks.
func checkAsInterval(t *testing.T, d Date, earliest, latest string) {
	t.Helper()
	both := mustDate(t, d.String()+"/"+d.String())
	checkBound(t, both.String(), earliest, both.Earliest)
	checkBound(t, both.String(), latest, both.Latest)
	checkBound(t, "from "+d.String(), earliest, mustDate(t, d.String()+"/..").Earliest)
	checkBound(t, "to "+d.String(), latest, mustDate(t, "/"+d.String()).Latest)
	if both.Approximate() != d.Approximate() || both.Uncertain() != d.Uncertain() {
		t.Fatalf("%q and %q are marked differently", d, both)
	}
}
