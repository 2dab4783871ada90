package queries

import (
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Words are the columns that follow those of every answer of a saved question:
// who says so, how sure they are, and who denies it.
var Words = []string{"said by", "sure", "denied by"}

// named, saidBy and sure are what JSON has in the columns of Words.
type (
	named struct {
		Name string `json:"name"`
		ID   string `json:"@id"`
	}
	saidBy struct {
		named
		Via     []named  `json:"via"`
		Derived bool     `json:"derived,omitempty"`
		From    []saidBy `json:"from,omitempty"`  // what is derived follows from these
		Joins   bool     `json:"joins,omitempty"` // says that two things are the same
	}
	sure struct {
		Speaker string   `json:"speaker"`
		Stance  string   `json:"stance"`
		Hedge   string   `json:"hedge"`
		Status  string   `json:"status"`
		Cells   []string `json:"cells"`
		Derived bool     `json:"derived,omitempty"`
		Doubts  []string `json:"doubts,omitempty"`
		// Retracted are the reasons why what it rests on is retracted.
		Retracted []string `json:"retracted,omitempty"`
	}
)

// WordCells are a row's cells in the columns of Words; none for a row whose
// evidence was not asked for. What cannot be traced is null in JSON.
func (r Row) WordCells() []graph.Cell {
	e := r.Evidence
	if e == nil {
		return nil
	}
	cells := []graph.Cell{{Text: e.SaidBy()}, {Text: e.Sure()}, {Text: e.DeniedBy()}}
	for i, text := range cells {
		if text.Text != "" {
			cells[i].Value = quad.String(text.Text)
		}
	}
	if e.Untraced {
		return cells
	}
	said, sures, denied := []saidBy{}, []sure{}, []named{}
	if !e.Unasserted {
		said = speakers(e.Speakers)
		for _, s := range e.Sureness {
			speaker := s.Speaker
			speaker.Derived = false
			cells := append([]string{}, s.Cells...)
			sures = append(sures, sure{speaker.String(), string(s.Stance), strings.Join(s.Hedges, "; "), strings.Join(s.Status, "; "), cells, s.Derived, s.Doubts, s.Retracted})
		}
	}
	for _, d := range e.Deniers {
		denied = append(denied, named{d.Name, string(d.IRI)})
	}
	cells[0].Data, cells[1].Data, cells[2].Data = said, sures, denied
	return cells
}

func speakers(list []graph.Speaker) []saidBy {
	out := []saidBy{}
	for _, s := range list {
		one := saidBy{named: named{s.Name, string(s.IRI)}, Via: []named{}, Derived: s.Derived, Joins: s.Joins}
		for _, via := range s.Via {
			one.Via = append(one.Via, named{via.Name, string(via.IRI)})
		}
		if s.Derived {
			one.From = speakers(s.From)
		}
		out = append(out, one)
	}
	return out
}
