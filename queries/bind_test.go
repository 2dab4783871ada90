package queries

import (
	"context"
	"errors"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/schema"
)

func exampleView(t testing.TB) *graph.View {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("../data/testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := data.Read("example.yaml", file, o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	store := graphtest.Store(t, func(s *graph.Store) error {
		_, err := s.Load(context.Background(), o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase})
		return err
	})
	return store.View(schema.DefaultBase)
}

var bound = &Query{Name: "q", Text: "text", Params: []Param{
	{Name: "firm", Type: "Company"}, {Name: "any", Type: "entity"}, {Name: "word", Type: "text"}, {Name: "least", Type: "number"}}}

func TestBind(t *testing.T) {
	t.Parallel()
	v := exampleView(t)
	got, err := bound.Bind(context.Background(), v, []string{"firm=Blue Line", "any=kgo:Company", `word=a=" b`, "least=-2.5"})
	line, company := quad.IRI("https://kg.example/company/blue-line"), quad.IRI("https://kg.example/ontology#Company")
	want := map[string]quad.Value{"firm": line, "any": company, "word": quad.String(`a=" b`), "least": quad.Float(-2.5)}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	byDefault := &Query{Name: "q", Text: "text", Params: []Param{
		{Name: "firm", Type: "Company", Default: "kg:company/blue-line"}, {Name: "word", Type: "text"}}}
	got, err = byDefault.Bind(context.Background(), v, []string{"word=12"})
	if err != nil || !maps.Equal(got, map[string]quad.Value{"word": quad.String("12"), "firm": line}) {
		t.Errorf("with a default: got %v, %v", got, err)
	}
	for arg, want := range map[string]string{
		"firm":                   `query q: expected name=value, found "firm": it takes firm, any, word, least`,
		"frim=x":                 `query q: unknown parameter "frim" (did you mean "firm"?): it takes firm, any, word, least`,
		"firm=Ann Lee":           `query q: parameter firm: kg:person/ann-lee is no Company`,
		"firm=Bleu Lime":         `query q: parameter firm: unknown entity "Bleu Lime" (did you mean "Blue Line"?)`,
		"least=1e3":              `query q: parameter least: a number is written with digits alone, such as 12000 or 2.5, not "1e3"`,
		"least=0x10":             `query q: parameter least: a number is written with digits alone, such as 12000 or 2.5, not "0x10"`,
		"least=1234567890123456": `query q: parameter least: a number has at most 15 digits before the point, and "1234567890123456" has 16`,
		"word=\xff":              `query q: parameter word: "\xff" is not valid UTF-8`,
	} {
		_, err := bound.Bind(context.Background(), v, []string{arg})
		var usage *UsageError
		var unknown *graph.UnknownError
		if err == nil || err.Error() != want || !errors.As(err, &usage) && !errors.As(err, &unknown) {
			t.Errorf("%s: got %v\nwant %s", arg, err, want)
		}
	}
	if _, err := bound.Bind(context.Background(), v, []string{"least=1", "least=1"}); err == nil || !strings.Contains(err.Error(), "given twice") {
		t.Errorf("a parameter given twice: %v", err)
	}
}

func TestScript(t *testing.T) {
	t.Parallel()
	got, err := bound.Script(map[string]quad.Value{"firm": quad.IRI("https://kg.example/company/blue-line"), "word": quad.String(`a=" b`), "least": quad.Int(12)})
	want := `var firm = g.IRI("https://kg.example/company/blue-line");
var any;
var word = str("a=\" b");
var least = 12;
text`
	if err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := bound.Script(map[string]quad.Value{"firm": quad.BNode("b")}); err == nil || !strings.Contains(err.Error(), "query q: parameter firm: ") {
		t.Errorf("a blank node: got %v", err)
	}
}

// No value leaves its literal: the text after it runs as if it were not there,
// and the query sees exactly the value.
func FuzzEncode(f *testing.F) {
	for _, s := range []string{"", "x", `"); g.emit("out`, "\u2028\u2029", "</script>", "*/", "\\", "\\u0022", "<iri>", "_:b", `"x"@en`, "\x00", "'`${1}", "12", "-0.5", "1e9"} {
		f.Add(s)
	}
	v := exampleView(f)
	f.Fuzz(func(t *testing.T, s string) {
		text, err := (Param{Type: "text"}).value(context.Background(), v, s)
		if err != nil {
			return
		}
		q := &Query{Text: "g.emit({a: a, b: b}); if (typeof c !== 'undefined') g.emit({c: c});", Params: []Param{{Name: "a"}, {Name: "b"}, {Name: "c"}}}
		params := map[string]quad.Value{"a": text, "b": quad.IRI(s)}
		if n, err := schema.ParseNumber(s); err == nil {
			params["c"] = n
		}
		js, err := q.Script(params)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]quad.Value{}
		for row, err := range v.Gizmo(context.Background(), js, nil, false).Rows() {
			if err != nil {
				t.Fatalf("%q: %v", js, err)
			}
			for name, value := range row.All() {
				if got[name] != nil {
					t.Errorf("%q emits %s twice", js, name)
				}
				got[name] = value
			}
		}
		if c := params["c"]; c != nil && got["c"] != nil && sameNumber(graph.Text(c), graph.Text(got["c"])) {
			got["c"] = c // JavaScript knows one sort of number
		}
		if !maps.Equal(got, params) {
			t.Errorf("%q: %v came back as %v", js, params, got)
		}
	})
}

func sameNumber(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}
