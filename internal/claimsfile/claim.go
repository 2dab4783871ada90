package claimsfile

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/strict"
	"kg/schema"
)

// claimsOf iterates over the claims of a file with their ids: those of a mapping, or
// those of a list, whose ids are made from the text of the claims.
func claimsOf(n strict.Node) iter.Seq2[strict.Word, strict.Node] {
	if !n.IsList() {
		return n.Pairs("claims")
	}
	return func(yield func(strict.Word, strict.Node) bool) {
		seen := map[string]strict.Pos{}
		for _, node := range n.Items("claims") {
			id := strict.Word{Text: claimID(node), Pos: node.Pos()}
			if first, ok := seen[id.Text]; ok {
				node.Addf("this claim would be called %q, as that in line %d: give it an id: field, or others where edges differ", id.Text, first.Line)
				continue
			}
			if seen[id.Text] = id.Pos; !yield(id, node) {
				return
			}
		}
	}
}

// claimID is the id of a claim in a list: the one it has, or that of its first edge,
// behind its stance if that is not asserts.
func claimID(n strict.Node) string {
	if id := n.Child("id"); id.Present() {
		return id.Word("id").Text
	}
	words := firstEdge(n.Child("edges"))
	if slices.Equal(words, []string{document.Blank}) {
		return fmt.Sprintf("line-%d", n.Pos().Line) // it has no edge yet, and none makes it an error
	}
	if stance := n.Child("stance"); stance.Present() && stance.Text() != string(schema.Asserts) {
		words = append([]string{stance.Text()}, words...)
	}
	return fold.Slug(words...)
}

// firstEdge returns the first three words of a claim's first edge in file order, whatever
// order its mapping has.
func firstEdge(n strict.Node) []string {
	switch {
	case n.IsList():
		for _, item := range n.Items("edges") {
			return firstEdge(item)
		}
	case n.IsMapping():
		for subject, node := range n.Quiet() {
			if !node.IsMapping() {
				return firstEdge(node)
			}
			for relation, object := range node.Quiet() {
				if relation != schema.Is {
					return []string{subject, relation, object.Text()}
				}
			}
		}
	case n.Present():
		words := strings.Fields(n.Text())
		return words[:min(len(words), 3)]
	}
	return nil
}

var claimFields = []string{"id", "says", "speaker", "via", "stance", "hedge", "at", "see", "derived-from", "note", "drafted-by", "edges"}

// claim reads a claim, and the entities that its edges declare.
func claim(id strict.Word, n strict.Node) (document.Claim, []document.Entity) {
	f := n.Fields("claim "+strict.Brief(id.Text), claimFields...)
	if own := f["id"]; own.Present() && own.Word("id").Text != id.Text {
		own.Addf("claim %q has its id before the colon: leave this one out", id.Text)
	}
	c := document.Claim{
		ID:          id,
		Says:        f["says"].Word("says"),
		Via:         f["via"].Words("via"),
		Stance:      f["stance"].Word("stance"),
		Hedge:       f["hedge"].Word("hedge"),
		See:         f["see"].Word("see"),
		DerivedFrom: f["derived-from"].Words("derived-from"),
		Note:        f["note"].Word("note"),
		DraftedBy:   f["drafted-by"].Word("drafted-by"),
	}
	if speakers := f["speaker"].Words("speaker"); len(speakers) > 0 {
		c.Speaker, c.AlsoBy = speakers[0], speakers[1:]
	}
	if f["at"].Present() {
		at := Passage(f["at"])
		c.At = &at
	}
	made := edges(&c, f["edges"])
	return c, made
}

// edges reads the edges of a claim: a mapping, a sentence, or a list of both.
func edges(c *document.Claim, n strict.Node) (made []document.Entity) {
	switch {
	case n.IsList():
		for _, item := range n.Items("edges") {
			made = append(made, edges(c, item)...)
		}
	case n.IsMapping():
		for subject, node := range n.Pairs("edges") {
			if !node.IsMapping() && !node.IsList() {
				c.Sentences = append(c.Sentences, document.Sentence{ID: subject, Text: node.Line("edges of " + strict.Brief(subject.Text))})
				continue
			}
			made = append(made, edgesOf(c, subject, node)...)
		}
	case n.Present():
		c.Sentences = append(c.Sentences, document.Sentence{Text: n.Line("edges")})
	}
	return made
}

// edgesOf reads the edges of one subject, which may be declared among them.
func edgesOf(c *document.Claim, subject strict.Word, n strict.Node) (made []document.Entity) {
	c.Edges = slices.Grow(c.Edges, n.Len())
	for relation, value := range n.Pairs("edges of " + strict.Brief(subject.Text)) {
		switch {
		case relation.Text == schema.Is:
			made = append(made, entityLine(subject, value))
		case value.IsList():
			for _, item := range value.Items(relation.Text) {
				c.Edges = append(c.Edges, document.Edge{Subject: subject, Relation: relation, Object: object(relation.Text, item)})
			}
		default:
			c.Edges = append(c.Edges, document.Edge{Subject: subject, Relation: relation, Object: object(relation.Text, value)})
		}
	}
	return made
}
