package queries

import (
	"context"
	"strconv"
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

// ClaimColumns are what is said of each claim behind a row.
var ClaimColumns = []string{"witness", "claim", "says", "speaker", "via", "stance", "hedge", "source", "date",
	"paragraph", "start", "end", "passage", "see", "note"}

// ClaimCells are the claims behind a row, beside ClaimColumns: witness by witness,
// numbered if there are several, and then the claims that deny a part of it.
// passage returns the words of a claim's source, or nothing.
func ClaimCells(ctx context.Context, v *graph.View, e *graph.Evidence, passage func(*graph.Claim) (string, error)) ([][]graph.Cell, error) {
	var rows [][]graph.Cell
	add := func(witness string, claims []*graph.Claim) error {
		for _, c := range claims {
			words, err := passage(c)
			if err != nil {
				return err
			}
			cells, err := claimCells(ctx, v, c, witness, words)
			if err != nil {
				return err
			}
			rows = append(rows, cells)
		}
		return nil
	}
	for i, w := range e.Witnesses {
		number := ""
		if len(e.Witnesses) > 1 {
			number = strconv.Itoa(i + 1)
		}
		if err := add(number, w.Claims); err != nil {
			return nil, err
		}
	}
	for _, j := range e.Joins {
		cells, err := joinCells(ctx, v, j)
		if err != nil {
			return nil, err
		}
		rows = append(rows, cells)
	}
	if e.Unasserted { // they are the witness themselves
		return rows, nil
	}
	return rows, add("denial", e.Denials)
}

// joinCells are a join beside ClaimColumns: it is no claim of a source's text.
func joinCells(ctx context.Context, v *graph.View, j graph.Join) ([]graph.Cell, error) {
	cells := make([]graph.Cell, len(ClaimColumns))
	says := v.Base.Short(j.From) + " is the same as " + v.Base.Short(j.Node)
	cells[0] = graph.Cell{Value: quad.String("join"), Text: "join"}
	cells[2] = graph.Cell{Value: quad.String(says), Text: says}
	var err error
	if cells[3], err = v.DescribeFor(ctx, j.Annotator, []quad.IRI{j.Source}); err != nil {
		return nil, err
	}
	cells[7], err = v.DescribeFor(ctx, j.Source, []quad.IRI{j.Source})
	return cells, err
}

func claimCells(ctx context.Context, v *graph.View, c *graph.Claim, witness, passage string) ([]graph.Cell, error) {
	text := func(s string) graph.Cell {
		if s == "" {
			return graph.Cell{}
		}
		return graph.Cell{Value: quad.String(s), Text: s}
	}
	number := func(n int) graph.Cell {
		if c.Paragraph == 0 {
			return graph.Cell{}
		}
		return graph.Cell{Value: quad.Int(n), Text: strconv.Itoa(n)}
	}
	speaker, stance := graph.Cell{}, string(c.Stance)
	var err error
	if c.Speaker != "" {
		if speaker, err = v.Describe(ctx, c.Speaker); err != nil {
			return nil, err
		}
	} else {
		var from []string
		for _, iri := range c.DerivedFrom {
			from = append(from, v.Base.Short(iri))
		}
		stance = "derived from " + strings.Join(from, ", ")
	}
	if c.Retracted != nil {
		stance = "retracted: " + c.Retracted.Because() + "; " + stance
	}
	var via []string
	for _, step := range c.Via {
		cell, err := v.Describe(ctx, step)
		if err != nil {
			return nil, err
		}
		via = append(via, cell.Text)
	}
	source, err := v.Describe(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	date, err := v.Issued(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	spot := number(c.Paragraph)
	if len(c.Columns) > 0 || c.Page > 0 {
		spot = text(c.Spot())
	}
	return []graph.Cell{
		text(witness), {Value: c.IRI, Text: v.Base.Short(c.IRI)}, text(c.Says), speaker, text(strings.Join(via, ", ")), text(stance), text(c.Hedge),
		source, date, spot, number(c.Start), number(c.End), text(passage), text(string(c.See)), text(c.Note),
	}, nil
}
