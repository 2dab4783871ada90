package data_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kg/data"
	"kg/schema"
)

// covered is the coverage of a text by places, whose digests are put in.
func covered(t *testing.T, words string, places ...schema.Locator) *data.Coverage {
	t.Helper()
	runes := []rune(words)
	for i := range places {
		p := &places[i]
		p.SHA256, p.Paragraph = sum(string(runes[p.Start:p.End])), 1
	}
	return coverageOf(t, words, &schema.Locators{Source: "s", SHA256: sum(words), Heading: "○", List: places})
}

func coverageOf(t *testing.T, words string, l *schema.Locators) *data.Coverage {
	t.Helper()
	return verified(t, textFile(t, words), l, nil).Coverage()
}

func TestSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string
	}{
		{"One. Two! Three? ", []string{"One.", "Two!", "Three?"}},
		{"Mr. Kim met Gen. Pak. They left.", []string{"Mr. Kim met Gen. Pak.", "They left."}},
		{"Sold to J. R. Smith of U.S. Steel. It paid.", []string{"Sold to J. R. Smith of U.S. Steel.", "It paid."}},
		{"He went to the U.S. The court waits.", []string{"He went to the U.S.", "The court waits."}},
		{"See No. 5 and Nov. 3. No. He said so.", []string{"See No. 5 and Nov. 3.", "No.", "He said so."}},
		{"It passed. 087 is a number. It cost 1.5 million.", []string{"It passed.", "087 is a number.", "It cost 1.5 million."}},
		{"“They paid. We know,” he said.\nIt is\nwrapped.", []string{"“They paid.", "We know,” he said.", "It is\nwrapped."}},
		{"○ A heading\nA line.\r\nAnother.\n\nNo stop\n\n…\n\n○ End", []string{"A line.", "Another.", "No stop"}},
		{"第一句。第二句！", []string{"第一句。", "第二句！"}},
		{"Eine S. a. r. l. zahlte ca. 20 Euro. Prof. Dr. Ö. Müller schwieg.", []string{"Eine S. a. r. l. zahlte ca. 20 Euro.", "Prof. Dr. Ö. Müller schwieg."}},
	}
	for _, test := range tests {
		var got []string
		for _, s := range covered(t, test.text).Open {
			got = append(got, s.Words)
			if cut := string([]rune(test.text)[s.Start:s.End]); cut != s.Words {
				t.Errorf("%q: %d to %d is %q, not %q", test.text, s.Start, s.End, cut, s.Words)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q:\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// Coverage is what one finds who looks at each character of each sentence, passage
// by passage.
func TestCoverageNaive(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(16, 1))
	bits := []string{"Go", "ö", "U.S.", "日本。", ".", "!", " ", " ", "\n", "\n\n", "○", "“", "”", "7", "\r\n", "Mr."}
	for range 300 {
		words := "A"
		for range random.IntN(60) {
			words += bits[random.IntN(len(bits))]
		}
		runes := []rune(words)
		var places []schema.Locator
		for range random.IntN(6) {
			start := random.IntN(len(runes))
			places = append(places, schema.Locator{Start: start, End: start + 1 + random.IntN(len(runes)-start)})
		}
		none, got := covered(t, words), covered(t, words, places...)
		want := &data.Coverage{Sentences: len(none.Open)}
		for _, s := range none.Open {
			open := true
			for i := s.Start; i < s.End; i++ {
				if unicode.IsSpace(runes[i]) {
					continue
				}
				want.Characters++
				if slices.ContainsFunc(places, func(p schema.Locator) bool { return p.Start <= i && i < p.End }) {
					want.Covered++
					open = open && !unicode.IsLetter(runes[i]) && !unicode.IsDigit(runes[i])
				}
			}
			if open {
				want.Open = append(want.Open, s)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q, %v:\n got %+v\nwant %+v", words, places, got, want)
		}
	}
}

// A passage counts where its digest is, and nowhere else.
func TestCoverageOfAnotherText(t *testing.T) {
	t.Parallel()
	l := &schema.Locators{Source: "s", SHA256: sum("One. Two. Two six."), List: []schema.Locator{
		{Claim: "one", Paragraph: 1, Start: 0, End: 4, SHA256: sum("One.")},
		{Claim: "two", Paragraph: 1, Start: 5, End: 9, SHA256: sum("Two.")},
		{Claim: "six", Paragraph: 1, Start: 10, End: 18, SHA256: sum("Two six.")},
	}}
	got := coverageOf(t, "New. One. Twi. Two six? One more.", l)
	var open []string
	for _, s := range got.Open {
		open = append(open, s.Words)
	}
	if want := "New.|Twi.|Two six?|One more."; strings.Join(open, "|") != want || got.Lost != 2 {
		t.Errorf("%q are open and %d passages lost, not %q and 2", open, got.Lost, want)
	}
}

// The article of the bundled file has a claim or a reason for each sentence.
func TestCoverageOfArticle(t *testing.T) {
	t.Parallel()
	name := os.Getenv("KG_TEXT")
	if name == "" {
		t.Skip("KG_TEXT names no article")
	}
	l, err := data.ReadLocators("donga", file(t, "donga-2008-04-04.yaml"), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if c := coverageOf(t, string(file(t, name)), l); len(c.Open) > 0 || c.Lost > 0 || c.Sentences != 37 {
		t.Errorf("%d of %d sentences are open, %d passages lost: %+v", len(c.Open), c.Sentences, c.Lost, c.Open)
	}
}
