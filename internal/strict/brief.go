package strict

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// mostEchoed is how many characters of an input an error repeats: a SHA-256 is
// shown whole.
const mostEchoed = 64

// Brief is a text for an error: its first 64 characters, and an ellipsis if
// there are more.
func Brief(s string) string {
	n := 0
	for i := range s {
		if n == mostEchoed {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// Sprintf is fmt.Sprintf for an error about an input: values of %q are truncated.
func Sprintf(format string, args ...any) string { return fmt.Sprintf(format, briefly(format, args)...) }

// Errorf is fmt.Errorf for an error about an input: values of %q are truncated.
func Errorf(format string, args ...any) error { return fmt.Errorf(format, briefly(format, args)...) }

// briefly gives the arguments with those that a plain %q takes made brief. Other
// verbs are for words of kg's own.
func briefly(format string, args []any) []any {
	out := append([]any(nil), args...)
	for next := 0; next < len(out); next++ {
		i := strings.IndexByte(format, '%')
		if i < 0 || i+1 == len(format) {
			break
		}
		verb, size := utf8.DecodeRuneInString(format[i+1:])
		format = format[i+1+size:]
		if verb == '%' {
			next--
		} else if s, ok := out[next].(string); ok && verb == 'q' {
			out[next] = Brief(s)
		}
	}
	return out
}
