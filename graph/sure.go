package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Sureness says how sure a speaker is of some cells of an answer.
type Sureness struct {
	Speaker Speaker
	Derived bool // the annotator concluded it
	// Retracted are the reasons why what it rests on is retracted: see Claim.Retracted.
	Retracted []string
	Stance    schema.Stance
	Hedges    []string // as printed
	Status    []string // of the events: planned, promised, attempted; done and ongoing, too
	Doubts    []string // approximate, uncertain
	Cells     []string // the columns it holds for; none for an answer without columns
}

// words are what keeps an answer from being a plain fact: that it is retracted, then
// the stance first.
func (s Sureness) words() []string {
	var words []string
	for _, reason := range s.Retracted {
		words = append(words, "retracted ("+reason+")")
	}
	if s.Derived {
		words = append(words, "derived")
	}
	if s.Stance != "" && (!s.Derived || s.Stance != schema.Asserts) {
		words = append(words, string(s.Stance))
	}
	for _, h := range s.Hedges {
		words = append(words, `"`+h+`"`)
	}
	for _, status := range s.Status {
		if !settled(status) {
			words = append(words, status)
		}
	}
	return append(words, s.Doubts...)
}

// settled reports whether a status is that of what is or was so.
func settled(status string) bool {
	return status == schema.IRI(schema.Done).LastPart() || status == schema.IRI(schema.Ongoing).LastPart()
}

// and is what holds for a cell that rests on both.
func (s Sureness) and(other Sureness) Sureness {
	s.Derived, s.Retracted = s.Derived || other.Derived, union(s.Retracted, other.Retracted)
	if slices.Index(schema.Stances, other.Stance) > slices.Index(schema.Stances, s.Stance) {
		s.Stance = other.Stance
	}
	s.Hedges = union(s.Hedges, other.Hedges)
	s.Status, s.Doubts = union(s.Status, other.Status), union(s.Doubts, other.Doubts)
	return s
}

// union is both lists, each text once, sorted.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// Surer reports whether s is to be told rather than other, where either of two
// witnesses suffices.
func (s Sureness) Surer(other Sureness) bool {
	unsettled := func(s Sureness) int { return len(s.words()) }
	if is, otherIs := len(s.Retracted) > 0, len(other.Retracted) > 0; is != otherIs {
		return otherIs
	}
	return cmp.Or(cmp.Compare(slices.Index(schema.Stances, s.Stance), slices.Index(schema.Stances, other.Stance)),
		cmp.Compare(unsettled(s), unsettled(other))) < 0
}

// who identifies a speaker and the way of their words.
func who(c *Claim) string {
	if c.Speaker == "" {
		return "derived " + string(c.Annotator)
	}
	key := ""
	for _, one := range c.heard {
		key += " " + string(one)
	}
	return key
}

// bySpeaker is how sure speakers are, by speaker and column.
type bySpeaker map[string]map[string]Sureness

// note adds what a claim's speaker says of some columns.
func (of bySpeaker) note(c *Claim, columns []string, more Sureness) {
	key := who(c)
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
	v      *View
	a      *Answer
	direct map[quad.IRI]*Claim // of all witnesses
	cells  bySpeaker
	more   []sureOf          // besides, of an answer that counts its ways
	claims map[string]*Claim // one by speaker
}

// sureOf is how sure a speaker is of a column.
type sureOf struct {
	who, column string
	Sureness
}

func newSureness(v *View, a *Answer) *sureness {
	return &sureness{v: v, a: a, direct: map[quad.IRI]*Claim{}, cells: bySpeaker{}, claims: map[string]*Claim{}}
}

// add takes a witness in. Where another one tells of the same cell by the same
// speaker, the surer one holds.
func (s *sureness) add(ctx context.Context, w Witness) error {
	of, cover := bySpeaker{}, covered(s.a, w.Quads)
	for _, q := range w.Quads {
		c := w.direct[iriOf(q.Label)]
		if c == nil || schema.IRI(iriOf(q.Subject)).Under(c.IRI) {
			continue // a figure's parts are as sure as the figure
		}
		if err := s.edge(ctx, of, w, q, c, cover); err != nil {
			return err
		}
	}
	for _, c := range byIRI(w.direct) { // a claim that the answer speaks of
		s.direct[c.IRI] = c
		if first := s.claims[who(c)]; first == nil || c.IRI < first.IRI { // as speakers calls them
			s.claims[who(c)] = c
		}
		own, err := s.of(ctx, c)
		if err != nil {
			return err
		}
		if columns := s.a.columnsOf(c.IRI); len(columns) > 0 || of[who(c)] == nil {
			of.note(c, cmpOr(columns, s.a.allColumns()), own)
		}
	}
	s.merge(of)
	return nil
}

// edge notes what a claim says by one edge: of the cells that the edge bears on,
// with the status of the event whose edge it is, and of what is at its ends.
func (s *sureness) edge(ctx context.Context, of bySpeaker, w Witness, q quad.Quad, c *Claim, cover map[triple][]string) error {
	own, err := s.of(ctx, c)
	if err != nil {
		return err
	}
	if own.Status, err = s.v.statusFor(ctx, iriOf(q.Subject), c, w.direct); err != nil {
		return err
	}
	columns := cover[tripleOf(q)]
	of.note(c, columns, own)
	for _, end := range []quad.Value{q.Subject, q.Object} {
		more := own
		if more.Doubts, err = s.v.doubtsOf(ctx, iriOf(end)); err != nil {
			return err
		}
		if more.Status, err = s.v.statusFor(ctx, iriOf(end), c, w.direct); err != nil {
			return err
		}
		if len(more.Doubts) > 0 || len(more.Status) > 0 && end != q.Subject { // of the subject its edges tell
			of.note(c, bare(s.a.columnsOf(end), columns, cover), more)
		}
	}
	return nil
}

// bare are the columns of a node that an edge bears on, or that none does.
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

func cmpOr(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

// merge keeps the surer of two witnesses' words on a cell, and those of both in
// an answer that rests on both.
func (s *sureness) merge(of bySpeaker) {
	for key, columns := range of {
		if s.cells[key] == nil {
			s.cells[key] = map[string]Sureness{}
		}
		for _, column := range s.a.allColumns() { // what an answer says does not depend on a map's order
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

// of is what a claim says of its own edges. A derived claim is no surer than
// those it follows from.
func (s *sureness) of(ctx context.Context, c *Claim) (Sureness, error) {
	if c.Speaker != "" {
		own := Sureness{Stance: c.Stance, Retracted: c.because()}
		if c.Hedge != "" {
			own.Hedges = []string{c.Hedge}
		}
		return own, nil
	}
	own := Sureness{Derived: true, Stance: schema.Asserts, Retracted: c.because()}
	origins := map[quad.IRI]*Claim{}
	if err := s.v.AddOrigins(ctx, origins, c); err != nil {
		return own, err
	}
	for _, from := range byIRI(origins) {
		if from.Speaker == "" || denies(from) {
			continue // who concludes something from a denial does not deny it
		}
		own = own.and(Sureness{Stance: from.Stance})
		if from.Hedge != "" {
			own.Hedges = union(own.Hedges, []string{from.Hedge})
		}
	}
	return own, nil
}

// list is what was gathered: for each speaker the cells that are alike together,
// in the order of the columns.
func (s *sureness) list(ctx context.Context) ([]Sureness, error) {
	var list []Sureness
	for _, key := range slices.Sorted(maps.Keys(s.cells)) {
		speaker, err := s.v.speaker(ctx, s.claims[key])
		if err != nil {
			return nil, err
		}
		var own []Sureness
		for _, t := range s.told(key) {
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

// told lists what a speaker's words on the columns are, in the order of these.
func (s *sureness) told(key string) (list []sureOf) {
	for _, column := range s.a.allColumns() {
		if now, ok := s.cells[key][column]; ok {
			list = append(list, sureOf{key, column, now})
		}
	}
	for _, t := range s.more {
		if t.who == key {
			list = append(list, t)
		}
	}
	return list
}

// alike reports whether two say the same of different cells.
func (s Sureness) alike(other Sureness) bool {
	return s.Derived == other.Derived && slices.Equal(s.Retracted, other.Retracted) && s.Stance == other.Stance && slices.Equal(s.Hedges, other.Hedges) &&
		slices.Equal(s.Status, other.Status) && slices.Equal(s.Doubts, other.Doubts)
}
