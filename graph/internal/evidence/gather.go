package evidence

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/schema"
)

// speakerKey identifies the speaker of a claim and those who passed the words on.
func (r *Reader) speakerKey(c *claims.Claim) string {
	if c.Speaker == "" {
		return "derived " + string(c.Annotator)
	}
	key := " " + string(r.texts.Hears(c.Speaker))
	for _, via := range c.Via {
		key += " " + string(r.texts.Hears(via))
	}
	return key
}

// bySpeaker is how sure speakers are, by the key of the speaker and column.
type bySpeaker map[string]map[string]Sureness

// note adds how sure a speaker is of some columns.
func (of bySpeaker) note(key string, columns []string, more Sureness) {
	if of[key] == nil {
		of[key] = map[string]Sureness{}
	}
	for _, column := range columns {
		now := more
		if have, ok := of[key][column]; ok {
			now = have.and(more)
		}
		of[key][column] = now
	}
}

// sureness gathers how sure the speakers are of each cell, witness by witness.
type sureness struct {
	r      *Reader
	a      *Answer
	direct map[quad.IRI]*claims.Claim // of all witnesses
	cells  bySpeaker
	more   []sureOf                 // besides cells, of an answer that counts its ways
	claims map[string]*claims.Claim // one by speaker
}

// sureOf is how sure a speaker is of a column.
type sureOf struct {
	speaker, column string
	Sureness
}

func newSureness(r *Reader, a *Answer) *sureness {
	return &sureness{r: r, a: a, direct: map[quad.IRI]*claims.Claim{}, cells: bySpeaker{}, claims: map[string]*claims.Claim{}}
}

// add adds a witness. Where two witnesses have one cell by the same speaker, the surer one
// holds.
func (s *sureness) add(ctx context.Context, w Witness) error {
	of, cover := bySpeaker{}, covered(s.a, w.Quads)
	for _, q := range w.Quads {
		c := w.direct[read.IRI(q.Label)]
		if c == nil || schema.IRI(read.IRI(q.Subject)).Under(c.IRI) {
			continue // a figure's parts are as sure as the figure
		}
		if err := s.edge(ctx, of, w, q, c, cover); err != nil {
			return err
		}
	}
	for _, c := range byIRI(w.direct) { // a claim that the answer speaks of
		s.direct[c.IRI] = c
		key := s.r.speakerKey(c)
		if first := s.claims[key]; first == nil || c.IRI < first.IRI { // as speakers calls them
			s.claims[key] = c
		}
		own, err := s.of(ctx, c)
		if err != nil {
			return err
		}
		if columns := s.a.columnsOf(c.IRI); len(columns) > 0 || of[key] == nil {
			of.note(key, firstOf(columns, s.a.allColumns()), own)
		}
	}
	s.merge(of)
	return nil
}

// edge notes how sure a claim is of one edge: of the cells that the edge bears on, with the
// status of the event whose edge it is, and of the nodes at its ends.
func (s *sureness) edge(ctx context.Context, of bySpeaker, w Witness, q quad.Quad, c *claims.Claim, cover map[triple][]string) error {
	own, err := s.of(ctx, c)
	if err != nil {
		return err
	}
	if own.Status, err = s.r.StatusFor(ctx, read.IRI(q.Subject), c, w.direct); err != nil {
		return err
	}
	columns, key := cover[tripleOf(q)], s.r.speakerKey(c)
	of.note(key, columns, own)
	for _, end := range []quad.Value{q.Subject, q.Object} {
		more := own
		if more.Doubts, err = s.r.doubtsOf(ctx, read.IRI(end)); err != nil {
			return err
		}
		if more.Status, err = s.r.StatusFor(ctx, read.IRI(end), c, w.direct); err != nil {
			return err
		}
		if len(more.Doubts) > 0 || len(more.Status) > 0 && end != q.Subject { // of the subject its edges tell
			of.note(key, bare(s.a.columnsOf(end), columns, cover), more)
		}
	}
	return nil
}

// bare returns the columns of a node that an edge bears on, or no edge does.
func bare(node, edge []string, cover map[triple][]string) []string {
	var list []string
	for _, column := range node {
		borne := false
		for _, columns := range cover {
			borne = borne || slices.Contains(columns, column)
		}
		if !borne || slices.Contains(edge, column) {
			list = append(list, column)
		}
	}
	return list
}

// merge keeps the surer of two witnesses of a cell, and both in an answer that rests on
// both.
func (s *sureness) merge(of bySpeaker) {
	for key, columns := range of {
		if s.cells[key] == nil {
			s.cells[key] = map[string]Sureness{}
		}
		for _, column := range s.a.allColumns() { // the answer does not depend on a map's order
			now, noted := columns[column]
			have, ok := s.cells[key][column]
			switch {
			case !noted:
			case !ok || now.Surer(have) && !s.a.Counted:
				s.cells[key][column] = now
			case s.a.Counted:
				s.more = append(s.more, sureOf{key, column, now})
			}
		}
	}
}

// of returns how sure a claim is of its own edges. A derived claim is no surer than those
// it follows from.
func (s *sureness) of(ctx context.Context, c *claims.Claim) (Sureness, error) {
	if c.Speaker != "" {
		own := Sureness{Stance: c.Stance, Retracted: because(c)}
		if c.Hedge != "" {
			own.Hedges = []string{c.Hedge}
		}
		return own, nil
	}
	own := Sureness{Derived: true, Stance: schema.Asserts, Retracted: because(c)}
	origins := map[quad.IRI]*claims.Claim{}
	if err := s.r.Claims.AddOrigins(ctx, origins, c); err != nil {
		return own, err
	}
	for _, from := range byIRI(origins) {
		if from.Speaker == "" || from.Denies() {
			continue // a conclusion from a denial is no denial
		}
		own = own.and(Sureness{Stance: from.Stance})
		if from.Hedge != "" {
			own.Hedges = union(own.Hedges, []string{from.Hedge})
		}
	}
	return own, nil
}

// list returns the sureness of all witnesses: for each speaker the cells that are alike
// together, in the order of the columns.
func (s *sureness) list(ctx context.Context) ([]Sureness, error) {
	var list []Sureness
	for _, key := range slices.Sorted(maps.Keys(s.cells)) {
		speaker, err := s.r.speaker(ctx, s.claims[key])
		if err != nil {
			return nil, err
		}
		var own []Sureness
		for _, t := range s.byColumn(key) {
			now, column := t.Sureness, t.column
			i := slices.IndexFunc(own, func(other Sureness) bool { return now.alike(other) })
			if i < 0 {
				i = len(own)
				now.Speaker = speaker
				own = append(own, now)
			}
			if column != "" && !slices.Contains(own[i].Cells, column) {
				own[i].Cells = append(own[i].Cells, column)
			}
		}
		for _, one := range own {
			slices.SortFunc(one.Cells, func(a, b string) int {
				return cmp.Compare(slices.Index(s.a.Columns, a), slices.Index(s.a.Columns, b))
			})
		}
		list = append(list, own...)
	}
	slices.SortStableFunc(list, func(a, b Sureness) int { return compareSpeakers(a.Speaker, b.Speaker) })
	return list, nil
}

// byColumn lists how sure a speaker is of each column, in the order of the columns.
func (s *sureness) byColumn(key string) (list []sureOf) {
	for _, column := range s.a.allColumns() {
		if now, ok := s.cells[key][column]; ok {
			list = append(list, sureOf{key, column, now})
		}
	}
	for _, t := range s.more {
		if t.speaker == key {
			list = append(list, t)
		}
	}
	return list
}
