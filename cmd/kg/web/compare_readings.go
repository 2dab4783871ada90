package web

import (
	"net/http"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// readingsPage is the data of the page of two readings of one text.
type readingsPage struct {
	Readings    [2]term
	Same        int
	Differences []readingLine
	Rest        int // number of differences left out
}

// readingLine is a difference of two readings.
type readingLine struct {
	Verdict, Differs string
	Read             []statementLine
}

func (s *Server) compareReadings(w http.ResponseWriter, r *http.Request, a *asked) error {
	p := &readingsPage{}
	var sources [2]quad.IRI
	for i, name := range []string{"a", "b"} {
		iri, _, err := a.find(r.FormValue(name))
		if err != nil {
			return err
		}
		sources[i] = iri
		if p.Readings[i], err = a.termIn(iri, iri); err != nil {
			return err
		}
	}
	roots := [2]quad.IRI{}
	for i, source := range sources {
		var err error
		if roots[i], err = a.Root(a.ctx, source); err != nil {
			return err
		}
	}
	if sources[0] == sources[1] || roots[0] != roots[1] {
		return refuse(http.StatusBadRequest, "%s and %s are not two readings of one text", a.Base.Short(sources[0]), a.Base.Short(sources[1]))
	}
	same, differences, err := a.CompareReadings(a.ctx, sources[0], sources[1])
	if err != nil {
		return err
	}
	p.Same = same
	shown := differences[:min(len(differences), mostComparisons)]
	p.Rest = len(differences) - len(shown)
	for _, d := range shown {
		line := readingLine{Verdict: d.Verdict, Differs: strings.Join(d.Differs, ", ")}
		for _, has := range [][]graph.Edge{d.Said, d.Other} {
			if len(has) == 0 {
				continue
			}
			one, err := s.readSo(a, has)
			if err != nil {
				return err
			}
			line.Read = append(line.Read, one)
		}
		p.Differences = append(p.Differences, line)
	}
	return s.render(w, r, "readings", "Two readings of one text", p)
}

// readSo describes the statements of a claim of one reading: their edges in words,
// speaker and locator.
func (s *Server) readSo(a *asked, list []graph.Edge) (statementLine, error) {
	line, err := s.statement(a, graph.Comparison{}, list[0])
	if err != nil {
		return line, err
	}
	var edges []string
	for _, has := range list {
		subject, err := a.termIn(has.Quad.Subject, has.Claim.Source)
		if err != nil {
			return line, err
		}
		relation, err := a.reading(iriOf(has.Quad.Predicate), true)
		if err != nil {
			return line, err
		}
		object, err := a.termIn(has.Quad.Object, has.Claim.Source)
		if err != nil {
			return line, err
		}
		edges = append(edges, subject.Text+" "+relation.Text+" "+object.Text)
	}
	line.Value = term{Text: strings.Join(edges, "; ")}
	return line, nil
}
