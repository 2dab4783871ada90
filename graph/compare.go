package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/compare"
	"kg/graph/internal/figures"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
	"kg/schema"
)

// OneSource is the verdict of a Comparison that is worth no line where all are listed.
const OneSource = string(compare.OneSource)

// Comparison is what is said of one thing in one respect, or what two readings of a text
// have otherwise. Its Verdict is, the most pressing first,
//   - "contradiction": two figures of one thing that cannot both be so, or two sources
//     that name other parties in one role of one event;
//   - "differs from plan": the like, where one side speaks of what was planned or promised;
//   - "denied": what one claim states another denies;
//   - "evolved": what was planned, promised or attempted is ongoing or done later, or a
//     thing changed one way and then another;
//   - "differing precision": one figure lies within the other, or they overlap;
//   - "agreement": several sources say the same;
//   - "one source": of a thing that several sources speak of, one alone says this.
//
// Of two readings it is "read otherwise", or "one reading" for what one alone has: see
// CompareReadings.
type Comparison struct {
	Verdict  string   // see above
	About    quad.IRI // what stands for all that sources join; empty of readings
	Relation quad.IRI // schema.Changes for how a thing changed; empty of readings
	Said     []Edge   // of readings: by the first one, none if it lacks them
	Other    []Edge   // by the second reading, as many, or none if it lacks them
	// Differs is in what readings differ: relation, object, subject, and then speaker,
	// stance, hedge or passage. It is empty where one reading alone has the statements.
	Differs []string
}

// Compared are comparisons, the most pressing first, and the things that several of
// the sources speak of, by IRI.
type Compared struct {
	Sources     int // that were compared
	Comparisons []Comparison
	Shared      []quad.IRI
	Background  []quad.IRI // sources that have claims of background alone, which are not compared
}

// Compare tells how what sources say of the same things agrees: of all sources, or of
// those given; of all things, or of entity and the events that it takes part in.
// What is joined as the same is one thing, and two readings of one text are one source:
// see CompareReadings.
//
// A quantity or a date is compared by its figures: see figures.Interval.Compare. A party in a
// role, such as who was paid, contradicts another only across sources and when they
// have none in common: a source may name one party in each of two claims. Other
// relations may have any number of values, and contradict nothing.
func (v *View) Compare(ctx context.Context, sources []quad.IRI, entity quad.IRI) (*Compared, error) {
	c := &comparing{ctx: ctx, v: v, said: map[[2]quad.IRI][]Edge{}, changed: map[quad.IRI][]Edge{}, by: map[quad.IRI]map[quad.IRI]bool{}, events: map[quad.IRI]bool{}, days: map[quad.IRI]string{}}
	if err := c.gather(sources); err != nil {
		return nil, err
	}
	c.changes()
	only, err := c.only(entity)
	if err != nil {
		return nil, err
	}
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
			if list, err = c.inCourse(list); err != nil {
				return nil, err
			}
			out.Comparisons = append(out.Comparisons, Comparison{About: node, Relation: schema.Changes, Verdict: string(compare.Evolved), Said: list})
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

// pressing is how pressing a comparison is, 0 the most.
func pressing(c Comparison) int { return slices.Index(compare.Verdicts, compare.Verdict(c.Verdict)) }

// comparing is a comparison under way.
type comparing struct {
	ctx     context.Context
	v       *View
	texts   *readings.SharedTexts
	said    map[[2]quad.IRI][]Edge         // by thing and relation
	changed map[quad.IRI][]Edge            // by thing: how it changed, and what it did besides
	by      map[quad.IRI]map[quad.IRI]bool // the sources that speak of a thing
	events  map[quad.IRI]bool              // the things that have a status
	days    map[quad.IRI]string            // on which sources were published
	sources int
	// sources of which nothing is compared, as it is background
	background []quad.IRI
}

// gather reads what the claims of sources state, or deny.
func (c *comparing) gather(sources []quad.IRI) error {
	if len(sources) == 0 {
		for q, err := range c.v.Each(c.ctx, quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}) {
			if err != nil {
				return err
			}
			sources = append(sources, iriOf(q.Subject))
		}
	}
	if _, err := c.v.joins.Classes(c.ctx); err != nil {
		return err
	}
	var err error
	if c.texts, err = c.v.readings.Texts(c.ctx); err != nil {
		return err
	}
	texts := map[quad.IRI]bool{}
	for _, source := range sources {
		claims, err := c.v.SourceClaims(c.ctx, source)
		if err != nil {
			return err
		}
		day, err := c.v.Issued(c.ctx, source)
		if err != nil {
			return err
		}
		c.days[source] = day.Text
		// What everybody can look up is no source's word.
		all := len(claims)
		if claims = slices.DeleteFunc(claims, (*Claim).IsBackground); len(claims) == 0 && all > 0 {
			c.background = append(c.background, source)
		}
		if text := c.texts.Root(source); len(claims) > 0 && !texts[text] {
			texts[text] = true
			c.sources++
		}
		for _, claim := range claims {
			if err := c.state(claim); err != nil {
				return err
			}
		}
	}
	return nil
}

// state takes in what a claim states.
func (c *comparing) state(claim *Claim) error {
	quads, err := c.v.Asserted(c.ctx, claim)
	if err != nil {
		return err
	}
	for _, q := range quads {
		about := iriOf(c.v.joins.Canonical(q.Subject))
		var status []string
		if !claim.Denies() {
			if status, err = c.v.evidence.StatusFor(c.ctx, iriOf(q.Subject), claim, nil); err != nil {
				return err
			}
		}
		key := [2]quad.IRI{about, iriOf(q.Predicate)}
		c.said[key] = append(c.said[key], Edge{Quad: q, Out: true, Claim: claim, Status: strings.Join(status, ", ")})
		c.events[about] = c.events[about] || len(status) > 0
		for _, end := range []quad.Value{q.Subject, q.Object} {
			node := iriOf(c.v.joins.Canonical(end))
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

// changes finds, for each thing that changed, the ways it did, and what it did
// besides.
func (c *comparing) changes() {
	for _, relation := range []quad.IRI{schema.Changes, schema.Actor} {
		for key, list := range c.said {
			if key[1] != relation {
				continue
			}
			for _, s := range list {
				thing := iriOf(c.v.joins.Canonical(s.Quad.Object))
				if relation == schema.Changes || len(c.changed[thing]) > 0 {
					c.changed[thing] = append(c.changed[thing], s)
				}
			}
		}
	}
}

// only are the things to compare for an entity: what is joined with it, and events
// that it has a part in; nil for all.
func (c *comparing) only(entity quad.IRI) (map[quad.IRI]bool, error) {
	if entity == "" {
		return nil, nil
	}
	one, err := c.v.Canonical(c.ctx, entity)
	if err != nil {
		return nil, err
	}
	only := map[quad.IRI]bool{iriOf(one): true}
	for key, list := range c.said {
		if c.events[key[0]] && slices.ContainsFunc(list, func(s Edge) bool { return c.v.joins.Canonical(s.Quad.Object) == one }) {
			only[key[0]] = true
		}
	}
	return only, nil
}

// inTime orders statements by when their sources were published, then by claim.
func (c *comparing) inTime(a, b Edge) int {
	return cmp.Or(cmp.Compare(c.days[a.Claim.Source], c.days[b.Claim.Source]), cmp.Compare(a.Claim.Start, b.Claim.Start),
		cmp.Compare(a.Claim.IRI, b.Claim.IRI), read.CompareTriples(a.Quad, b.Quad))
}

// inCourse orders statements about events as these came: after those that they are
// said to come after, and after those whose dates are before theirs; others as told.
func (c *comparing) inCourse(list []Edge) (ordered []Edge, err error) {
	slices.SortFunc(list, c.inTime)
	spans := make([][]figures.EventDate, len(list))
	for i, s := range list {
		if spans[i], err = c.v.events.Dates(c.ctx, iriOf(s.Quad.Subject)); err != nil {
			return nil, err
		}
	}
	before := func(i, j int) bool { // whether i came before j
		for _, after := range c.said[[2]quad.IRI{iriOf(c.v.joins.Canonical(list[j].Quad.Subject)), schema.After}] {
			if c.v.joins.Canonical(after.Quad.Object) == c.v.joins.Canonical(list[i].Quad.Subject) {
				return true
			}
		}
		if resumed := c.resumed(list[j]); resumed != c.resumed(list[i]) {
			return resumed // it goes on after having stopped
		}
		return len(spans[i])*len(spans[j]) > 0 && spans[i][0].Last != "" && spans[i][0].Last < spans[j][0].First
	}
	for _, i := range compare.Course(len(list), before) {
		ordered = append(ordered, list[i])
	}
	return ordered, nil
}

// resumed reports whether a statement is of a change by which something goes on.
func (c *comparing) resumed(s Edge) bool {
	ways := c.said[[2]quad.IRI{iriOf(c.v.joins.Canonical(s.Quad.Subject)), schema.Direction}]
	return slices.ContainsFunc(ways, func(d Edge) bool { return d.Quad.Object == quad.Value(schema.Resumed) })
}

// ways are how many ways a thing changed, and whether it was active besides.
func (c *comparing) ways(list []Edge) int {
	ways := map[string]bool{}
	for _, s := range list {
		for _, d := range c.said[[2]quad.IRI{iriOf(c.v.joins.Canonical(s.Quad.Subject)), schema.Direction}] {
			ways[Text(d.Quad.Object)] = true
		}
		if s.Quad.Predicate == quad.Value(schema.Actor) {
			ways["active"] = true
		}
	}
	return len(ways)
}
