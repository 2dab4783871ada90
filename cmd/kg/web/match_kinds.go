package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// narrowToKind fills in the kinds to filter by, and returns the pairs of the chosen kind.
func (a *asked) narrowToKind(r *http.Request, p *matchPage, all []graph.Likeness) ([]graph.Likeness, error) {
	k := kindred{a, map[[2]string]bool{}}
	kinds := map[string]bool{}
	if p.Kind == "entity" { // any, as everywhere
		p.Kind = ""
	}
	if p.Kind != "" {
		if err := a.KnowsKind(a.ctx, p.Kind); err != nil {
			return nil, err
		}
		kinds[p.Kind] = true // what is chosen can be given up
	}
	for _, l := range all {
		kinds[l.Kinds[0]], kinds[l.Kinds[1]] = true, true
	}
	of := all
	for kind := range kinds {
		list, err := k.narrow(all, kind)
		if err != nil {
			return nil, err
		}
		if kind == p.Kind {
			of = list
		}
		if len(list) > 0 && kind != "" || kind == p.Kind {
			p.Kinds = append(p.Kinds, kindToChoose(r, kind, len(list), kind == p.Kind))
		}
	}
	slices.SortFunc(p.Kinds, func(x, y facetValue) int { return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Text, y.Text)) })
	return of, nil
}

func kindToChoose(r *http.Request, kind string, n int, chosen bool) facetValue {
	values := maps.Clone(r.URL.Query())
	values.Del(pageParam)
	values.Set(kindParam, kind)
	if chosen {
		values.Del(kindParam)
	}
	return facetValue{Text: kind, N: n, Chosen: chosen, Href: strings.TrimSuffix(matchPath+"?"+address(values), "?")}
}

// kindred selects the pairs of a kind, as kg match --kind does: both entities are of the
// kind, or of one below it. It caches the kinds.
type kindred struct {
	a     *asked
	known map[[2]string]bool // by a kind and one that may be above it
}

func (k kindred) narrow(all []graph.Likeness, kind string) (list []graph.Likeness, err error) {
	for _, l := range all {
		one, err1 := k.is(l.A, l.Kinds[0], kind)
		other, err2 := k.is(l.B, l.Kinds[1], kind)
		if err := cmp.Or(err1, err2); err != nil {
			return nil, err
		}
		if one && other {
			list = append(list, l)
		}
	}
	return list, nil
}

func (k kindred) is(node quad.IRI, own, kind string) (bool, error) {
	key := [2]string{own, kind}
	is, known := k.known[key]
	if known || own == kind {
		return is || own == kind, nil
	}
	is, err := k.a.IsA(k.a.ctx, node, kind)
	k.known[key] = is
	return is, err
}
