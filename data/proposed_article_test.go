package data_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/document"
	"kg/internal/propose"
	"kg/schema"

	"github.com/cayleygraph/quad"
	"go.yaml.in/yaml/v4"
)

// recall counts what is proposed of what there is to be proposed, and fails on what
// is left out.
func recall(t *testing.T, what string, want []string, look func(string) (there, proposed bool)) {
	t.Helper()
	all, found := 0, 0
	for _, w := range want {
		there, proposed := look(w)
		if !there {
			continue
		}
		all++
		if proposed {
			found++
		} else {
			t.Errorf("%s: %q is not proposed", what, w)
		}
	}
	t.Logf("%s: %d of %d", what, found, all)
	if all == 0 {
		t.Errorf("%s: there are none", what)
	}
}

// namesOf are the names of the article's file, without who wrote it.
func namesOf(t *testing.T) (names []string) {
	var f struct{ Entities map[string]string }
	if err := yaml.Load(file(t, articleFile), &f); err != nil {
		t.Fatal(err)
	}
	for _, line := range f.Entities {
		line, _, _ = strings.Cut(line, "(")
		kind, line, _ := strings.Cut(strings.TrimSpace(line), " ")
		if kind == "OfficialOccupation" || kind == "Post" {
			continue // what people do is a common noun
		}
		for name := range strings.SplitSeq(line, " / ") {
			if name != "" {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// valuesOf are the dates and figures that claims of the text have, not those that
// are derived or of the source itself.
func valuesOf(doc *document.Checked) (dates, figures []string) {
	derived := map[quad.Value]bool{}
	for _, q := range doc.Quads() {
		if q.Predicate == schema.DerivedFrom {
			derived[q.Subject] = true
		}
	}
	d, f := map[string]bool{}, map[string]bool{}
	for _, q := range doc.Quads() {
		if derived[q.Label] || q.Label == doc.SourceIRI() {
			continue
		}
		text := fmt.Sprint(q.Object.Native())
		if v, ok := q.Object.(quad.TypedString); ok {
			text = string(v.Value)
		}
		switch q.Predicate {
		case schema.EDTF:
			d[text] = true
		case schema.Value, schema.MinValue, schema.MaxValue:
			f[text] = true
		}
	}
	return slices.Sorted(maps.Keys(d)), slices.Sorted(maps.Keys(f))
}

// proposedQuotations looks for quotation marks that no proposed quotation has: those
// around a number quote nobody.
func proposedQuotations(t *testing.T, p *propose.Proposal, words string) {
	t.Helper()
	quoted := 0
	for _, s := range p.Speeches {
		if s.Quoted {
			quoted++
		}
	}
	t.Logf("%d quotations", quoted)
	runes := []rune(words)
	for i, r := range runes {
		if (r == '“' || r == '”') && i >= p.Body && !strings.Contains(string(runes[i-4:min(i+5, len(runes))]), "087") &&
			!slices.ContainsFunc(p.Speeches, func(s propose.Speech) bool { return s.Quoted && s.Start <= i && i < s.End }) {
			t.Errorf("the quotation mark at %d is in no proposed quotation", i)
		}
	}
}

// proposedSpeakers holds the speeches against the claims that have a speaker: each
// stands in a speech that has one too; and each quotation of the text is one.
func proposedSpeakers(t *testing.T, b bundled, p *propose.Proposal) {
	t.Helper()
	said, found := 0, 0
	for id, c := range b.Claims {
		if c.Speaker == nil || c.At == nil {
			continue
		}
		said++
		if slices.ContainsFunc(p.Speeches, func(s propose.Speech) bool { return s.Start < c.At.End && c.At.Start < s.End && len(s.Speakers) > 0 }) {
			found++
		} else {
			t.Errorf("claim %s: no speaker is proposed for paragraph %d, %d to %d", id, c.At.Paragraph, c.At.Start, c.At.End)
		}
	}
	t.Logf("claims with a speaker: %d of %d", found, said)
}

// wrong lists the names that are proposed and that no name or description of the
// article's file has: they are counted, not forbidden.
func wrong(t *testing.T, p *propose.Proposal, words string) {
	t.Helper()
	var list []string
	known := namesOf(t)
	for _, n := range p.Names {
		if n.Name != "" && !slices.ContainsFunc(known, func(k string) bool {
			return slices.Contains(append(n.Also, n.Name), k) || strings.Contains(k, n.Name)
		}) {
			list = append(list, n.Name)
		}
	}
	t.Logf("%d of %d names are none of the file's: %q", len(list), len(p.Names), list)
	if len(list) > 6 {
		t.Errorf("%d names are none of the file's: %q", len(list), list)
	}
}

// kept fails if eight words of the text in a row stand in the file.
func kept(t *testing.T, p *propose.Proposal, words string) {
	t.Helper()
	got, err := p.File("Jane Doe", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := data.Read("x", got, ontology(t), schema.DefaultBase); err == nil {
		t.Error("a file with blanks loads")
	}
	const run = 8
	in := strings.Join(plainWords(string(got)), " ")
	of := plainWords(words)
	for i := 0; i+run <= len(of); i++ {
		if line := strings.Join(of[i:i+run], " "); strings.Contains(in, line) && !strings.Contains(line, "thriving") {
			t.Errorf("the file keeps %q", line)
		}
	}
}

// The names, dates, figures and quotations of the article are proposed: what its
// claims have is found in its text by the rules, and no run of its words is kept.
func TestProposeTheArticle(t *testing.T) {
	b, _ := article(t)
	text := articleText(t, b.Source.SHA256)
	p, err := propose.Text(text, ontology(t), propose.Hints{ID: "donga", Known: func(string) (*propose.Known, error) { return nil, nil }})
	if err != nil {
		t.Fatal(err)
	}
	if p.Body != b.Source.Body || p.Heading != b.Source.Heading || p.Date != "2008-04-04" || p.Language != "en" {
		t.Errorf("the source is proposed as %q, body %d, heading %q, %q", p.Date, p.Body, p.Heading, p.Language)
	}
	words := string(whole(text))
	recall(t, "names", namesOf(t), func(name string) (bool, bool) {
		name = strings.ReplaceAll(name, "'", "’")
		at := strings.Index(words[len(string(whole(text)[:p.Body])):], name)
		return at >= 0, at >= 0 && slices.ContainsFunc(p.Names, func(n *propose.Mention) bool {
			return slices.ContainsFunc(n.Ranges, func(at propose.TextRange) bool { s, _ := text.Passage(at.Start, at.End, ""); return s == name })
		})
	})
	dates, figures := valuesOf(articleDoc(t))
	recall(t, "dates", dates, func(edtf string) (bool, bool) {
		return true, slices.ContainsFunc(p.Dates, func(v propose.Value) bool {
			return strings.TrimSuffix(strings.Fields(v.Text)[0], "/..") == strings.TrimSuffix(edtf, "/..")
		})
	})
	recall(t, "figures", figures, func(figure string) (bool, bool) {
		return true, slices.ContainsFunc(p.Amounts, func(v propose.Value) bool {
			return slices.Contains(regexp.MustCompile(`[ %-]`).Split(v.Text, -1), figure)
		})
	})
	proposedQuotations(t, p, words)
	proposedSpeakers(t, b, p)
	wrong(t, p, words)
	kept(t, p, words)
}
