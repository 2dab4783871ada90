package schema

import (
	"maps"
	"slices"

	"kg/internal/strict"
)

// Is is what stands among the edges of an entity that is declared there: it is no
// relation's name.
const Is = "is"

// addition is a file that gives a kind more: relations, those of other kinds,
// words it is called by, sentences.
type addition struct {
	fields map[string]strict.Node
	report *strict.Report
	file   string
}

// sharing is a relation that a kind has beside the kind that defines it.
type sharing struct {
	kind   *Kind
	word   strict.Word
	report *strict.Report
}

func (b *builder) add(a addition) {
	w := a.fields["extends"].Word("extends")
	k := b.o.kinds[w.Text]
	if k == nil {
		if w.Text != "" {
			a.report.Addf(w.Pos, "unknown kind %q%s", w.Text, strict.DidYouMean(w.Text, slices.Collect(maps.Keys(b.o.kinds))))
		}
		return
	}
	b.readMore(a.report, k, a.file, a.fields)
}

// readMore reads what a kind's own file has, and one that extends it.
func (b *builder) readMore(r *strict.Report, k *Kind, file string, f map[string]strict.Node) {
	k.Synonyms = append(k.Synonyms, synonyms(f["synonyms"])...)
	for _, w := range f["shares"].Words("shares") {
		b.shared = append(b.shared, sharing{k, w, r})
	}
	for words, status := range f["short"].Pairs("short") {
		b.shorts = append(b.shorts, pattern{k, words, status.Word("status"), r})
	}
	for key, node := range f["relations"].Pairs("relations") {
		b.readRelation(r, k, file, key, node)
	}
}

func synonyms(n strict.Node) (list []string) {
	for _, w := range n.Words("synonyms") {
		list = append(list, w.Text)
	}
	return list
}

// share gives the relations that several kinds have to each of them. Their domain
// is the nearest kind above all: RDFS reads several domains as if a subject were
// of every one of them.
func (b *builder) share() {
	for _, s := range b.shared {
		rel := b.o.relations[s.word.Text]
		switch {
		case s.word.Text == "": // which is noted
		case rel == nil:
			s.report.Addf(s.word.Pos, "unknown relation %q%s", s.word.Text, strict.DidYouMean(s.word.Text, slices.Collect(maps.Keys(b.o.relations))))
		case rel.Serves(s.kind):
			s.report.Addf(s.word.Pos, "kind %s has the relation %s already, as a %s", s.kind.Name, rel.Name, rel.Kinds[0].Name)
		default:
			rel.Kinds = append(rel.Kinds, s.kind)
		}
	}
	for _, rel := range b.o.relations {
		rel.Domain = rel.Kinds[0]
		for _, k := range rel.Kinds[1:] {
			for rel.Domain != nil && !k.Within(rel.Domain) {
				rel.Domain = rel.Domain.Parent
			}
		}
		if rel.Domain == nil {
			b.reports[rel.file].Addf(strict.Pos{}, "relation %s is shared by kinds that have no kind above them all", rel.Name)
		}
	}
}
