package queries

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Empty is why a question has no answer, in its own words, and what would have
// one in the place of a value that was given.
type Empty struct {
	Why     string // a clause, such as: the path was never run; end it with .all()
	Param   string // the parameter that Instead has values for
	Instead []graph.Cell
}

// neverRun is told of a text that asked nothing.
const neverRun = "the path was never run; end it with .all()"

// Empty says why the text has no answer.
func (text Text) Empty(ctx context.Context, v *graph.View, res *Result) (*Empty, error) {
	if res.Unrun {
		return &Empty{Why: neverRun}, nil
	}
	whole, err := v.WithDenied(ctx)
	if err == nil && whole != nil && !v.ShowsDenied() && hasRow(whole.Gizmo(ctx, string(text), nil, false)) {
		return &Empty{Why: "what is joined in this way is denied, and nobody asserts it"}, nil
	}
	if all := v.WithRetracted(); all != v && hasRow(all.Gizmo(ctx, string(text), nil, false)) {
		return &Empty{Why: "what is joined in this way is retracted" + showsRetracted}, nil
	}
	return &Empty{Why: "nothing in the graph is joined in this way"}, err
}

// showsRetracted is said of what is retracted.
const showsRetracted = "; --include-retracted shows it, marked so"

// hasRow reports whether a query gives a row; one that fails gives none.
func hasRow(asked *graph.Query) bool {
	next, stop := iter.Pull2(asked.Rows())
	defer stop()
	_, err, ok := next()
	return ok && err == nil
}

// Empty says why the question has no answer with the values that Bind returned.
func (q *Query) Empty(ctx context.Context, v *graph.View, params map[string]quad.Value, res *Result) (*Empty, error) {
	if res.Unrun {
		return &Empty{Why: neverRun}, nil
	}
	if by, err := q.deniers(ctx, v, params); err != nil || by != "" {
		return &Empty{Why: "what would answer is denied by " + by + ", and nobody asserts it"}, err
	}
	if because, err := q.retracted(ctx, v, params); err != nil || because != "" {
		return &Empty{Why: "what would answer is retracted" + because + showsRetracted}, err
	}
	if none := q.none(v, params); none != "" {
		return &Empty{Why: none}, nil
	}
	search, stop := context.WithTimeout(ctx, searchTime)
	defer stop()
	var roles []string
	for _, p := range q.Params {
		if params[p.Name] == nil {
			continue
		}
		cell, err := v.Describe(ctx, params[p.Name])
		if err != nil {
			return nil, err
		}
		role := fmt.Sprintf("%s as %q", cell.Text, p.Role())
		roles = append(roles, role)
		if without, ok := q.without(ctx, v, params, p); ok && q.answers(search, v, without) {
			e := &Empty{Why: "no row has " + role, Param: p.Name}
			e.Instead, err = q.instead(search, v, without, p, params[p.Name])
			if search.Err() != nil && ctx.Err() == nil {
				err = nil // what was found in that time is enough
			}
			return e, err
		}
	}
	why := fmt.Sprintf("nothing in the graph answers %q", q.Question)
	if len(roles) > 0 {
		why += ", with " + strings.Join(roles, " and ")
	}
	return &Empty{Why: why}, nil
}

// none is what the question says of having no answer, if it says so of these values:
// each that it names was given.
func (q *Query) none(v *graph.View, params map[string]quad.Value) string {
	given := true
	text := inBraces.ReplaceAllStringFunc(q.None, func(name string) string {
		value := params[strings.Trim(name, "{}")]
		given = given && value != nil
		if iri, ok := value.(quad.IRI); ok {
			return v.Base.Short(iri)
		}
		return graph.Text(value)
	})
	if !given {
		return ""
	}
	return text
}

// deniers are those who deny what would answer, if anything would.
func (q *Query) deniers(ctx context.Context, v *graph.View, params map[string]quad.Value) (string, error) {
	whole, err := v.WithDenied(ctx)
	if whole == nil || v.ShowsDenied() || err != nil {
		return "", err
	}
	row, err := q.ask(params).First(ctx, whole)
	if row == nil || err != nil {
		return "", err
	}
	return row.Evidence.DeniedBy(), nil
}

// retracted says why what would answer is retracted, if anything would.
func (q *Query) retracted(ctx context.Context, v *graph.View, params map[string]quad.Value) (because string, err error) {
	all := v.WithRetracted()
	if all == v {
		return "", nil
	}
	res, err := q.Run(ctx, all, params)
	if err != nil {
		return "", err
	}
	for _, row := range res.Rows {
		for _, c := range row.Evidence.Claims {
			if c.Retracted != nil {
				return ": " + c.Retracted.Because(), nil
			}
		}
	}
	return "", nil
}

// without are the values but that of p, which has its default instead, if it has
// one; ok is false for that default itself.
func (q *Query) without(ctx context.Context, v *graph.View, params map[string]quad.Value, p Param) (without map[string]quad.Value, ok bool) {
	without = map[string]quad.Value{}
	for name, value := range params {
		if name != p.Name {
			without[name] = value
		}
	}
	if p.Default == "" {
		return without, true
	}
	err := q.bind(ctx, v, without, p, p.Default)
	return without, err == nil && without[p.Name] != params[p.Name]
}

// answers reports whether the question has an answer.
func (q *Query) answers(ctx context.Context, v *graph.View, params map[string]quad.Value) bool {
	asked, err := v.Saved(ctx, q.Text, q.globals(params))
	return err == nil && hasRow(asked)
}

// Bounds of the search for what would have an answer.
const (
	mostInstead = 5
	mostTried   = 60
	mostNear    = 100
	searchTime  = 2 * time.Second
)

// instead lists values of p that have an answer: those that are joined to the one
// given, then those that the rows without it are about; events, which people do not
// think of by name, only if there is nothing else.
func (q *Query) instead(ctx context.Context, v *graph.View, without map[string]quad.Value, p Param, value quad.Value) (found []graph.Cell, err error) {
	iri, ok := value.(quad.IRI)
	if !ok {
		return nil, nil // of texts and numbers nothing is near
	}
	near, err := v.Near(ctx, []quad.IRI{iri}, mostNear)
	if err != nil {
		return nil, err
	}
	far, err := v.Near(ctx, q.shown(ctx, v, without), mostNear)
	if err != nil {
		return nil, err
	}
	tried := map[quad.IRI]bool{iri: true}
	for _, events := range []bool{false, true} {
		for _, other := range append(near, far...) {
			if len(found) == mostInstead || len(tried) > mostTried {
				return found, nil
			}
			fits, err := p.proposes(ctx, v, other, events)
			if err != nil {
				return found, err
			}
			if !fits || tried[other] {
				continue
			}
			tried[other] = true
			if without[p.Name] = other; !q.answers(ctx, v, without) {
				continue
			}
			cell, err := v.Describe(ctx, other)
			if err != nil {
				return found, err
			}
			found = append(found, cell)
		}
		if len(found) > 0 {
			break
		}
	}
	return found, nil
}

// proposes reports whether an entity is one to propose as a value: of the kind
// asked for, or else anything that is an event, or that is none.
func (p Param) proposes(ctx context.Context, v *graph.View, entity quad.IRI, events bool) (bool, error) {
	kind := p.Type
	if kind == "entity" {
		kind = "Thing"
	}
	fits, err := v.IsA(ctx, entity, kind)
	if !fits || err != nil || kind != "Thing" {
		return fits, err
	}
	event, err := v.IsA(ctx, entity, "Event")
	return event == events, err
}

// shown are the terms that the first rows of the question show.
func (q *Query) shown(ctx context.Context, v *graph.View, params map[string]quad.Value) (list []quad.IRI) {
	asked, err := v.Saved(ctx, q.Text, q.globals(params))
	if err != nil {
		return nil
	}
	for row, err := range asked.Rows() {
		if err != nil || len(list) >= mostNear {
			break
		}
		for _, column := range q.Columns {
			value, err := row.Value(column)
			if err != nil {
				return list
			}
			if iri, ok := value.(quad.IRI); ok {
				list = append(list, iri)
			}
		}
	}
	return list
}
