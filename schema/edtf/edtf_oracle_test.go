package edtf

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestDateOracle walks the calendar with package time, asks of every day which
// dates it belongs to by comparing texts, and expects exactly those dates to
// be accepted, from the first to the last day that belongs to them.
func TestDateOracle(t *testing.T) {
	if testing.Short() {
		t.Skip("every day of ten thousand years")
	}
	walked := map[string][2]string{}
	visit := func(form, day string) {
		span, ok := walked[form]
		if !ok {
			span[0] = day
		}
		span[1] = day
		walked[form] = span
	}
	for day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 10000; day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		for _, form := range oracleForms(text) {
			visit(form, text)
		}
	}
	for _, form := range oracleCandidates() {
		span, exists := walked[form]
		d, err := Parse(form)
		if (err == nil) != exists {
			t.Errorf("Parse(%q): %v, and days of the calendar that belong to it: %v", form, err, exists)
			continue
		}
		if exists {
			checkBound(t, form+" Earliest", span[0], d.Earliest)
			checkBound(t, form+" Latest", span[1], d.Latest)
			delete(walked, form)
		}
	}
	for form := range walked {
		t.Errorf("the calendar has %q, which was not tried", form)
	}
}

// oracleMonths spells out the months of every grouping, independently of the
// arithmetic that Parse does.
var oracleMonths = map[string]string{
	"33": "01 02 03", "34": "04 05 06", "35": "07 08 09", "36": "10 11 12",
	"37": "01 02 03 04", "38": "05 06 07 08", "39": "09 10 11 12",
	"40": "01 02 03 04 05 06", "41": "07 08 09 10 11 12",
}

// oracleSampled picks years for the forms below the year: the ends, leap
// years of every rule, the years the calendar was introduced, and recent ones.
func oracleSampled(year string) bool {
	for _, prefix := range []string{"000", "158", "189", "190", "200", "202", "210", "999"} {
		if strings.HasPrefix(year, prefix) {
			return true
		}
	}
	return strings.HasSuffix(year, "00") || year == "1752" || year == "1918"
}

// oracleForms lists the dates without mark that the day belongs to.
func oracleForms(day string) []string {
	year, month := day[:4], day[5:7]
	forms := []string{year, day[:3] + "X", day[:2] + "XX"}
	if !oracleSampled(year) {
		return forms
	}
	forms = append(forms, day, day[:7])
	for code, months := range oracleMonths {
		if strings.Contains(months, month) {
			forms = append(forms, year+"-"+code)
		}
	}
	return forms
}

// oracleCandidates lists every text of the shape of a date that the oracle
// can judge, whether the calendar has it or not.
func oracleCandidates() []string {
	var forms []string
	for y := range 10000 {
		year := fmt.Sprintf("%04d", y)
		forms = append(forms, year)
		if y%10 == 0 {
			forms = append(forms, year[:3]+"X")
		}
		if y%100 == 0 {
			forms = append(forms, year[:2]+"XX")
		}
		if !oracleSampled(year) {
			continue
		}
		for m := range 100 {
			forms = append(forms, fmt.Sprintf("%s-%02d", year, m))
		}
		for m := range 15 {
			for d := range 34 {
				forms = append(forms, fmt.Sprintf("%s-%02d-%02d", year, m, d))
			}
		}
	}
	return forms
}
