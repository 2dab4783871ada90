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

// Standing is the part of a claims file that passes the check, and the rest. If the whole
// file passes, nothing is open and Doc equals the result of Read. A file without claims,
// which Read refuses, has nothing open either: every file begins so.
type Standing struct {
	Doc  *document.Checked // the part that passes by itself; nil if the source does not
	Open []Open            // all that is wrong or blank, in the order of the file
	Left []string          // ids of the claims left out of Doc because of mistakes
}

// Open is something that is wrong in a file, or blank, and where.
type Open struct {
	LineInfo
	Msg     string
	Follows bool // a follow-up: wrong only without parts left out because they are open themselves
}

// Stand checks the file against an ontology, and removes claims and entities with
// mistakes until the rest passes. A mistake caused by a removal is open too: an event
// without the one claim that states its status, say. So Open has every mistake that Read
// would report, however many others are corrected first, and correcting one reveals none
// that was not listed.
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

// leave records problems, and the claims and entities to leave out for them; it reports
// whether there are more than before.
func (s *Standing) leave(e *Edited, problems []strict.Problem, claims, entities map[string]bool) (more bool) {
	follows := len(claims)+len(entities) > 0
	for _, p := range problems {
		at := Open{LineInfo: e.LineAt(p.Pos.Line), Msg: p.Msg, Follows: follows}
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

// unknown matches the message of Check for an entity that is not in the file.
var unknown = strict.Pattern(`^unknown entity "([^"]+)"`)

// lined matches line numbers in messages and ids, which change with the lines above.
var lined = strict.Pattern(`\bline[- ][0-9]+`)

// key identifies an open problem independently of the lines above it.
func (o Open) key() string {
	return lined().ReplaceAllString(strings.Join([]string{o.Claim, o.Entity, o.Field, o.Msg}, "\x00"), "line")
}

// More returns the problems that are open in s and were not in was.
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

// Of returns the open problems of a claim.
func (s *Standing) Of(claim string) (list []Open) {
	for _, o := range s.Open {
		if claim != "" && o.Claim == claim {
			list = append(list, o)
		}
	}
	return list
}
