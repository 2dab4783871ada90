package strict_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"kg/internal/strict"
)

func TestBrief(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 1000)
	for text, want := range map[string]string{
		"": "", "x": "x", long[:128]: long[:128], long[:130]: long[:128] + "…", long: long[:128] + "…",
		strings.Repeat("\xff", 100): strings.Repeat("\xff", 64) + "…",
	} {
		if got := strict.Brief(text); got != want || utf8.RuneCountInString(got) > 65 {
			t.Errorf("%q is brief as %q, want %q", text, got, want)
		}
	}
	got := strict.Sprintf("%d%% of %s: %q, not %v, %q", 5, long, long, long, 'x')
	if want := `5% of ` + long + `: "` + long[:128] + `…", not ` + long + `, 'x'`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	cause := errors.New("cause")
	if err := strict.Errorf("%q: %w", long, cause); !errors.Is(err, cause) || err.Error() != `"`+long[:128]+`…": cause` {
		t.Errorf("got %v", err)
	}
}
