package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// matchPath is the address of the list of possible duplicates, and of a pair.
const matchPath = "/match"

// Parameters of the page: the two entities, or one; the source of each; the kind, the
// least score, and whether decided pairs are listed too.
const (
	oneThing, otherThing   = "a", "b"
	oneSource, otherSource = "in", "and"
	kindParam, leastParam  = "kind", "least"
)

// matchPage is the data of the list of pairs.
type matchPage struct {
	Of       term // the thing that all pairs have; empty for any
	OfID     string
	Failed   string
	In, And  string // as typed
	Kind     string
	Least    int
	All      bool
	Narrows  bool
	Sources  []option
	Kinds    []facetValue
	Pairs    []pairLine
	Pager    pager
	Likely   int
	Writable bool
}

// pairLine is a pair with its reasons.
type pairLine struct {
	graph.Likeness
	One, Other term
	Kinds      string
	Href       string // its own page
	Decided    string
}

// match lists pairs, or shows one pair.
func (s *Server) match(w http.ResponseWriter, r *http.Request) error {
	if err := only(r, oneThing, otherThing, oneSource, otherSource, kindParam, leastParam, oneParam, pageParam, limitParam); err != nil {
		return err
	}
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	if r.FormValue(otherThing) != "" {
		return s.pair(w, r, a, "")
	}
	p := &matchPage{In: r.FormValue(oneSource), And: r.FormValue(otherSource), Kind: r.FormValue(kindParam), Least: graph.MatchLeast, All: r.FormValue(oneParam) != ""}
	if p.Sources, err = s.sourceOptions(); err != nil {
		return err
	}
	if err := s.fillMatches(r, a, p); isUsage(err) {
		p.Failed = err.Error()
		return s.renderCode(w, r, http.StatusNotFound, "match", matchTitle, p)
	} else if err != nil {
		return err
	}
	return s.render(w, r, "match", matchTitle, p)
}

const matchTitle = "Possible duplicates"

// sourceOptions returns the sources to choose from, with the text to type for each.
func (s *Server) sourceOptions() (list []option, err error) {
	sources, err := s.allSources()
	for _, c := range sources[:min(len(sources), mostOptions)] {
		list = append(list, option{Value: s.View(true).Base.Short(c.IRI), Text: c.Title})
	}
	return list, err
}

// fillMatches fills in the requested page of pairs.
func (s *Server) fillMatches(r *http.Request, a *asked, p *matchPage) error {
	o, of, err := a.pairOptions(r, p)
	if err != nil {
		return err
	}
	limit, err := s.limit(r, limitParam)
	if err != nil {
		return err
	}
	all, err := s.pairsOf(a, o)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(l graph.Likeness) bool {
		return l.Score < p.Least || of != "" && l.A != of && l.B != of
	})
	if all, err = a.narrowToKind(r, p, all); err != nil {
		return err
	}
	for _, l := range all {
		if l.Score >= graph.MatchLikely && !l.Joined {
			p.Likely++
		}
	}
	if p.Pager, err = partOf(r, len(all), limit); err != nil {
		return err
	}
	for _, l := range all[max(0, p.Pager.From-1):p.Pager.To] {
		line, err := a.pairLine(l)
		if err != nil {
			return err
		}
		p.Pairs = append(p.Pairs, line)
	}
	return nil
}

// pairOptions parses the address: the search, and the entity that all pairs must have.
func (a *asked) pairOptions(r *http.Request, p *matchPage) (o graph.PairOptions, of quad.IRI, err error) {
	o.Decided = p.All
	if word := r.FormValue(leastParam); word != "" {
		if p.Least, err = strconv.Atoi(word); err != nil || p.Least < 1 || p.Least > 100 {
			p.Least = graph.MatchLeast
			return o, "", refuse(http.StatusBadRequest, "%s takes a score of 1 to 100, not %q", leastParam, word)
		}
	}
	o.Least = min(p.Least, graph.MatchLeast)
	p.Narrows = p.In != "" || p.And != "" || p.Kind != "" || p.All || p.Least != graph.MatchLeast
	if p.OfID = r.FormValue(oneThing); p.OfID != "" {
		if of, _, err = a.find(p.OfID); err != nil {
			return o, "", err
		}
		if p.Of, err = a.allNames(of); err != nil {
			return o, "", err
		}
		p.OfID = a.Base.Short(of)
	}
	if (p.In == "") != (p.And == "") {
		return o, of, refuse(http.StatusBadRequest, "a pair has an entity in each of two sources: name two sources, or none")
	}
	for i, word := range []string{p.In, p.And} {
		if word == "" {
			continue
		}
		if o.Between[i], err = a.FindRetractable(a.ctx, word); err != nil {
			return o, of, err
		}
	}
	return o, of, nil
}

func (a *asked) pairLine(l graph.Likeness) (line pairLine, err error) {
	if line.One, err = a.term(l.A); err != nil {
		return line, err
	}
	if line.Other, err = a.term(l.B); err != nil {
		return line, err
	}
	line.Likeness = l
	line.Kinds = kindWords(l.Kinds[0])
	if l.Kinds[1] != l.Kinds[0] {
		line.Kinds += ", " + kindWords(l.Kinds[1])
	}
	if l.Decision != nil {
		line.Decided = string(l.Decision.Verdict) + ": " + l.Decision.Because()
	}
	line.Href = pairHref(a.Base.Short(l.A), a.Base.Short(l.B))
	return line, nil
}

// pairHref returns the address of a pair.
func pairHref(a, b string) string {
	return matchPath + "?" + address(url.Values{oneThing: {a}, otherThing: {b}})
}

// pairsBefore caches the result of the last search, for its pages and kinds.
type pairsBefore struct {
	mu      sync.Mutex
	version string
	options graph.PairOptions
	list    []graph.Likeness
	made    bool
}

// mostPairs is the maximum number of cached pairs.
const mostPairs = 100_000

// pairsOf returns the pairs of the graph. The search belongs to the request, and ends
// with it.
func (s *Server) pairsOf(a *asked, o graph.PairOptions) ([]graph.Likeness, error) {
	b, version := &s.pairs, s.Version()
	b.mu.Lock()
	list, known := b.list, b.made && b.version == version && b.options == o
	b.mu.Unlock()
	if known {
		return list, nil
	}
	list, err := a.Pairs(a.ctx, o)
	if err != nil || len(list) > mostPairs {
		return list, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.version, b.options, b.list, b.made = version, o, list, true
	return list, nil
}

// Decision is a decision on a pair, made on its page.
type Decision struct {
	On      [2]quad.IRI
	Verdict schema.Verdict // empty to take back what is decided
	Because string
}
