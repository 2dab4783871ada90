package cayleyui

import (
	"cmp"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// shapeOf is the shape of a query as a graph: nodes for the results, and links for the
// quads that must be between them. The format is that of Cayley's v1 API, with members
// added (what and below), which that API did not have.
type shapeOf struct {
	Nodes []*shapeNode `json:"nodes"`
	Links []shapeLink  `json:"links"`

	seen  seen
	seeds map[shape.Shape]*shapeNode // of recursions: the nodes they start at
	stop  func()                     // ends the query
}

type shapeNode struct {
	ID         int      `json:"id"`
	Tags       []string `json:"tags,omitempty"`
	Values     []string `json:"values,omitempty"` // one of these
	IsLinkNode bool     `json:"is_link_node"`     // it stands for a quad
	IsFixed    bool     `json:"is_fixed"`         // Values are known
	What       []string `json:"what,omitempty"`   // each once, a filter
	AnyOf      []int    `json:"any_of,omitempty"` // nodes: it is one of them
	NoneOf     []int    `json:"none_of,omitempty"`
	Perhaps    []int    `json:"perhaps,omitempty"` // nodes whose tags are set if it is one of them
	Skip       int64    `json:"skip,omitempty"`
	Limit      int64    `json:"limit,omitempty"`
}

// shapeLink is a quad: its parts are nodes, 0 where it may be any.
type shapeLink struct {
	Source   int `json:"source,omitempty"`
	Target   int `json:"target,omitempty"`
	Type     int `json:"type,omitempty"` // its predicate
	Label    int `json:"label,omitempty"`
	LinkNode int `json:"link_node"`
}

func (h *Handler) shape(w http.ResponseWriter, r *http.Request) error {
	if err := language(r.PathValue("lang")); err != nil {
		return err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuery))
	if err != nil {
		return err
	}
	out, err := h.shapeOfQuery(r.Context(), string(body))
	if err != nil {
		return err
	}
	return answerJSON(w, out)
}

func (s *shapeOf) node() *shapeNode {
	n := &shapeNode{ID: len(s.Nodes) + 1}
	s.Nodes = append(s.Nodes, n)
	return n
}

// of returns the node of a shape: that of the answer, if the shape continues from one.
func (s *shapeOf) of(sh shape.Shape) *shapeNode {
	if f, ok := bare(sh).(shape.Fixed); ok && len(f) == 1 {
		if a, ok := f[0].(answerRef); ok {
			s.seen.goesOn = true
			return s.Nodes[a.node-1]
		}
	}
	if start := s.start(sh); start != nil {
		return start
	}
	n := s.node()
	s.describe(sh, n)
	return n
}

// start returns the node that a recursion starts at, if a shape is its seed.
func (s *shapeOf) start(sh shape.Shape) *shapeNode {
	for seed, start := range s.seeds {
		if seed == bare(sh) {
			return start
		}
	}
	return nil
}

// describe adds to n the conditions of a shape.
func (s *shapeOf) describe(sh shape.Shape, n *shapeNode) {
	switch sh := bare(sh).(type) {
	case nil, shape.Null:
		n.What = append(n.What, "nothing")
	case shape.AllNodes:
	case shape.Fixed:
		s.fixed(sh, n)
	case shape.Lookup:
		n.IsFixed = true
		for _, v := range sh {
			n.Values = append(n.Values, spelled(v))
		}
	case shape.Save:
		s.describe(sh.From, n)
		for _, tag := range shown(sh.Tags) {
			n.Tags = append(n.Tags, tag)
			s.seen.tags[tag] = true
		}
	case shape.FixedTags:
		s.describe(sh.On, n)
		for tag, ref := range sh.Tags {
			n.What = append(n.What, "tag "+tag+" is "+value(ref))
		}
		slices.Sort(n.What)
	case shape.Intersect:
		for _, part := range sh {
			s.describe(part, n)
		}
	case shape.Union:
		for _, part := range sh {
			n.AnyOf = append(n.AnyOf, s.of(part).ID)
		}
	case shape.Except:
		if sh.From != nil {
			s.describe(sh.From, n)
		}
		n.NoneOf = append(n.NoneOf, s.of(sh.Exclude).ID)
	case shape.NodesFrom:
		s.quads(sh.Dir, sh.Quads, n)
	case shape.QuadsAction:
		s.quads(sh.Result, sh.Simplify().(shape.NodesFrom).Quads, n)
	default:
		s.step(sh, n)
	}
}

func (s *shapeOf) fixed(refs shape.Fixed, n *shapeNode) {
	for _, ref := range refs {
		if a, ok := ref.(answerRef); ok {
			s.seen.goesOn = true
			n.AnyOf = append(n.AnyOf, a.node)
			continue
		}
		n.Values = append(n.Values, value(ref))
	}
	n.IsFixed = len(n.Values) > 0
}

// quads adds a link for the quads whose part in direction d is n.
func (s *shapeOf) quads(d quad.Direction, sh shape.Shape, n *shapeNode) {
	link := s.node()
	link.IsLinkNode = true
	ends := map[quad.Direction]int{d: n.ID}
	s.conditions(sh, link, d, n, ends)
	s.Links = append(s.Links, shapeLink{ends[quad.Subject], ends[quad.Object], ends[quad.Predicate], ends[quad.Label], link.ID})
}

func (s *shapeOf) conditions(sh shape.Shape, link *shapeNode, d quad.Direction, n *shapeNode, ends map[quad.Direction]int) {
	switch sh := bare(sh).(type) {
	case shape.Save:
		link.Tags = append(link.Tags, shown(sh.Tags)...)
		s.conditions(sh.From, link, d, n, ends)
	case shape.Quads:
		// Cayley keeps some conditions in maps.
		inOrder := slices.SortedStableFunc(slices.Values(sh), func(a, b shape.QuadFilter) int { return cmp.Compare(a.Dir, b.Dir) })
		for _, f := range inOrder {
			if f.Dir == d {
				s.describe(f.Values, n)
				continue
			}
			end := s.of(f.Values)
			if old := ends[f.Dir]; old != 0 { // both are asked of one part
				end.What = append(end.What, "the same as node "+strconv.Itoa(old))
			}
			ends[f.Dir] = end.ID
		}
	default:
		s.describe(sh, link)
	}
}

// step describes a step that has no drawing of its own.
func (s *shapeOf) step(sh shape.Shape, n *shapeNode) {
	if start := s.start(sh); start != nil {
		n.AnyOf = append(n.AnyOf, start.ID)
		return
	}
	switch sh := sh.(type) {
	case shape.Filter:
		s.describe(sh.From, n)
		for _, f := range sh.Filters {
			n.What = append(n.What, filter(f))
		}
	case shape.Page:
		s.describe(sh.From, n)
		n.Skip, n.Limit = sh.Skip, sh.Limit
	case shape.Unique:
		s.describe(sh.From, n)
		n.What = append(n.What, "each once")
	case shape.Sort:
		s.describe(sh.From, n)
		n.What = append(n.What, "in order")
	case shape.Count:
		counted := s.of(sh.Values)
		n.What = append(n.What, "the number of node "+strconv.Itoa(counted.ID))
	case shape.Materialize:
		s.describe(sh.Values, n)
	case interface {
		Parts() (from, with shape.Shape)
	}: // of path.optional
		from, with := sh.Parts()
		s.describe(from, n)
		n.Perhaps = append(n.Perhaps, s.of(with).ID)
	case interface {
		Parts() (from, seed, step shape.Shape, depths []string) // of path.followRecursive
	}:
		from, seed, step, depths := sh.Parts()
		s.recursion(from, seed, step, depths, n)
	default:
		n.AnyOf = append(n.AnyOf, s.foreign(sh)...)
	}
}

// recursion describes n as the result of one step from the start nodes, or from n itself.
func (s *shapeOf) recursion(from, seed, step shape.Shape, depths []string, n *shapeNode) {
	if s.seeds == nil {
		s.seeds = map[shape.Shape]*shapeNode{}
	}
	s.seeds[seed] = s.of(from)
	n.AnyOf = append(n.AnyOf, s.of(step).ID)
	n.What = append(n.What, "again and again")
	for _, tag := range depths {
		n.Tags = append(n.Tags, tag)
		s.seen.tags[tag] = true
	}
}

func filter(f shape.ValueFilter) string {
	switch f := f.(type) {
	case shape.Comparison:
		return f.Op.String() + " " + spelled(f.Val)
	case shape.Regexp:
		return "matches /" + f.Re.String() + "/"
	case shape.Wildcard:
		return "is like " + f.Pattern
	}
	return "a filter of its own"
}

// shown returns the tags that a script set: ours begin with a zero byte.
func shown(tags []string) []string {
	return slices.DeleteFunc(slices.Clone(tags), func(t string) bool { return strings.HasPrefix(t, "\x00") })
}

// value returns the term of a reference in the syntax of N-Quads.
func value(ref refs.Ref) string {
	if p, ok := ref.(refs.PreFetchedValue); ok {
		return spelled(p.NameOf())
	}
	return "?"
}

func spelled(v quad.Value) string {
	text, err := nquads.AppendTerm(nil, v)
	if err != nil { // a value that no graph has, such as <a b>
		return quad.StringOf(v)
	}
	return string(text)
}
