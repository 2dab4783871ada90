package claimsfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// Standing is what of a claims file holds, and what does not yet. A file that holds
// as a whole has nothing open, and Doc is what Read makes of it; nor has one for having
// no claims, which Read refuses: every file begins so.
type Standing struct {
	Doc  *document.Checked // what holds by itself; nil if the source does not
	Open []Open            // all that is wrong or blank, in the order of the file
	Left []string          // the claims that are not in Doc for what is wrong, by id
}

// Open is something that is wrong in a file, or blank, and where.
type Open struct {
	LineInfo
	Msg     string
	Follows bool // it is only wrong without what is left out for being open itself
}

// Stand holds the file against an ontology, and takes out what does not hold, claims
// and entities, until the rest does. What becomes wrong by that is open too: an event
// without the one claim that states its status, say. So Open has all that Read would
// tell of the file however much else of it were mended, and mending shows no mistake
// that was not there.
func (e *Edited) Stand(o *schema.Ontology, base schema.Base) *Standing {
	s := &Standing{}
	root := strict.Parse(e.File(), strict.NewReport("claims", e.name))
	fields := root.Fields("a claims file", "base", "source", "entities", "claims", "skipped")
	claims, entities := map[string]bool{}, map[string]bool{}
	for {
		d := Fields(fields).Document()
		d.Claims = slices.DeleteFunc(d.Claims, func(c document.Claim) bool { return claims[c.ID.Text] })
		d.Entities = slices.DeleteFunc(d.Entities, func(n document.Entity) bool { return entities[n.ID.Text] })
		doc, err := document.Check(o, d, base, strict.NewReport("claims", e.name))
		if err == nil {
			s.Doc = doc
			break
		}
		if !s.leave(e, problemsOf(err), claims, entities) {
			if fields["skipped"] == (strict.Node{}) {
				break
			}
			fields["skipped"] = strict.Node{} // which says nothing of the graph
		}
	}
	for _, c := range e.claims {
		if claims[c.id] && c.text.Values["drafted-by"] == "" {
			s.Left = append(s.Left, c.id)
		}
	}
	return s
}

// leave notes problems, and what is to be left out for them; it reports whether that
// is more than before.
func (s *Standing) leave(e *Edited, problems []strict.Problem, claims, entities map[string]bool) (more bool) {
	follows := len(claims)+len(entities) > 0
	for _, p := range problems {
		at := Open{LineInfo: e.SpotOf(p.Pos.Line), Msg: p.Msg, Follows: follows}
		if m := unknown().FindStringSubmatch(p.Msg); m != nil && entities[m[1]] {
			at.Msg = fmt.Sprintf("entity %q is still open itself: mend it first, or in the same step", m[1])
		}
		if !slices.ContainsFunc(s.Open, func(o Open) bool { return o.LineInfo == at.LineInfo && o.Msg == at.Msg }) {
			s.Open = append(s.Open, at)
		}
		switch {
		case at.Claim != "" && !claims[at.Claim]:
			claims[at.Claim], more = true, true
		case at.Entity != "" && !entities[at.Entity]:
			entities[at.Entity], more = true, true
		}
	}
	return more
}

func problemsOf(err error) []strict.Problem {
	if e := (*strict.Error)(nil); errors.As(err, &e) {
		return e.Problems
	}
	return []strict.Problem{{Msg: err.Error()}}
}

// unknown is what Check says of an entity that the file has not.
var unknown = strict.Pattern(`^unknown entity "([^"]+)"`)

// lined are the places in messages and ids that change with the lines above.
var lined = strict.Pattern(`\bline[- ][0-9]+`)

// key is what is open whatever stands above it.
func (o Open) key() string {
	return lined().ReplaceAllString(strings.Join([]string{o.Claim, o.Entity, o.Field, o.Msg}, "\x00"), "line")
}

// More is what is open here and was not before.
func (s *Standing) More(was *Standing) (more []Open) {
	before := map[string]int{}
	for _, o := range was.Open {
		before[o.key()]++
	}
	for _, o := range s.Open {
		if before[o.key()]--; before[o.key()] < 0 {
			more = append(more, o)
		}
	}
	return more
}

// Of is what is open of a claim.
func (s *Standing) Of(claim string) (list []Open) {
	for _, o := range s.Open {
		if claim != "" && o.Claim == claim {
			list = append(list, o)
		}
	}
	return list
}
