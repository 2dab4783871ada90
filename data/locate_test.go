package data_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/sourcetext"
)

func text(t testing.TB, s string) *sourcetext.Text {
	t.Helper()
	text, err := sourcetext.New([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestLocateFinishesTheDraft(t *testing.T) {
	t.Parallel()
	draft := file(t, "testdata/example.draft.yaml")
	got, err := data.Locate(text(t, string(file(t, "testdata/example.txt"))), "example.draft.yaml", draft)
	if err != nil {
		t.Fatal(err)
	}
	got = bytes.Replace(got, []byte(", before kg locate."), []byte("."), 1)
	if want := file(t, "testdata/example.yaml"); !bytes.Equal(got, want) {
		t.Errorf("the located draft is not example.yaml:\n%s", got)
	}
	again, err := data.Locate(text(t, string(file(t, "testdata/example.txt"))), "example.yaml", got)
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("locating a finished file changes it: %v", err)
	}
}

func TestLocateCountsCodePointsAndParagraphs(t *testing.T) {
	t.Parallel()
	const source = "Häader\n\nOne ä.\nstill one.\n\n## Two\nThree.\n\n\nFour “ö”."
	draft := "source:\n  id: a\n  body: \"One\"\n  heading: \"##\"\nclaims:\n" +
		"  x: {at: \"ä. … still\"}\n  y: {at: \"Three.\"} # three\nskipped:\n  - {at: \"“ö”\", why: z}\n"
	got, err := data.Locate(text(t, source), "x", []byte(draft))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"body: 8\n", "characters: 52\n",
		"x: {at: 1:12-20 ",
		"y: {at: 2:34-40 ", "} # three\n",
		"- {at: 3:48-51 ",
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// A passage with quotes in it is written in the other quotes, or behind backslashes.
// A source in braces is finished in them; how it can be finished by hand is told whole.
func TestLocateFinishesBraces(t *testing.T) {
	t.Parallel()
	body := text(t, "Ann was here.")
	claims := "claims:\n  x: {at: \"was here\"}\n"
	got, err := data.Locate(body, "x", []byte("source: {id: a, title: T}\n"+claims))
	if want := "source: {id: a, sha256: " + body.SHA256 + ", characters: 13, title: T}\n"; err != nil || !strings.HasPrefix(string(got), want) {
		t.Errorf("%v, got\n%s", err, got)
	}
	if again, err := data.Locate(body, "x", got); err != nil || !bytes.Equal(again, got) {
		t.Errorf("locating a finished file changes it: %v", err)
	}
	_, err = data.Locate(body, "x", []byte("source: {title: T, id: \"a\"}\n"+claims))
	if err == nil || !strings.Contains(err.Error(), "sha256: "+body.SHA256+", characters: 13") {
		t.Errorf("got %v", err)
	}
}

func TestLocateQuotes(t *testing.T) {
	t.Parallel()
	const source = "He said: \"It's so, no?\" # and left.\n"
	for _, at := range []string{`'"It''s so, no?"'`, `"\"It's so, no?\""`, `"\x22It's … no?\""`} {
		draft := "source:\n  id: a\nclaims:\n  x: {at: " + at + "} # here\n"
		got, err := data.Locate(text(t, source), "x", []byte(draft))
		if want := "x: {at: 1:9-23 "; err != nil || !strings.Contains(string(got), want) || !strings.HasSuffix(string(got), "} # here\n") {
			t.Errorf("%s: %v\n%s", at, err, got)
		}
	}
	for _, at := range []string{"He said", "It's so, no?"} {
		got, err := data.Locate(text(t, source), "x", []byte("source:\n  id: a\nclaims:\n  x:\n    at: "+at+" # here\n"))
		if err != nil || !strings.HasSuffix(string(got), " # here\n") || !strings.Contains(string(got), "    at: 1:") {
			t.Errorf("%s: %v\n%s", at, err, got)
		}
	}
}

func TestLocateRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, draft, want string }{
		{"words that are not there", "claims:\n  x: {at: \"Zwei\"}", `:6:11: these words are in no paragraph of the text: "Zwei"`},
		{"words that are there twice", "claims:\n  x: {at: \"one\"}", `:6:11: these words are in the text 2 times`},
		{"words across paragraphs", "claims:\n  x: {at: \"One one. … Two\"}", `in no paragraph`},
		{"folded words", "claims:\n  x:\n    at: >\n      Two\n", `write the words on one line, in quotes`},
		{"claim that is looked up", "claims:\n  x: {at: \"Two\", see: https://x.example/}", `:6:23: claim "x" is looked up elsewhere (see): its source has no text`},
		{"unknown field", "claims:\n  x: {at: \"Two\", sais: y}", `unknown field "sais"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			draft := "source:\n  id: a\n  body: \"One\"\n  language: en\n" + test.draft
			_, err := data.Locate(text(t, "Head\n\nOne one.\nAnd one.\n\nTwo."), "d.yaml", []byte(draft))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
	_, err := data.Locate(text(t, "x"), "d.yaml", []byte("source: {id: a, sha256: 00}"))
	if err == nil || !strings.Contains(err.Error(), "this text is another one") {
		t.Errorf("another text: %v", err)
	}
	for _, bad := range []string{"\xff", ""} {
		if _, err := sourcetext.New([]byte(bad)); err == nil {
			t.Errorf("the text %q was taken", bad)
		}
	}
}

// What is in the file already is checked, and a text it is not of is not put
// into the file: neither its SHA-256 nor its length.
func TestLocateChecks(t *testing.T) {
	t.Parallel()
	const source = "Head\n\nOne one.\nAnd one.\n\nTwo."
	at := func(paragraph int, words string) string {
		p := placesOf(t, source, words)[0]
		return fmt.Sprintf("{paragraph: %d, start: %d, end: %d, sha256: %s}", paragraph, p.Start, p.End, p.SHA256)
	}
	const head, good = "source:\n  id: a\n  body: \"One\"\n", "claims:\n  x: {at: \"Two\"}\n"
	for name, test := range map[string]struct{ draft, text, want string }{
		"places of the text":         {head + good + "  y: {at: " + at(1, "one") + "}\nskipped:\n  - {at: " + at(2, "Two.") + ", why: w}\n", source, ""},
		"a claim of another text":    {head + good + "  y: {at: " + at(1, "one") + "}\n", strings.Replace(source, "One one", "One, one", 1), `:6:11: what stands in this text from 10 to 13 has another SHA-256`},
		"a skipped place of another": {head + good + "skipped:\n  - {at: " + at(2, "Two.") + ", why: w}\n", source[:len(source)-1] + "!", `:7:10: what stands in this text from 25 to 29 has another SHA-256`},
		"a place beyond the end":     {head + good + "  y: {at: " + at(2, "Two.") + "}\n", source[:len(source)-1], `another SHA-256`},
		"another paragraph":          {head + good + "  y: {at: " + at(2, "one") + "}\n", source, `:6:11: from 10 to 13 is in paragraph 1 of this text, not 2`},
		"no paragraph":               {head + good + "  y: {at: " + at(1, "Head") + "}\n", source, `is in paragraph 0 of this text, not 1`},
		"another length":             {head + "  characters: 9\n" + good, source, `:2:7: this text is another one: it has 29 characters, and the source's had 9`},
		"another digest": {head + "  sha256: 00\n" + good + "  y: {at: " + at(1, "one") + "}\n  z: {at: " + at(2, "Two.") + "}\n", source + "\nThree.",
			`:4:11: this text is another one: its SHA-256 is ` + text(t, source+"\nThree.").SHA256 + `, and 2 of the 2 places in this file hold in it`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := data.Locate(text(t, test.text), "d.yaml", []byte(test.draft))
			switch {
			case test.want == "":
				if err != nil || !strings.Contains(string(got), "  sha256: "+text(t, test.text).SHA256+"\n") {
					t.Errorf("got %s, %v", got, err)
				}
			case err == nil || !strings.Contains(err.Error(), test.want) || got != nil:
				t.Errorf("got %s, %v\nwant %s", got, err, test.want)
			case strings.Count(err.Error(), "d.yaml") != 1:
				t.Errorf("more than that is wrong: %v", err)
			}
		})
	}
}

func FuzzLocate(f *testing.F) {
	f.Add(file(f, "testdata/example.draft.yaml"), string(file(f, "testdata/example.txt")))
	f.Add([]byte("source:\n  id: a"), "a b")
	f.Add([]byte("source:\r  id: a\rclaims: {x: {at: \"a\"}}"), "a b")
	f.Add([]byte("source: {id: a}\nclaims: {x: {at: \"a…b\"}}"), "a b")
	f.Add([]byte("source: {id: a, body: \"…\"}\nskipped: [{at: \"\"}]"), "\n\na")
	f.Fuzz(func(t *testing.T, draft []byte, source string) {
		text, err := sourcetext.New([]byte(source))
		if err != nil {
			return
		}
		located, err := data.Locate(text, "x", draft)
		if err != nil {
			return
		}
		again, err := data.Locate(text, "x", located)
		if err != nil || !bytes.Equal(again, located) {
			t.Errorf("locating twice: %v\n%s\n%s", err, located, again)
		}
	})
}

// A character that is changed anywhere in a passage is named with its place in the
// words and in the text, and the passage is not located.
func TestLocateNamesTheCharacter(t *testing.T) {
	t.Parallel()
	const source = "An old beginning.\n\nThe port’s yearly\nreport quotes a clerk: “They paid\tsome two – million é euros.”\n\nAn end, another one.\n"
	runes := []rune(source)
	start := strings.Index(source, "The port")
	end := start + len([]rune("The port’s yearly\nreport quotes a clerk: “They paid\tsome two – million é euros.”"))
	for i := start; i < end; i++ {
		words := slices.Clone(runes[start:end])
		words[i-start] = 'ж'
		_, err := data.Locate(text(t, source), "x", []byte("source:\n  id: a\nclaims:\n  x: {at: "+strconv.Quote(string(words))+"}\n"))
		want := fmt.Sprintf("and the words U+0436 (ж) at %d", i-start+1)
		is := fmt.Sprintf("the text has %U", runes[i])
		if err == nil || !strings.HasSuffix(err.Error(), want) || !strings.Contains(err.Error(), is) || !strings.Contains(err.Error(), fmt.Sprintf(" at %d, and", i)) {
			t.Errorf("%q at %d: %v\nnot %s … %s", runes[i], i, err, is, want)
		}
	}
}

// Words that go beyond the end of the text, and words at its very beginning.
func TestLocateAtTheEdges(t *testing.T) {
	t.Parallel()
	const source = "A first one.\n\nSome last words."
	for words, want := range map[string]string{
		"Some last words. More.": "the text ends before U+0020 at 17 of the words",
		"Some last words":        "",
		"The first one.":         "the text has U+0041 (A) at 0, and the words U+0054 (T) at 1",
		"A … first one!":         `nearest to "first one!" is paragraph 1, 2 to 12: "first one." (punctuation ! became .); the text has U+002E (.) at 11, and the words U+0021 (!) at 10`,
		"SOME LAST":              "nothing in it is near", // no word as it is, but each in other letters
		"A … wholly other":       `nothing in it is near to "wholly other"`,
		"first one.\n\nSome":     "they stand in no paragraph, 2 to 18",
		"last … first":           "each side of … is in the text",
	} {
		_, err := data.Locate(text(t, source), "x", []byte("source:\n  id: a\nclaims:\n  x: {at: "+strconv.Quote(words)+"}\n"))
		if got := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(got, want) {
			t.Errorf("%q: %v\nnot %s", words, err, want)
		}
	}
}
