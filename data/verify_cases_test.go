package data_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/schema"
)

const (
	newsTitle = "Loan behind the harbour\n\n"
	news      = newsTitle + "The firm paid the harbour master 20,000 euros in March, the police said.\n\n" +
		"“She will perhaps pay the deputy,” the weekly Lantern wrote.\n\n" +
		"The yacht was frozen on 2 April. The yacht is large.\n"
)

// newsLocators are the places of sentences in news.
func newsLocators(t testing.TB) schema.Locators {
	t.Helper()
	l := schema.Locators{Source: "x:/source/news", SHA256: text(t, news).SHA256, Characters: len([]rune(news)), Body: len(newsTitle)}
	for i, words := range []string{
		"The firm paid the harbour master 20,000 euros in March, the police said.",
		"“She will perhaps pay the deputy,” the weekly Lantern wrote.",
		"The yacht was frozen on 2 April.",
	} {
		before, _, _ := strings.Cut(news, words)
		start := len([]rune(before))
		l.List = append(l.List, schema.Locator{Claim: quad.IRI(fmt.Sprintf("x:/source/news/claim/c%d", i+1)), Paragraph: i + 1, Start: start, End: start + len([]rune(words)), SHA256: text(t, words).SHA256})
	}
	return l
}

func verifyNews(t *testing.T, is string, was ...string) *data.Verified {
	t.Helper()
	l := newsLocators(t)
	return verified(t, textFile(t, is), &l, was)
}

// What a reader is told of each passage: without the words, and with them from the
// text as it was.
func TestVerifyTells(t *testing.T) {
	t.Parallel()
	old := folderOf(t, map[string]string{"old.txt": news})
	swap := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(news) }
	const match = "match"
	for name, test := range map[string]struct {
		is    string
		words bool
		want  [3]string
	}{
		"the text itself":      {news, false, [3]string{match, match, match}},
		"a newline at the end": {news + "\n", false, [3]string{match, match, match}},
		"a line before":        {"Again\n" + news, false, [3]string{"moved paragraph 1, 31 to 103", "moved paragraph 2, 105 to 165", "moved paragraph 3, 167 to 199"}},
		"a figure": {swap("20,000", "25,000"), false, [3]string{
			"altered paragraph 1, 25 to 97: The firm paid the harbour master 25,000 euros in March, the police said.", match, match}},
		"a figure, the words known": {swap("20,000", "25,000"), true, [3]string{
			`altered paragraph 1, 25 to 97: The firm paid the harbour master 25,000 euros in March, the police said. (figure "20,000" became "25,000")`, match, match}},
		"quotes, the words not known": {swap("“", `"`, "”", `"`), false, [3]string{
			match, `altered paragraph 2, 99 to 159: "She will perhaps pay the deputy," the weekly Lantern wrote. (quote mark “ became "; quote mark ” became ")`, match}},
		"a space, the words not known": {swap("She will", "She\u00a0will"), false, [3]string{
			match, "altered paragraph 2, 99 to 159: “She\u00a0will perhaps pay the deputy,” the weekly Lantern wrote. " + `(space " " became "\u00a0")`, match}},
		"a word left out, a word put in": {swap("perhaps ", "", "weekly", "weekly paper"), true, [3]string{
			match, `altered paragraph 2, 99 to 157: “She will pay the deputy,” the weekly paper Lantern wrote. (word "perhaps" left out; word "paper" added)`, "moved paragraph 3, 159 to 191"}},
		"a paragraph left out": {swap("“She will perhaps pay the deputy,” the weekly Lantern wrote.\n\n", ""), false, [3]string{
			match, "missing ", "moved paragraph 2, 99 to 131"}},
		"a paragraph left out, the words known": {swap("“She will perhaps pay the deputy,” the weekly Lantern wrote.\n\n", ""), true, [3]string{
			match, "missing ", "moved paragraph 2, 99 to 131"}},
		"a passage doubled, and not where it was": {"The yacht was frozen on 2 April. " + news, false, [3]string{
			"moved paragraph 1, 58 to 130", "moved paragraph 2, 132 to 192", "ambiguous no paragraph, 0 to 32; paragraph 3, 194 to 226"}},
		"line ends": {strings.ReplaceAll(news, "\n", "\r\n"), false, [3]string{
			"moved paragraph 1, 27 to 99", "moved paragraph 2, 103 to 163", "moved paragraph 3, 167 to 199"}},
		"a heading within": {swap("\n\nThe yacht", "\n\n\n\nThe yacht"), false, [3]string{match, match, "moved paragraph 3, 163 to 195"}},
		"a paragraph that is now two": {swap("paid the", "paid\n\nthe"), false, [3]string{
			"altered paragraph 2, 40 to 98: the harbour master 20,000 euros in March, the police said.", "moved paragraph 3, 100 to 160", "moved paragraph 4, 162 to 194"}},
		"another text": {"Nothing of the kind.\n", false, [3]string{"missing ", "missing ", "missing "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var was []string
			if test.words {
				was = []string{old}
			}
			for i, r := range verifyNews(t, test.is, was...).Results {
				got := string(r.Verdict)
				if got != match {
					got += " " + r.Nearest.String()
				}
				if got != test.want[i] {
					t.Errorf("passage %d:\ngot  %s\nwant %s", i+1, got, test.want[i])
				}
			}
		})
	}
}

// A draft has the words, or their beginning and end.
func TestVerifyWithDraft(t *testing.T) {
	t.Parallel()
	draft := folderOf(t, map[string]string{"news.draft.yaml": `source: {id: news}
claims:
  c1: {at: "The firm paid … the police said."}
  c2: {at: "“She will perhaps pay the deputy,” the weekly Lantern wrote."}
`})
	v := verifyNews(t, strings.NewReplacer("20,000", "25,000", "March", "early March", "She", "Weber", "frozen", "sold").Replace(news), draft)
	for i, want := range []string{
		"altered paragraph 1, 25 to 103: The firm paid the harbour master 25,000 euros in early March, the police said.",
		`altered paragraph 2, 105 to 167: “Weber will perhaps pay the deputy,” the weekly Lantern wrote. (word "She" became "Weber")`,
		"altered paragraph 3, 169 to 199: The yacht was sold on 2 April.",
	} {
		if got := string(v.Results[i].Verdict) + " " + v.Results[i].Nearest.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if err := new(data.Texts).Formerly([]string{folderOf(t, map[string]string{"x.png": "\xff"})}); err == nil || !strings.Contains(err.Error(), "neither a text nor a draft") {
		t.Errorf("got %v", err)
	}
}

// One word of a long passage is changed, wherever it stands: that one differs.
func TestVerifyFindsTheWord(t *testing.T) {
	t.Parallel()
	old := folderOf(t, map[string]string{"old.txt": news})
	for _, l := range newsLocators(t).List {
		words := strings.Split(string([]rune(news)[l.Start:l.End]), " ")
		for i, w := range words {
			changed := strings.Join(append(append(append([]string{}, words[:i]...), "schooner"), words[i+1:]...), " ")
			v := verifyNews(t, strings.Replace(news, strings.Join(words, " "), changed, 1), old)
			for _, r := range v.Results {
				if r.Claim == l.Claim && (r.Verdict != data.Altered || r.Nearest.Words != changed || len(r.Nearest.Differs) != 1 || !strings.Contains(r.Nearest.Differs[0].Is, "schooner")) {
					t.Errorf("%q became a schooner: %s %s", w, r.Verdict, r.Nearest)
				}
			}
		}
	}
}

// BenchmarkVerify holds 100,000 passages against a text of 11 million characters:
// where they stand, behind an insertion, and between a thousand changed words.
func BenchmarkVerify(b *testing.B) {
	const n = 100_000
	var was strings.Builder
	var at [][2]int
	for i := range n {
		start := was.Len()
		fmt.Fprintf(&was, "In the year %d the firm of number %d paid a sum to the master of harbour %d, the police of the town said.", i, i*7, i*13)
		at = append(at, [2]int{start, was.Len()})
		was.WriteString("\n\n")
	}
	s := was.String()
	l := schema.Locators{Source: "x:/source/big", SHA256: sum(s), Characters: len(s)}
	for i, p := range at {
		l.List = append(l.List, schema.Locator{Claim: quad.IRI(fmt.Sprintf("x:/source/big/claim/c%d", i)), Paragraph: i + 1, Start: p[0], End: p[1], SHA256: sum(s[p[0]:p[1]])})
	}
	altered := strings.ReplaceAll(s, "77 the firm", "77 a large firm") // one in a hundred
	for _, c := range []struct{ name, is string }{{"match", s}, {"moved", "\n" + s}, {"altered", altered}} {
		b.Run(c.name, func(b *testing.B) {
			texts, err := data.OpenTexts(folderOf(b, map[string]string{"is.txt": c.is}) + "/is.txt")
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				list, err := texts.Verify(b.Context(), []schema.Locators{l}, func(quad.IRI) bool { return true })
				if err != nil || len(list[0].Results) != n {
					b.Fatal(list, err)
				}
			}
		})
	}
}
