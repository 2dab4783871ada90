package data_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/internal/testsize"
	"kg/schema"
)

func sum(s string) string {
	b := sha256.Sum256([]byte(s))
	return hex.EncodeToString(b[:])
}

// prose is paragraphs of few words, so that passages stand in several places.
func prose(r *rand.Rand, paragraphs int) []string {
	words := strings.Fields("the ship Gull “paid” 20,000 euros née Öl was 서울 sold, denies it. in March — a harbour's")
	var list []string
	for range paragraphs {
		var p []string
		for range 1 + r.IntN(12) {
			p = append(p, words[r.IntN(len(words))])
		}
		s := strings.Join(p, " ")
		if r.IntN(4) == 0 {
			s = strings.Replace(s, " ", "\n", 1)
		}
		list = append(list, s)
	}
	return list
}

const oracleHeading = "##"

// written is a text with a title, and where its first paragraph begins.
func written(paragraphs []string) (text string, body int) {
	const title = "A title\n\n"
	return title + strings.Join(paragraphs, "\n\n") + "\n", len(title)
}

// alter changes a text as editors and programs do.
func alter(r *rand.Rand, paragraphs []string) string {
	list := slices.Clone(paragraphs)
	for range r.IntN(4) {
		i := r.IntN(len(list))
		switch r.IntN(7) {
		case 0: // a word changed
			words := strings.Split(list[i], " ")
			words[r.IntN(len(words))] = []string{"yacht", "“", "25,000", ""}[r.IntN(4)]
			list[i] = strings.Join(words, " ")
		case 1: // a paragraph moved
			p := list[i]
			list = slices.Delete(list, i, i+1)
			list = slices.Insert(list, r.IntN(len(list)+1), p)
		case 2: // deleted
			if len(list) > 1 {
				list = slices.Delete(list, i, i+1)
			}
		case 3: // doubled
			list = slices.Insert(list, r.IntN(len(list)+1), list[i])
		case 4: // added
			list = slices.Insert(list, i, prose(r, 1)[0])
		case 5:
			list = slices.Insert(list, i, oracleHeading+" A heading")
		}
	}
	text, _ := written(list)
	switch r.IntN(6) {
	case 0:
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case 1:
		text += "\n"
	case 2:
		text = "\n" + text
	case 3:
		text = "An older title\n\n" + text
	}
	return text
}

// naiveParagraph numbers paragraphs by walking the lines.
func naiveParagraph(text []rune, body, start, end int) int {
	n, open := 0, false
	first, last := 0, 0
	number := func() int {
		if open && first <= start && end <= last {
			return n
		}
		return 0
	}
	for at := body; at < len(text); {
		line := at
		for at < len(text) && text[at] != '\n' {
			at++
		}
		switch s := strings.TrimSpace(string(text[line:at])); {
		case s == "" || strings.HasPrefix(s, oracleHeading):
			if got := number(); got > 0 {
				return got
			}
			open = false
		case open:
			last = at
		default:
			n, open, first, last = n+1, true, line, at
		}
		at++
	}
	return number()
}

// spot is where a passage stands.
type spot struct{ Paragraph, Start, End int }

// spotsOf are the places of a passage that stands at several, or at one.
func spotsOf(n *data.Range) (list []spot) {
	for _, s := range append([]data.Range{*n}, n.Others...) {
		list = append(list, spot{s.Paragraph, s.Start, s.End})
	}
	return list
}

// naive is the verdict by looking at every window of every text. Altered stands for
// missing, too.
func naive(text, other []rune, body int, l schema.Locator) (data.Verdict, []spot) {
	windows := func(text []rune) (list []spot) {
		for i := 0; i+l.End-l.Start <= len(text); i++ {
			if sum(string(text[i:i+l.End-l.Start])) == l.SHA256 {
				list = append(list, spot{Paragraph: naiveParagraph(text, body, i, i+l.End-l.Start), Start: i, End: i + l.End - l.Start})
			}
		}
		return list
	}
	own := windows(text)
	for _, p := range own {
		if p.Start == l.Start {
			if p.Paragraph != l.Paragraph {
				return data.WrongParagraph, []spot{p}
			}
			return data.Match, nil
		}
	}
	switch {
	case len(own) == 1:
		return data.Moved, own
	case len(own) > 1:
		return data.Ambiguous, own
	case len(windows(other)) > 0:
		return data.Misattributed, nil
	}
	return data.Altered, nil
}

// located are passages at random places of a text, some of which begin or end
// within a word.
func located(r *rand.Rand, source quad.IRI, text string, body int) schema.Locators {
	runes := []rune(text)
	l := schema.Locators{Source: source, SHA256: sum(text), Characters: len(runes), Body: body, Heading: oracleHeading}
	for len(l.List) < 8 {
		start := body + r.IntN(len(runes)-body)
		end := min(len(runes), start+1+r.IntN(40))
		if r.IntN(4) > 0 {
			for start > body && runes[start-1] != ' ' && runes[start-1] != '\n' {
				start--
			}
		}
		n := naiveParagraph(runes, body, start, end)
		if n == 0 {
			continue
		}
		if r.IntN(12) == 0 {
			n++ // an annotator's mistake
		}
		l.List = append(l.List, schema.Locator{
			Claim: source + quad.IRI(fmt.Sprintf("/claim/c%d", len(l.List))), Paragraph: n, Start: start, End: end, SHA256: sum(string(runes[start:end])),
		})
	}
	return l
}

// TestVerifyAgainstNaive alters texts at random, and computes each verdict by
// looking at every window. Whether the words are known changes no verdict but
// altered and missing.
func TestVerifyAgainstNaive(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 13))
	seen := map[data.Verdict]int{}
	for range testsize.Of(40, 400) {
		paragraphs := prose(r, 2+r.IntN(5))
		was, body := written(paragraphs)
		is := alter(r, paragraphs)
		elsewhere, elsewhereBody := written(append(prose(r, 2), paragraphs[r.IntN(len(paragraphs))]))
		all := []schema.Locators{
			located(r, "x:/source/a", was, body),
			{Source: "x:/source/b", SHA256: sum(elsewhere), Body: elsewhereBody},
		}
		texts, err := data.OpenTexts(folderOf(t, map[string]string{"is.txt": is, "other.txt": elsewhere, "a.png": "\xff"}))
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range [][]string{nil, {folderOf(t, map[string]string{"was.txt": was})}} {
			if err := texts.Formerly(words); err != nil {
				t.Fatal(err)
			}
			list, err := texts.Verify(t.Context(), all, func(s quad.IRI) bool { return s == "x:/source/a" })
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			v := list[0]
			if v.State == data.NoText { // nothing of it is left
				for _, l := range all[0].List {
					if verdict, _ := naive([]rune(is), nil, body, l); verdict == data.Match {
						t.Fatalf("no text, and %+v matches in\n%s", l, is)
					}
				}
				seen[v.State]++
				continue
			}
			if want := map[bool]data.Verdict{true: data.Same, false: data.Changed}[was == is]; v.State != want {
				t.Errorf("the text is %s, not %s", v.State, want)
			}
			for _, got := range v.Results {
				want, places := naive([]rune(is), []rune(elsewhere), v.Body, got.Locator)
				seen[got.Verdict]++
				checkResult(t, got, want, places, []rune(is), words != nil)
				if t.Failed() {
					t.Fatalf("was:\n%s\nis:\n%s", was, is)
				}
			}
		}
	}
	for _, v := range data.Verdicts {
		if seen[v] == 0 && v != data.NoText && v != data.WrongPage { // these texts have no pages: TestPages
			t.Errorf("no passage was %s: %v", v, seen)
		}
	}
}

func checkResult(t *testing.T, got data.Result, want data.Verdict, places []spot, text []rune, wordsKnown bool) {
	t.Helper()
	verdict := got.Verdict
	if verdict == data.Missing {
		verdict = data.Altered
	}
	if verdict != want {
		t.Errorf("%+v is %s, and naively %s", got.Locator, got.Verdict, want)
		return
	}
	n := got.Nearest
	switch got.Verdict {
	case data.Match, data.Missing:
		if n != nil {
			t.Errorf("%s has %+v", got.Verdict, n)
		}
	case data.WrongParagraph, data.Moved, data.Ambiguous:
		if all := spotsOf(n); !slices.Equal(all, places) {
			t.Errorf("%s: %v, and naively %v", got.Verdict, all, places)
		}
	case data.Misattributed:
		if n.Source != "x:/source/b" {
			t.Errorf("misattributed: %+v", n)
		}
	case data.Altered:
		if n.Words != string(text[n.Start:n.End]) || sum(n.Words) == got.SHA256 {
			t.Errorf("altered: %+v", n)
		}
		if wordsKnown && len(n.Differs) == 0 {
			t.Errorf("altered, and nothing differs: %+v", n)
		}
	}
}
