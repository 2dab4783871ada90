package cayleyui

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/rdf/nquads"
)

func lines(text string) []string {
	list := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	slices.Sort(list)
	return list
}

func TestRead(t *testing.T) {
	h := newHandler(t, harbour, nil)
	all := ask(h, "GET", "/api/v2/read", "")
	if !slices.Equal(lines(all.Body.String()), lines(harbour)) {
		t.Errorf("all quads are\n%s", all.Body)
	}
	if kind := all.Header().Get("Content-Type"); kind != "application/n-quads" {
		t.Errorf("Content-Type is %q", kind)
	}
	for _, test := range []struct {
		query string
		count int
	}{
		{"sub=" + blueLine, 4},
		{"sub=" + blueLine + "," + northShore, 6},
		{"sub=" + blueLine + "&pred=<https://schema.org/name>", 1},
		{"obj=Blue Line", 1},
		{`obj="Blue Line"`, 1},
		{`obj="North Shore, \"the Shore\""@en,"Blue Line"`, 2},
		{`obj="7"^^<http://www.w3.org/2001/XMLSchema#integer>`, 1},
		{`obj="07"^^<http://www.w3.org/2001/XMLSchema#integer>`, 0},
		{"label=<https://kg.example/source/ferry>", 6},
		{"label=<no:label>", 0},
		{"sub=, ," + blueLine, 4},
	} {
		form := url.Values{}
		for part := range strings.SplitSeq(test.query, "&") {
			name, value, _ := strings.Cut(part, "=")
			form.Set(name, value)
		}
		get := ask(h, "GET", "/api/v2/read?"+form.Encode(), "")
		post := ask(h, "POST", "/api/v2/read", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		if n := strings.Count(get.Body.String(), "\n"); get.Code != http.StatusOK || n != test.count || get.Body.String() != post.Body.String() {
			t.Errorf("%s: status %d, %d quads, by POST\n%s", test.query, get.Code, n, post.Body)
		}
	}
	short := ask(h, "GET", "/api/v2/read?iri=short&sub="+url.QueryEscape(northShore), "").Body.String()
	if !strings.Contains(short, "<kg:company/north-shore> <kgo:located> <kg:city/harbourtown> <kg:source/ferry> .") {
		t.Errorf("with short IRIs\n%s", short)
	}
}

func TestReadFormats(t *testing.T) {
	h := newHandler(t, harbour, nil)
	var listed []jsonQuad
	decode(t, ask(h, "GET", "/api/v2/read?format=json", ""), http.StatusOK, &listed)
	var lined []jsonQuad
	w := ask(h, "GET", "/api/v2/read", "", "Accept", "text/html, application/x-json-stream")
	for d := json.NewDecoder(w.Body); ; {
		var q jsonQuad
		if err := d.Decode(&q); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		lined = append(lined, q)
	}
	var back []string
	for _, q := range listed {
		back = append(back, strings.Join([]string{q.Subject, q.Predicate, q.Object, q.Label, "."}, " "))
	}
	slices.Sort(back)
	if !slices.Equal(back, lines(harbour)) || !slices.Equal(listed, lined) {
		t.Errorf("as JSON\n%s\nas lines\n%v", strings.Join(back, "\n"), lined)
	}
	if none := ask(h, "GET", "/api/v2/read?format=json&sub=nobody", ""); none.Body.String() != "[]\n" {
		t.Errorf("no quads are %q", none.Body)
	}
	var formats []format
	decode(t, ask(h, "GET", "/api/v2/formats", ""), http.StatusOK, &formats)
	if len(formats) != 3 || formats[0].ID != "nquads" || !formats[0].Read || !formats[0].Nodes || formats[1].Read {
		t.Errorf("the formats are %+v", formats)
	}
}

func TestReadRefused(t *testing.T) {
	h := newHandler(t, harbour, nil)
	for path, says := range map[string]string{
		"format=pquads":        "unknown format",
		"iri=none":             "use short or full",
		"sub=%3Cnot+an+iri%3E": "reading sub",
		"obj=%22open":          "no term of N-Quads",
		"obj=%22a%22+.%0A%3Cx:a%3E+%3Cx:b%3E+%22c%22": "no term of N-Quads",
		"obj=%22a%22+%3Cx:label%3E":                   "no term of N-Quads",
		"sub=%zz":                                     "reading the form",
	} {
		var p problem
		decode(t, ask(h, "GET", "/api/v2/read?"+path, ""), http.StatusBadRequest, &p)
		if !strings.Contains(p.Error, says) {
			t.Errorf("%s: %s", path, p.Error)
		}
	}
}

// TestReadBreaksOff: an answer that cannot be finished does not look finished.
func TestReadBreaksOff(t *testing.T) {
	breaks := func(o *Options) {
		view := o.View
		o.View = func(denied bool) *graph.View {
			v := view(denied)
			return graph.NewView(broken{v.Cayley()}, v.Base)
		}
	}
	s := httptest.NewServer(newHandler(t, harbour, breaks))
	defer s.Close()
	if res, err := http.Get(s.URL + "/api/v2/read?format=jsonlines"); err == nil { // or it broke off before its head was sent
		defer res.Body.Close()
		if body, err := io.ReadAll(res.Body); err == nil {
			t.Errorf("the answer ended well: %s", body)
		}
	}
	// Before the first byte there is still time for an error.
	var p problem
	w := ask(newHandler(t, harbour, breaks), "GET", "/api/v2/read", "")
	decode(t, w, http.StatusInternalServerError, &p)
	if strings.Contains(p.Error, "damaged") {
		t.Errorf("the inside is shown: %s", p.Error)
	}
}

// broken fails after two quads.
type broken struct{ cayley.QuadStore }

func (b broken) QuadsAllIterator() iterator.Shape {
	return brokenShape{b.QuadStore.QuadsAllIterator()}
}

type brokenShape struct{ iterator.Shape }

func (s brokenShape) Iterate() iterator.Scanner                         { return &brokenScanner{Scanner: s.Shape.Iterate()} }
func (s brokenShape) Optimize(_ context.Context) (iterator.Shape, bool) { return s, false }

type brokenScanner struct {
	iterator.Scanner
	n int
}

func (s *brokenScanner) Next(ctx context.Context) bool {
	s.n++
	return s.n <= 2 && s.Scanner.Next(ctx)
}
func (s *brokenScanner) Result() refs.Ref { return s.Scanner.Result() }
func (s *brokenScanner) Err() error       { return io.ErrUnexpectedEOF }

// FuzzTerms: a list of terms is read as the terms that it was made of, and
// whatever else is sent is read or refused.
func FuzzTerms(f *testing.F) {
	f.Add("text", `say "a, b"`, "x:a,b", blueLine+","+northShore)
	f.Add("", "\\", "x:>", `"a\",b",c`)
	f.Add(",", "\n", "_:b", `<a,b>,"c`)
	f.Fuzz(func(t *testing.T, a, b, iri, raw string) {
		var list []string
		var want []quad.Value
		for _, v := range []quad.Value{quad.String(a), quad.String(b), quad.IRI(iri)} {
			text, err := nquads.AppendTerm(nil, v)
			if err != nil {
				continue
			}
			if again, err := term(string(text)); err != nil || again != v {
				continue // such as an IRI that the grammar does not take
			}
			list, want = append(list, string(text)), append(want, v)
		}
		if got, err := terms("obj", strings.Join(list, ",")); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is read as %v, %v", list, got, err)
		}
		_, _ = terms("obj", raw)
	})
}
