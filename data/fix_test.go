package data_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"kg/data"
	"kg/schema"
)

// claimsOf writes locators as a claims file, in all ways in which a place can be
// written, with comments.
func claimsOf(r *rand.Rand, l schema.Locators) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# A file with comments.\nsource:\n  id: a # its id\n  sha256: %s\n  characters: %d\n  body: %q\n  heading: \"##\"\nclaims:\n", l.SHA256, l.Characters, fmt.Sprint(l.Body))
	for i, p := range l.List {
		if i == len(l.List)-1 {
			b.WriteString("skipped:\n  - why: Weather. # nothing\n    ")
		} else {
			fmt.Fprintf(&b, "  # claim %d\n  c%[1]d:\n    says: It says so.\n    ", i)
		}
		switch r.IntN(3) {
		case 0:
			fmt.Fprintf(&b, "at: {paragraph: %d,   start: %d, end: %d, sha256: %s} # é\n", p.Paragraph, p.Start, p.End, p.SHA256)
		case 1:
			fmt.Fprintf(&b, "at:\n      sha256: %s\n      end: '%d'\n      start: %d # here\n      paragraph: %d\n", p.SHA256, p.End, p.Start, p.Paragraph)
		case 2:
			fmt.Fprintf(&b, "at: {start: %d,\n      end: %d, paragraph: %d, sha256: %s}\n", p.Start, p.End, p.Paragraph, p.SHA256)
		}
	}
	return b.String()
}

// A fixed file has only numbers and the text's digest changed. What could be fixed
// now matches, everything else has the verdict that it had, and fixing again
// changes nothing.
func TestFix(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	figures := regexp.MustCompile(`(sha256: )[0-9a-f]{64}|[0-9]+`)
	fixedPlaces := 0
	for range 150 {
		paragraphs := prose(r, 2+r.IntN(5))
		was, body := written(paragraphs)
		is := alter(r, paragraphs)
		file := claimsOf(r, located(r, "https://kg.example/source/a", was, body))
		first := fixVerified(t, file, is)
		fixed, n, err := first.Fix("a.yaml", []byte(file))
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		fixedPlaces += n
		if a, b := figures.ReplaceAllString(file, "${1}0"), figures.ReplaceAllString(string(fixed), "${1}0"); a != b {
			t.Fatalf("more than figures changed:\n%s\n%s", file, fixed)
		}
		second := fixVerified(t, string(fixed), is)
		for i, got := range second.Results {
			before := first.Results[i]
			want := before.Verdict
			if n > 0 && before.Nearest != nil && before.Nearest.Paragraph > 0 && (want == data.Moved || want == data.WrongParagraph) {
				want = data.Match
			}
			if got.SHA256 != before.SHA256 || got.Verdict != want && (want != data.Altered && want != data.Missing || got.Verdict != data.Altered && got.Verdict != data.Missing) {
				t.Fatalf("%+v was %s and is %s, not %s\n%s\nin\n%s", got.Locator, before.Verdict, got.Verdict, want, fixed, is)
			}
		}
		if n > 0 && second.State != data.Same {
			t.Errorf("after the fix the text is %s", second.State)
		}
		if n > 0 && second.Left() != first.Left() {
			t.Errorf("%d places were left, and are now %d", first.Left(), second.Left())
		}
		again, n, err := second.Fix("a.yaml", fixed)
		if err != nil || n != 0 || string(again) != string(fixed) {
			t.Fatalf("fixing again fixes %d: %v\n%s", n, err, again)
		}
	}
	if fixedPlaces < 100 {
		t.Errorf("only %d places were fixed", fixedPlaces)
	}
}

// fixVerified holds a claims file against a text.
func fixVerified(t *testing.T, file, is string) *data.Verified {
	t.Helper()
	l, err := data.ReadLocators("a.yaml", []byte(file), schema.DefaultBase)
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	return verified(t, textFile(t, is), l, nil)
}

func TestFixRefuses(t *testing.T) {
	t.Parallel()
	at := fmt.Sprintf("{paragraph: 1, start: 0, end: 3, sha256: %s}", sum("One"))
	head := "source:\n  id: a\n  sha256: " + sum("One") + "\n"
	for name, test := range map[string]struct{ file, want string }{
		"no digest":      {"source:\n  id: a\nclaims:\n  c: {at: " + at + "}\n", `reading claims "a.yaml":2:7: the source has no sha256 of its text: kg locate FILE`},
		"a field":        {head + "claims:\n  c: {at: {paragraph: 1, begin: 0, end: 3, sha256: x}}\n", `unknown field "begin"`},
		"body in words":  {head + "  body: One\nclaims:\n  c: {at: " + at + "}\n", `body is where paragraph 1 begins, in code points, not "One"`},
		"a base":         {"base: x\n" + head + "claims:\n  c: {at: " + at + "}\n", `reading claims "a.yaml":1:7: `},
		"no claims file": {"- x\n", `a claims file must be a mapping`},
	} {
		if _, err := data.ReadLocators("a.yaml", []byte(test.file), schema.DefaultBase); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	odd := head + "claims:\n  c: {at: {paragraph: 1, start: \"\\x30\", end: 3, sha256: " + sum("One") + "}}\n"
	_, _, err := fixVerified(t, odd, "Now One").Fix("a.yaml", []byte(odd))
	if err == nil || !strings.Contains(err.Error(), `:5:33: "4" cannot be put in place of "0": write the value on the line of its key, plainly`) {
		t.Errorf("got %v", err)
	}
}
