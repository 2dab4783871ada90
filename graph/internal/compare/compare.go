// Package compare finds how sources agree and contradict each other on the same entities,
// and in what two readings of one text differ. go and readings.go read the graph;
// judge.go decides by rules on plain values, which know no graph. Contradiction is told
// apart from plans, from differences in precision and from change over time.
package compare

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/edges"
	"kg/graph/internal/evidence"
	"kg/graph/internal/figures"
	"kg/graph/internal/joins"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Graph is a graph that is compared.
type Graph struct {
	R        *read.Quads
	Base     schema.Base
	Claims   *claims.Cache
	Joins    *joins.Reader
	Evidence *evidence.Reader
	Events   *figures.Events
	Texts    *readings.Reader
}

// Comparison is the statements of sources about one entity in one respect, or a difference
// between two readings of one text. Its Verdict is one of Verdicts. Of two readings it is
// "read otherwise", or "one reading" for statements that only one has.
type Comparison struct {
	Verdict  string
	About    quad.IRI     // the entity that stands for all that are joined; empty of readings
	Relation quad.IRI     // schema.Changes for how an entity changed; empty of readings
	Said     []edges.Edge // of readings: those of the first, none if it lacks them
	Other    []edges.Edge // those of the second reading, as many, or none if it lacks them
	// Differs lists the fields in which readings differ: relation, object, subject, and then
	// speaker, stance, hedge or passage. It is empty where only one reading has the
	// statements.
	Differs []string
}

// Compared is comparisons, the most pressing first, and the entities that several of the
// sources describe, by IRI.
type Compared struct {
	Sources     int // that were compared
	Comparisons []Comparison
	Shared      []quad.IRI
	Background  []quad.IRI // sources that have claims of background alone, which are not compared
}

// Sources compares the statements of sources, of all if none are given; about all entities,
// or about one and the events that it takes part in. Joined entities are one entity, and
// two readings of one text are one source: see Readings.
//
// Quantities and dates are compared as intervals: see figures.Interval.Compare. A party in a
// role, such as the recipient of a payment, contradicts another one only across sources, and
// only if the two sources have no party in common: a source may name one party in each of
// two claims. Other relations may have any number of values, and contradict nothing.
func (g *Graph) Sources(ctx context.Context, sources []quad.IRI, entity quad.IRI) (*Compared, error) {
	c := &sourceComparison{ctx: ctx, g: g, said: map[[2]quad.IRI][]edges.Edge{}, changed: map[quad.IRI][]edges.Edge{}, by: map[quad.IRI]map[quad.IRI]bool{}, events: map[quad.IRI]bool{}, days: map[quad.IRI]string{}}
	if err := c.gather(sources); err != nil {
		return nil, err
	}
	c.changes()
	only := c.only(entity)
	out := &Compared{Sources: c.sources, Background: c.background}
	for key, list := range c.said {
		if only != nil && !only[key[0]] {
			continue
		}
		judged, err := c.judge(key, list)
		if err != nil {
			return nil, err
		}
		out.Comparisons = append(out.Comparisons, judged...)
	}
	for node, list := range c.changed {
		if c.ways(list) > 1 && (only == nil || only[node]) {
			ordered, err := c.inCourse(list)
			if err != nil {
				return nil, err
			}
			out.Comparisons = append(out.Comparisons, Comparison{About: node, Relation: schema.Changes, Verdict: string(Evolved), Said: ordered})
		}
	}
	for node, by := range c.by {
		if len(by) > 1 && (only == nil || only[node]) {
			out.Shared = append(out.Shared, node)
		}
	}
	slices.Sort(out.Shared)
	slices.SortStableFunc(out.Comparisons, func(a, b Comparison) int {
		return cmp.Or(cmp.Compare(pressing(a), pressing(b)),
			cmp.Compare(a.About, b.About), cmp.Compare(a.Relation, b.Relation))
	})
	return out, nil
}

// pressing returns the rank of a comparison, 0 for the most pressing.
func pressing(c Comparison) int { return slices.Index(Verdicts, Verdict(c.Verdict)) }

// sourceComparison is the state of Sources. An entity is the representative of its joins.
type sourceComparison struct {
	ctx        context.Context
	g          *Graph
	texts      *readings.SharedTexts
	said       map[[2]quad.IRI][]edges.Edge   // by entity and relation
	changed    map[quad.IRI][]edges.Edge      // by entity: its changes, and its other acts
	by         map[quad.IRI]map[quad.IRI]bool // the sources that describe an entity
	events     map[quad.IRI]bool              // the entities that have a status
	days       map[quad.IRI]string            // of publication, by source
	sources    int
	background []quad.IRI // sources with claims of background alone
}

// gather reads the edges that the claims of sources state or deny.
func (c *sourceComparison) gather(sources []quad.IRI) error {
	if len(sources) == 0 {
		for q, err := range c.g.R.Each(c.ctx, quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}) {
			if err != nil {
				return err
			}
			sources = append(sources, read.IRI(q.Subject))
		}
	}
	if _, err := c.g.Joins.Classes(c.ctx); err != nil {
		return err
	}
	var err error
	if c.texts, err = c.g.Texts.Texts(c.ctx); err != nil {
		return err
	}
	texts := map[quad.IRI]bool{}
	for _, source := range sources {
		list, err := c.g.Claims.OfSource(c.ctx, source)
		if err != nil {
			return err
		}
		day, err := c.g.R.Object(c.ctx, source, schema.Issued)
		if err != nil {
			return err
		}
		c.days[source] = term.TextOf(day)
		// Background is common knowledge and no source's statement.
		all := len(list)
		if list = slices.DeleteFunc(list, (*claims.Claim).IsBackground); len(list) == 0 && all > 0 {
			c.background = append(c.background, source)
		}
		if text := c.texts.Root(source); len(list) > 0 && !texts[text] {
			texts[text] = true
			c.sources++
		}
		for _, claim := range list {
			if err := c.state(claim); err != nil {
				return err
			}
		}
	}
	return nil
}

// state records the edges that a claim states or denies, and the entities they have.
func (c *sourceComparison) state(claim *claims.Claim) error {
	quads, err := c.g.Claims.Asserted(c.ctx, claim)
	if err != nil {
		return err
	}
	for _, q := range quads {
		about := read.IRI(c.g.Joins.Canonical(q.Subject))
		var status []string
		if !claim.Denies() {
			if status, err = c.g.Evidence.StatusFor(c.ctx, read.IRI(q.Subject), claim, nil); err != nil {
				return err
			}
		}
		key := [2]quad.IRI{about, read.IRI(q.Predicate)}
		c.said[key] = append(c.said[key], edges.Edge{Quad: q, Out: true, Claim: claim, Status: strings.Join(status, ", ")})
		c.events[about] = c.events[about] || len(status) > 0
		for _, end := range []quad.Value{q.Subject, q.Object} {
			node := read.IRI(c.g.Joins.Canonical(end))
			if node == "" || schema.IRI(node).OfOntology() || schema.IRI(node).Under(claim.IRI) {
				continue
			}
			if c.by[node] == nil {
				c.by[node] = map[quad.IRI]bool{}
			}
			c.by[node][c.texts.Root(claim.Source)] = true
		}
	}
	return nil
}

// changes collects the changes of each entity that changed, and its other acts.
func (c *sourceComparison) changes() {
	for _, relation := range []quad.IRI{schema.Changes, schema.Actor} {
		for key, list := range c.said {
			if key[1] != relation {
				continue
			}
			for _, s := range list {
				thing := read.IRI(c.g.Joins.Canonical(s.Quad.Object))
				if relation == schema.Changes || len(c.changed[thing]) > 0 {
					c.changed[thing] = append(c.changed[thing], s)
				}
			}
		}
	}
}

// only returns the entities to compare for one: the representative of its joins, and the
// events that it takes part in; nil for all.
func (c *sourceComparison) only(entity quad.IRI) map[quad.IRI]bool {
	if entity == "" {
		return nil
	}
	one := c.g.Joins.Canonical(entity)
	only := map[quad.IRI]bool{read.IRI(one): true}
	for key, list := range c.said {
		if c.events[key[0]] && slices.ContainsFunc(list, func(s edges.Edge) bool { return c.g.Joins.Canonical(s.Quad.Object) == one }) {
			only[key[0]] = true
		}
	}
	return only
}

// inTime orders statements by the day of publication, then by claim.
func (c *sourceComparison) inTime(a, b edges.Edge) int {
	return cmp.Or(cmp.Compare(c.days[a.Claim.Source], c.days[b.Claim.Source]), cmp.Compare(a.Claim.Start, b.Claim.Start),
		cmp.Compare(a.Claim.IRI, b.Claim.IRI), read.CompareTriples(a.Quad, b.Quad))
}

// inCourse orders statements by the events they are about: an event stands after those
// that a claim says it follows, and after those with earlier dates. Others stay in the order
// of inTime.
func (c *sourceComparison) inCourse(list []edges.Edge) (ordered []edges.Edge, err error) {
	slices.SortFunc(list, c.inTime)
	spans := make([][]figures.EventDate, len(list))
	for i, s := range list {
		if spans[i], err = c.g.Events.Dates(c.ctx, read.IRI(s.Quad.Subject)); err != nil {
			return nil, err
		}
	}
	before := func(i, j int) bool { // whether i came before j
		for _, after := range c.said[[2]quad.IRI{read.IRI(c.g.Joins.Canonical(list[j].Quad.Subject)), schema.After}] {
			if c.g.Joins.Canonical(after.Quad.Object) == c.g.Joins.Canonical(list[i].Quad.Subject) {
				return true
			}
		}
		if resumed := c.resumed(list[j]); resumed != c.resumed(list[i]) {
			return resumed // a resumption follows the stop
		}
		return len(spans[i])*len(spans[j]) > 0 && spans[i][0].Last != "" && spans[i][0].Last < spans[j][0].First
	}
	for _, i := range Course(len(list), before) {
		ordered = append(ordered, list[i])
	}
	return ordered, nil
}

// resumed reports whether a statement is about a resumption.
func (c *sourceComparison) resumed(s edges.Edge) bool {
	ways := c.said[[2]quad.IRI{read.IRI(c.g.Joins.Canonical(s.Quad.Subject)), schema.Direction}]
	return slices.ContainsFunc(ways, func(d edges.Edge) bool { return d.Quad.Object == quad.Value(schema.Resumed) })
}

// ways counts the directions in which an entity changed, and activity as one more.
func (c *sourceComparison) ways(list []edges.Edge) int {
	ways := map[string]bool{}
	for _, s := range list {
		for _, d := range c.said[[2]quad.IRI{read.IRI(c.g.Joins.Canonical(s.Quad.Subject)), schema.Direction}] {
			ways[term.TextOf(d.Quad.Object)] = true
		}
		if s.Quad.Predicate == quad.Value(schema.Actor) {
			ways["active"] = true
		}
	}
	return len(ways)
}
