package main

import "testing"

// A passage of a text with short lines reads as one line; nothing steers the terminal.
func TestPrintable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"paid the harbour\nmaster":   "paid the harbour master",
		"paid the harbour\r\nmaster": "paid the harbour master",
		"a\tb\fc\rd":                 "a b c d",
		"\x1b[31mred\x00\u009b":      "\uFFFD[31mred\uFFFD\uFFFD",
		"Дарькин, 조선민주주의인민공화국, é": "Дарькин, 조선민주주의인민공화국, é",
	} {
		if got := printable(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
