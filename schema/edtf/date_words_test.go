package edtf

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

func TestDateWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2008-03-12":        "12 March 2008",
		"2008-03-12~":       "about 12 March 2008",
		"2008-02":           "February 2008",
		"2008-02?":          "perhaps February 2008",
		"2005%":             "perhaps about 2005",
		"2006-41":           "the second half of 2006",
		"2006-33":           "the first quarter of 2006",
		"2006-36":           "the fourth quarter of 2006",
		"2006-39":           "the third third of 2006",
		"199X":              "the 1990s",
		"199X~":             "about the 1990s",
		"19XX":              "the years 1900 to 1999",
		"2006-41/..":        "since the second half of 2006",
		"../2008-04-04":     "until 4 April 2008",
		"2006/":             "from 2006, its end unknown",
		"/2008":             "until 2008, its beginning unknown",
		"2005/2006":         "2005 to 2006",
		"1990~/1993~":       "early 1990s",
		"1994~/1996~":       "mid-1990s",
		"1997~/1999~":       "late 1990s",
		"1990~/1993":        "about 1990 to 1993",
		"1990~/2003~":       "about 1990 to about 2003",
		"2008-03-12/2008-4": "",
	} {
		d, err := Parse(text)
		if (err != nil) != (want == "") {
			t.Errorf("%s: %v", text, err)
		} else if err == nil && d.Words() != want {
			t.Errorf("%s is read %q, want %q", text, d.Words(), want)
		}
	}
}

// The printed words are said where they say more than the date.
func TestDateWordsPrinted(t *testing.T) {
	t.Parallel()
	for _, test := range [][3]string{
		{"2008-03-12", "March 12", "12 March 2008"},
		{"2008-03-30", "Sunday", "30 March 2008 (Sunday)"},
		{"2006-41/..", "since the latter half of 2006", "since the second half of 2006"},
		{"1990~/1993~", "in the early 1990s", "early 1990s"},
		{"2007", "last year", "2007 (last year)"},
		{"2005", "", "2005"},
		{"2008-03-12", "13 March", "12 March 2008 (13 March)"},
	} {
		d, err := Parse(test[0])
		if err != nil || d.WordsWith(test[1]) != test[2] {
			t.Errorf("%s, printed %q, is read %q, want %q (%v)", test[0], test[1], d.WordsWith(test[1]), test[2], err)
		}
	}
}

// Dates that read alike are alike: words lose no day and no mark. Every year,
// month, quarter, half and mark is tried, and every pair of some ends.
func TestDateWordsTellApart(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	ends := []string{"..", ""}
	for _, plain := range strings.Fields("1990 1993 1994 199X 19XX 1990-01 1990-12 1990-33 1990-36 1990-37 1990-39 1990-40 1990-41 1990-01-01 1990-01-31 1993-12-31") {
		for _, mark := range []string{"", "~", "?", "%"} {
			ends = append(ends, plain+mark)
		}
	}
	texts := ends[2:]
	for _, first := range ends {
		for _, second := range ends {
			texts = append(texts, first+"/"+second)
		}
	}
	tried := 0
	for _, text := range texts {
		d, err := Parse(text)
		if err != nil {
			continue
		}
		tried++
		if other, is := seen[d.Words()]; is && other != text {
			t.Errorf("%s and %s are both read %q", text, other, d.Words())
		}
		seen[d.Words()] = text
	}
	if tried < 1000 {
		t.Errorf("only %d dates are tried", tried)
	}
}

func TestOfLiteral(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		literal quad.TypedString
		is      bool
	}{
		{quad.TypedString{Value: "2008-03-12", Type: DayType}, true},
		{quad.TypedString{Value: "199X", Type: Type}, true},
		{quad.TypedString{Value: "2008-03-12Z", Type: DayType}, false},
		{quad.TypedString{Value: "2008", Type: "http://www.w3.org/2001/XMLSchema#gYear"}, false},
	} {
		if _, is := OfLiteral(test.literal); is != test.is {
			t.Errorf("%v is a date: %v", test.literal, is)
		}
	}
}
