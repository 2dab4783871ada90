package ftm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
	"kg/schema"
)

func model(t testing.TB) *Model {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewModel(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plainEntity is an entity as the law compares it: values as sets.
type plainEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
	FirstSeen  string              `json:"first_seen,omitempty"`
	Datasets   []string            `json:"datasets,omitempty"`
	Caption    any                 `json:"caption,omitempty"`
}

func (e *plainEntity) String() string {
	for name, values := range e.Properties {
		slices.Sort(values)
		e.Properties[name] = slices.Compact(values)
		if len(values) == 0 {
			delete(e.Properties, name)
		}
	}
	text, _ := json.Marshal(e)
	return string(text)
}

// An entity that comes from FollowTheMoney and goes back is the same, id for id, schema
// by schema, property for property: random entities of all schemata, with values that fit
// and values that do not.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	m := model(t)
	r := rand.New(rand.NewPCG(1, 2))
	var in bytes.Buffer
	want := map[string]string{}
	for i := range testsize.Of(300, 4000) {
		e := random(m, r, i)
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(text, '\n'))
		want[e.ID] = e.String()
	}
	got := map[string]string{}
	for _, e := range trip(t, m, in.Bytes(), Options{Dataset: "made"}) {
		if got[e.ID] != "" {
			t.Errorf("%q comes back twice", e.ID)
		}
		got[e.ID] = e.String()
	}
	wrong := 0
	for id, text := range want {
		if got[id] != text && wrong < 5 {
			wrong++
			t.Errorf("went in:\n%s\ncame out:\n%s", text, got[id])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d entities came out, and %d went in", len(got), len(want))
	}
}

// random is an entity of any schema. Its id says which it is.
func random(m *Model, r *rand.Rand, i int) *plainEntity {
	names := slices.Sorted(maps.Keys(m.schemata))
	s := m.schemata[names[i%len(names)]]
	for s.abstract {
		s = m.schemata[names[r.IntN(len(names))]]
	}
	odd := []string{"", "NK-", "a/b ", "Ж.", "%41", "x#?"}[r.IntN(6)]
	e := &plainEntity{ID: fmt.Sprint(odd, i), Schema: s.Name, Properties: map[string][]string{}, Datasets: []string{"one"}}
	if r.IntN(3) == 0 {
		e.FirstSeen = fmt.Sprintf("2024-01-%02dT00:00:00", 1+r.IntN(3))
	}
	if r.IntN(4) == 0 {
		e.Datasets = []string{"one", "two"}
	}
	if r.IntN(4) == 0 {
		e.Caption = []any{"a \"caption\"", 1.5, true, map[string]any{"x": nil}}[r.IntN(4)]
	}
	for _, name := range slices.Sorted(maps.Keys(s.props)) {
		if r.IntN(3) > 0 {
			continue
		}
		for range 1 + r.IntN(2)*r.IntN(3) {
			e.Properties[name] = append(e.Properties[name], randomValue(s.props[name], r))
		}
	}
	if r.IntN(20) == 0 {
		e.Properties["no/such property"] = []string{"x", "y"}
	}
	return e
}

func randomValue(p *schemaProperty, r *rand.Rand) string {
	odd := []string{"", "x", " \t\n\r\"\\", "김정일", "\x00\x01\x7f\u0085\u2028", "<b>&amp;</b>", "..", "2008/2009", "1,000", "%"}
	if r.IntN(5) == 0 {
		return odd[r.IntN(len(odd))]
	}
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	switch {
	case p.Name == "percentage":
		return pick("50", "50.00", "33.3%", "007", "1e3", "-1", "100%%", "12345678901234567890")
	case p.Name == "relationship":
		return pick("spouse", "parent", "Mother", "brother-in-law", "cousin")
	}
	switch p.Type {
	case "entity":
		return pick("NK-1", "Q7747", "a b", "kg.person.x", "id/with/slashes", "ä")
	case "date":
		return pick("2008", "2008-04", "2008-04-03", "2008-04-03T10:11:12", "2008-41", "2008-02-30", "0000", "9999-12-31", "199X")
	case "country":
		return pick("kp", "ru", "suhh", "gb-sct", "zz", "de", "xk", "KP", "eu", "uk")
	case "number":
		return pick("1", "1.5", "01", "1000000", "2.50", "-7", "1e9")
	case "url":
		return pick("https://example.org/a?b=c#d", "example.org", "https://example.org/ä", "mailto:x@example.org", "https://example.org/%zz")
	}
	return fmt.Sprint(pick("some text", "Ünïcödé", "USD", "EUR"), " ", r.IntN(50))
}

// trip reads entities into a graph in memory, and writes them.
func trip(t *testing.T, m *Model, in []byte, o Options) (list []*plainEntity) {
	t.Helper()
	o.Base, o.Name = schema.DefaultBase, "in"
	quads := quadsOf(t, m.Read(bytes.NewReader(in), o))
	var out bytes.Buffer
	write(t, m, quads, &out)
	for line := range strings.Lines(out.String()) {
		e := &plainEntity{}
		if err := json.Unmarshal([]byte(line), e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		list = append(list, e)
	}
	return list
}

func quadsOf(t *testing.T, r *Reader) []quad.Quad {
	t.Helper()
	quads, _, err := readAll(r, false)
	if err != nil {
		t.Fatal(err)
	}
	return quads
}

// readAll gives the quads of a text and, if it goes on behind them, its mistakes.
func readAll(r *Reader, goOn bool) (quads []quad.Quad, rejects []string, err error) {
	defer r.Close()
	for {
		part, err := r.Next()
		if err == nil {
			err = part(func(q quad.Quad) error {
				quads = append(quads, q)
				return nil
			}, func(text []byte, err error) error {
				if !goOn {
					return err
				}
				rejects = append(rejects, err.Error()+"\n"+string(text))
				return nil
			})
		}
		if err == io.EOF {
			return quads, rejects, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
}

// write writes a graph in memory as entities.
func write(t *testing.T, m *Model, quads []quad.Quad, out io.Writer) *Writer {
	t.Helper()
	return writeBy(t, m.NewWriter, quads, out)
}

// writeBy writes a graph in memory with a writer.
func writeBy(t *testing.T, newWriter func(io.Writer, schema.Base, Graph) *Writer, quads []quad.Quad, out io.Writer) *Writer {
	t.Helper()
	lines := map[string]quad.Quad{}
	for _, q := range quads {
		lines[q.NQuad()] = q
	}
	quads = quads[:0]
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		quads = append(quads, lines[line])
	}
	by := map[quad.Value][]quad.Quad{}
	to := map[quad.Value][]quad.Quad{}
	var subjects []quad.Value
	for _, q := range quads {
		if by[q.Subject] == nil {
			subjects = append(subjects, q.Subject)
		}
		by[q.Subject], to[q.Object] = append(by[q.Subject], q), append(to[q.Object], q)
	}
	w := newWriter(out, schema.DefaultBase, Graph{
		Quads: func(p quad.Quad) (list []quad.Quad, err error) {
			all := by[p.Subject]
			if p.Subject == nil {
				all = to[p.Object]
			}
			for _, q := range all {
				if (p.Predicate == nil || q.Predicate == p.Predicate) && (p.Object == nil || q.Object == p.Object) {
					list = append(list, q)
				}
			}
			return list, nil
		},
		Claim: func(quad.Value) (ClaimInfo, error) { return ClaimInfo{}, nil },
	})
	for _, s := range subjects {
		if err := w.Subject(by[s]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return w
}
