package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// The naive evaluator: what a shape means, written down without a thought for
// speed. It knows nothing of plans, operators or an Index.

// answer is a row: a node or, of a count, a value; and its tags.
type answer struct {
	id    term.ID
	value quad.Value
	tags  map[string]string
}

type oracle struct {
	*store
	vague bool // which rows there are, or how often, is not determined
	loose bool // which tags rows have is not determined
}

// tooMany is thrown when a query has more rows than a test wants.
type tooMany struct{}

const maxRows = 3000

func with(a answer, tags map[string]string) answer {
	if len(tags) == 0 {
		return a
	}
	all := maps.Clone(a.tags)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, tags)
	a.tags = all
	return a
}

func (o *oracle) rows(s shape.Shape) []answer {
	out := o.eval(s)
	if len(out) > maxRows {
		panic(tooMany{})
	}
	return out
}

func (o *oracle) eval(s shape.Shape) []answer {
	var out []answer
	switch s := s.(type) {
	case nil, shape.Null:
	case shape.Lookup:
		for _, v := range s {
			if id := o.ids[v]; id != 0 {
				out = append(out, answer{id: id})
			}
		}
	case shape.Fixed:
		for _, r := range s {
			switch r := r.(type) {
			case TermRef:
				if r.ID != term.None {
					out = append(out, answer{id: r.ID})
				}
			case refs.PreFetchedValue:
				out = append(out, answer{value: r.NameOf()})
			}
		}
	case shape.AllNodes:
		for _, id := range o.live {
			out = append(out, answer{id: id})
		}
	case shape.NodesFrom:
		for _, q := range o.quads(s.Quads) {
			if id := q.quad.Get(s.Dir); id != 0 {
				out = append(out, answer{id: id, tags: q.tags})
			}
		}
	case shape.QuadsAction:
		return o.eval(s.Simplify())
	case shape.Intersect:
		return o.join(s, nil)
	case shape.IntersectOpt:
		return o.join(s.Sub, s.Opt)
	case shape.Union:
		for _, u := range s {
			out = append(out, o.rows(u)...)
		}
	default:
		return o.wrapped(s)
	}
	return out
}

// wrapped is eval for shapes that do something to the rows of another.
func (o *oracle) wrapped(s shape.Shape) []answer {
	var out []answer
	switch s := s.(type) {
	case shape.Except:
		from := s.From
		if from == nil {
			from = shape.AllNodes{}
		}
		not := byID(o.rows(s.Exclude))
		for _, a := range o.rows(from) {
			if len(not[a.id]) == 0 {
				out = append(out, a)
			}
		}
	case shape.Filter:
		return o.filter(s)
	case shape.Save:
		for _, a := range o.rows(s.From) {
			tags := map[string]string{}
			for _, t := range s.Tags {
				tags[t] = o.name(a)
			}
			out = append(out, with(a, tags))
		}
	case shape.FixedTags:
		tags := map[string]string{}
		for k, r := range s.Tags {
			tags[k] = o.name(o.answer(r))
		}
		for _, a := range o.rows(s.On) {
			out = append(out, with(a, tags))
		}
	case opaque:
		return o.rows(s.Shape)
	case shape.Unique:
		seen := map[term.ID]string{}
		for _, a := range o.rows(s.From) {
			text := fmt.Sprint(a.tags)
			if had, ok := seen[a.id]; ok {
				o.loose = o.loose || had != text
				continue
			}
			seen[a.id] = text
			out = append(out, a)
		}
	case shape.Page:
		return o.page(s)
	case shape.Sort:
		return o.rows(s.From)
	case shape.Materialize:
		return o.rows(s.Values)
	case shape.Count:
		n := len(o.rows(s.Values))
		out = []answer{{value: quad.Int(n), id: o.ids[quad.Int(n)]}}
	default:
		panic(fmt.Sprintf("the oracle does not know %T", s))
	}
	return out
}

func (o *oracle) name(a answer) string {
	if a.value != nil {
		return a.value.String()
	}
	return o.values[a.id].String()
}

func byID(rows []answer) map[term.ID][]answer {
	m := map[term.ID][]answer{}
	for _, a := range rows {
		if a.id != 0 {
			m[a.id] = append(m[a.id], a)
		}
	}
	return m
}

func (o *oracle) join(must, optional []shape.Shape) []answer {
	var out []answer
	if len(must) == 0 && len(optional) > 0 {
		must = []shape.Shape{shape.AllNodes{}}
	}
	for i, s := range must {
		rows := o.rows(s)
		if i == 0 {
			out = rows
			continue
		}
		var next []answer
		for _, a := range out {
			for _, b := range byID(rows)[a.id] {
				next = append(next, with(answer{id: a.id, tags: a.tags}, b.tags))
			}
		}
		if out = next; len(out) > maxRows {
			panic(tooMany{})
		}
	}
	for _, s := range optional {
		have := byID(o.rows(s))
		var next []answer
		for _, a := range out {
			if len(have[a.id]) == 0 {
				next = append(next, a)
			}
			for _, b := range have[a.id] {
				next = append(next, with(a, b.tags))
			}
		}
		out = next
	}
	return out
}

// quadAnswer is what a tag that holds a quad shows.
func quadAnswer(q term.Quad) answer { return answer{value: quad.String(fmt.Sprint(q))} }

// tagged is a quad with what its ends brought along.
type taggedQuad struct {
	quad term.Quad
	tags map[string]string
}

func (o *oracle) quads(s shape.Shape) []taggedQuad {
	var out []taggedQuad
	switch s := s.(type) {
	case nil, shape.Null:
	case shape.Union:
		for _, u := range s {
			out = append(out, o.quads(u)...)
		}
	case shape.Save:
		for _, q := range o.quads(s.From) {
			tags := map[string]string{}
			for _, t := range s.Tags {
				tags[t] = o.name(quadAnswer(q.quad))
			}
			out = append(out, taggedQuad{q.quad, with(answer{tags: q.tags}, tags).tags})
		}
	case shape.Quads:
		for _, q := range o.orders[0] {
			out = append(out, taggedQuad{quad: q})
		}
		for _, f := range s {
			have := byID(o.rows(f.Values))
			var next []taggedQuad
			for _, q := range out {
				for _, a := range have[q.quad.Get(f.Dir)] {
					next = append(next, taggedQuad{q.quad, with(answer{tags: q.tags}, a.tags).tags})
				}
			}
			if out = next; len(out) > maxRows {
				panic(tooMany{})
			}
		}
	default:
		panic(fmt.Sprintf("the oracle does not know the quads %T", s))
	}
	return out
}

func (o *oracle) filter(s shape.Filter) []answer {
	out := o.rows(s.From)
	for _, f := range s.Filters {
		var test func(quad.Value) bool
		switch f := f.(type) {
		case shape.Comparison:
			test = func(v quad.Value) bool { return compares(v, f.Op, f.Val) }
		case shape.Wildcard:
			test = func(v quad.Value) bool {
				// with Cayley, % takes numbers too
				return strings.Trim(f.Pattern, "%") == "" || isText(v) && wild(text(v), f.Pattern)
			}
		case shape.Regexp:
			test = func(v quad.Value) bool {
				_, iri := v.(quad.IRI)
				return isText(v) && (f.Refs || !iri) && f.Re.MatchString(text(v))
			}
		case Follow:
			out = o.follow(out, f)
			continue
		}
		out = slices.DeleteFunc(slices.Clone(out), func(a answer) bool { return !test(o.values[a.id]) })
	}
	return out
}

func isText(v quad.Value) bool {
	switch v.(type) {
	case quad.String, quad.IRI, quad.BNode, quad.LangString, quad.TypedString:
		return true
	}
	return false
}

// wild matches % with anything and ? with one character.
func wild(s, pattern string) bool {
	switch {
	case pattern == "":
		return s == ""
	case pattern[0] == '%':
		return wild(s, pattern[1:]) || s != "" && wild(s[1:], pattern)
	}
	return s != "" && (pattern[0] == '?' || pattern[0] == s[0]) && wild(s[1:], pattern[1:])
}

func (o *oracle) page(s shape.Page) []answer {
	rows := o.rows(s.From)
	all := int64(len(rows))
	lo := min(s.Skip, all)
	hi := all
	if s.Limit > 0 {
		hi = min(all, lo+s.Limit)
	}
	if lo > 0 || hi < all {
		o.vague = true
	}
	return rows[lo:hi]
}

func (o *oracle) follow(start []answer, f Follow) []answer {
	starts := byID(start)
	var front []term.ID
	for _, a := range start {
		if !slices.Contains(front, a.id) {
			front = append(front, a.id)
		}
	}
	if len(starts) > 1 && len(start) > len(starts) {
		o.vague = true // how often a node comes depends on the start
	}
	o.loose = o.loose || len(starts) > 1
	var out []answer
	seen := map[term.ID]bool{}
	for depth := 1; len(front) > 0 && (f.MaxDepth <= 0 || depth <= f.MaxDepth); depth++ {
		var fixed shape.Fixed
		for _, id := range front {
			fixed = append(fixed, TermRef{id, o.Numbering()})
		}
		front = nil
		for _, a := range o.rows(f.Via.ShapeFrom(fixed)) {
			if seen[a.id] {
				continue
			}
			seen[a.id] = true
			front = append(front, a.id)
			for _, b := range starts[start[0].id] {
				tags := map[string]string{}
				for _, t := range f.DepthTags {
					tags[t] = quad.Int(depth).String()
				}
				out = append(out, with(with(answer{id: a.id}, tags), b.tags))
			}
		}
	}
	return out
}

// show writes rows as sorted lines, to be compared.
func (o *oracle) show(rows []answer, tags bool) []string {
	out := make([]string, 0, len(rows))
	for _, a := range rows {
		var b strings.Builder
		b.WriteString(o.name(a))
		if tags {
			for _, k := range slices.Sorted(maps.Keys(a.tags)) {
				b.WriteString(" " + k + "=" + a.tags[k])
			}
		}
		out = append(out, b.String())
	}
	slices.Sort(out)
	return out
}
