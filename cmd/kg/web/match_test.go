package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/schema"
)

const shipsFile = `
source: {id: ships, title: A list of ships, publisher: registry, annotator: registry, date: 2020-05-04, language: en}
entities:
  registry: Authority The registry
  morning-star: Vessel Morning Star
  star-2: Vessel MORNING STAR
  sergei-darkin: Person Sergei Darkin
claims:
  - id: first
    see: https://example.org/1
    edges: [morning-star imo "8712362" call-sign "HMAB"]
  - id: second
    see: https://example.org/2
    edges: [star-2 imo "8712362", sergei-darkin commands star-2]
`

const letterFile = `
source: {id: letter, title: A letter, publisher: gazette, annotator: gazette, date: 2020-06-01, language: ru}
entities:
  gazette: NewsMedia The Gazette
  darkin: Person Сергей Дарькин
  pier: Facility The pier
claims:
  - id: seen
    see: https://example.org/3
    edges: [darkin lives-near pier]
`

// The two ships of the list as an address has them, and as IRIs.
const shipsPair = "a=kg:vessel/star-2&b=kg:vessel/morning-star"

// deciding is a server on two files that decides, and its store.
func deciding(t testing.TB, change func(*web.Options)) (*web.Server, *graph.Store) {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*document.Checked
	for name, text := range map[string]string{"ships.yaml": shipsFile, "letter.yaml": letterFile} {
		doc, err := data.Read(name, []byte(text), o, schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	store := graph.Scratch()
	if _, err := store.Load(t.Context(), o, docs, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	opt := options(t, func(denied bool) *graph.View {
		if denied {
			return store.WholeView(schema.DefaultBase)
		}
		return store.View(schema.DefaultBase)
	})
	opt.Version, opt.Token, opt.Author = func() string { return fmt.Sprint(store.Version()) }, token, "Ann Lee"
	opt.Decide = func(ctx context.Context, d web.Decision) error {
		pair := [2]quad.IRI{min(d.On[0], d.On[1]), max(d.On[0], d.On[1])}
		if d.Verdict == "" {
			_, err := store.SetMatches(ctx, schema.DefaultBase, nil, [][2]quad.IRI{pair}, false)
			return err
		}
		one, err := store.WholeView(schema.DefaultBase).NewMatch(d.Verdict, pair[0], pair[1], graph.DecisionOptions{Base: schema.DefaultBase, Reason: d.Because, By: opt.Author})
		if err == nil {
			_, err = store.SetMatches(ctx, schema.DefaultBase, []*schema.Decision{one}, nil, false)
		}
		return err
	}
	if change != nil {
		change(&opt)
	}
	return web.New(opt), store
}

// send sends a form to /match; change may take back or add headers.
func send(s http.Handler, form string, change func(*http.Request)) *http.Response {
	r := httptest.NewRequest("POST", "/match", strings.NewReader(form))
	r.Host, r.RemoteAddr = "127.0.0.1:64210", "127.0.0.1:50000"
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func TestMatchList(t *testing.T) {
	t.Parallel()
	s, _ := deciding(t, nil)
	const ships, darkin = ">Morning Star and MORNING STAR</a>", ">Сергей Дарькин and Sergei Darkin</a>"
	body := get(t, s, "/match", 200)
	has(t, body, "2 pairs, 1 likely", ships, darkin, "<strong>+50</strong> same id: IMO number 8712362", `href="/match?a=kg:vessel/morning-star&amp;b=kg:vessel/star-2"`)
	if strings.Index(body, ships) > strings.Index(body, darkin) {
		t.Error("the best pair is not the first")
	}
	for path, want := range map[string]string{
		"/match?kind=Person":                                "1 pair, 0 likely",
		"/match?kind=Vessel":                                "1 pair, 1 likely",
		"/match?kind=Agent":                                 "1 pair, 0 likely", // what is below a kind counts
		"/match?kind=Thing":                                 "2 pairs, 1 likely",
		"/match?kind=entity":                                "2 pairs, 1 likely",
		"/match?kind=Company":                               "0 pairs",
		"/match?least=90":                                   "1 pair, 1 likely",
		"/match?in=ships&and=letter":                        "1 pair, 0 likely",
		"/match?in=kg:source/letter&and=kg:source/ships":    "1 pair, 0 likely",
		"/match?in=letter&and=letter":                       "0 pairs",
		"/match?a=kg:person/darkin":                         "Possible duplicates of Сергей Дарькин",
		"/match?a=kg:person/sergei-darkin&kind=Vessel":      "0 pairs",
		"/match?limit=1":                                    "Showing 1 to 1 of 2",
		"/match?limit=1&page=2":                             darkin,
		"/":                                                 `href="/match"`,
		"/entity?id=kg:person/darkin":                       `href="/match?a=kg:person/darkin"`,
		"/match?a=kg:vessel/star-2&b=kg:vessel/star-2&in=x": "",
	} {
		if want != "" {
			has(t, get(t, s, path, 200), want)
		}
	}
	for path, status := range map[string]int{
		"/match?least=0": 400, "/match?least=101": 400, "/match?least=x": 400, "/match?in=ships": 400, "/match?in=ships&and=nobody": 404, "/match?kind=Nonsense": 404,
		"/match?a=nobody": 404, "/match?a=star-2&b=kg:vessel/star-2": 400, "/match?a=star-2&b=nobody": 404, "/match?b=star-2": 400, "/match?colour=red": 400,
		"/match?page=0": 400, "/match?limit=-1": 400,
	} {
		get(t, s, path, status)
	}
	if strings.Contains(get(t, s, "/entity?id=kgo:Vessel", 200), "/match?a=") {
		t.Error("a kind is offered as what may be another thing")
	}
}

func TestMatchPair(t *testing.T) {
	t.Parallel()
	s, _ := deciding(t, nil)
	has(t, get(t, s, "/match?"+shipsPair, 200), "Likely: 95 of 100 points", "same id: IMO number 8712362", `<tr class="agree"><th scope="row">imo</th><td>8712362</td><td>8712362</td></tr>`,
		"<td>HMAB</td><td></td>", `href="/claim?id=kg:source/ships/claim/first"`, `href="https://example.org/2"`, "The registry</a> · ", "Nothing yet.", `type="password"`, "Decide as Ann Lee")
	has(t, get(t, s, "/match?a=kg:person/sergei-darkin&b=star-2", 200), "Ruled out", "<strong>rules out</strong> other kind")
}

// A decision is made, told, replaced and taken back; then the graph is what it was.
func TestMatchDecide(t *testing.T) {
	t.Parallel()
	s, store := deciding(t, nil)
	hash := func() string {
		h, err := store.Hash(t.Context(), graph.ExportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	before := hash()
	for _, verdict := range []string{"undecided", "different", "same"} {
		res := send(s, shipsPair+"&verdict="+verdict+"&because=one+%3Cb%3Ehull&token="+token, nil)
		if to := res.Header.Get("Location"); res.StatusCode != 303 || to != "/match?a=kg:vessel/morning-star&b=kg:vessel/star-2" {
			t.Fatalf("%s is answered with %d, %q", verdict, res.StatusCode, to)
		}
		has(t, get(t, s, "/match?"+shipsPair, 200), "<strong>"+strings.ToUpper(verdict[:1])+verdict[1:]+"</strong>: one &lt;b&gt;hull\nBy Ann Lee, ", "Undo the decision")
		listed := strings.Contains(get(t, s, "/match", 200), "Morning Star and")
		if listed != (verdict == "undecided") {
			t.Errorf("decided %s, it is listed: %v", verdict, listed)
		}
		has(t, get(t, s, "/match?all=1", 200), verdict+": &#34;one &lt;b&gt;hull&#34; (Ann Lee, ")
	}
	res := send(s, shipsPair+"&undo=1&verdict=same", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) })
	if res.StatusCode != 303 || hash() != before {
		t.Errorf("taken back with %d, the graph is another one: %v", res.StatusCode, hash() != before)
	}
	has(t, get(t, s, "/match?"+shipsPair, 200), "Nothing yet.")
}

// What may not be decided is refused, and changes nothing.
func TestMatchRefuses(t *testing.T) {
	t.Parallel()
	whole := shipsPair + "&verdict=same&because=x&token=" + token
	from := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	nobody := func(o *web.Options) { o.Author = "" }
	reads := func(o *web.Options) { o.Token, o.Decide = "", nil }
	for name, c := range map[string]struct {
		form   string
		send   func(*http.Request)
		server func(*web.Options)
		status int
		says   string
	}{
		"no token":       {shipsPair + "&verdict=same&because=x", nil, nil, 401, "writing needs the token"},
		"wrong token":    {shipsPair + "&verdict=same&because=x&token=x", nil, nil, 401, "writing needs the token"},
		"other bearer":   {whole, from("Authorization", "Bearer x"), nil, 401, "writing needs the token"},
		"other origin":   {whole, from("Origin", "http://evil.example"), nil, 403, "a page of another site"},
		"other host":     {whole, func(r *http.Request) { r.Host = "evil.example" }, nil, 421, "this server has no name"},
		"cross-site":     {whole, from("Sec-Fetch-Site", "cross-site"), nil, 403, "a page of another site"},
		"read-only":      {whole, nil, reads, 405, "this server only reads"},
		"no author":      {whole, nil, nobody, 409, "--author NAME"},
		"undo, nobody":   {shipsPair + "&undo=1&token=" + token, nil, nobody, 409, "--author NAME"},
		"no reason":      {shipsPair + "&verdict=same&because=+&token=" + token, nil, nil, 409, "say why"},
		"no verdict":     {shipsPair + "&because=x&token=" + token, nil, nil, 409, "choose what they are"},
		"other verdict":  {shipsPair + "&verdict=perhaps&because=x&token=" + token, nil, nil, 409, "choose what they are"},
		"other kinds":    {"a=star-2&b=sergei-darkin&verdict=same&because=kept&token=" + token, nil, nil, 409, "only things of one kind"},
		"one thing":      {"a=star-2&b=star-2&verdict=same&because=x&token=" + token, nil, nil, 400, "are one thing"},
		"unknown":        {"a=star-2&b=nobody&verdict=same&because=x&token=" + token, nil, nil, 404, "unknown entity"},
		"too long":       {whole + "&x=" + strings.Repeat("y", 2<<20), nil, nil, 413, "large"},
		"broken":         {"a=%zz", nil, nil, 400, "cannot be read"},
		"by the address": {"", func(r *http.Request) { r.URL.RawQuery = whole }, nil, 401, "writing needs the token"},
	} {
		t.Run(name, func(t *testing.T) {
			s, store := deciding(t, c.server)
			version := store.Version()
			res := send(s, c.form, c.send)
			body := text(t, res)
			if res.StatusCode != c.status || !strings.Contains(body, c.says) {
				t.Errorf("it is answered with %d, not %d:\n%s", res.StatusCode, c.status, body)
			}
			if strings.Contains(body, token) {
				t.Error("the answer has the token")
			}
			if store.Version() != version {
				t.Error("something was written")
			}
		})
	}
	s, _ := deciding(t, reads)
	body := get(t, s, "/match?"+shipsPair, 200)
	has(t, body, "kg match kg:vessel/morning-star kg:vessel/star-2 --decide same --because TEXT")
	if strings.Contains(body, `method="post"`) {
		t.Error("a server that only reads shows a form")
	}
	s, _ = deciding(t, nobody)
	if body := get(t, s, "/match?"+shipsPair, 200); strings.Contains(body, `method="post"`) || !strings.Contains(body, "A decision needs an author") {
		t.Errorf("without an author the page says:\n%s", body)
	}
}

// A search that takes longer than a request may is told so, and keeps no place.
func TestMatchTime(t *testing.T) {
	t.Parallel()
	s, _ := deciding(t, func(o *web.Options) { o.Limits.Time, o.Limits.Asking = time.Nanosecond, 1 })
	for range 3 {
		has(t, get(t, s, "/match", 503), "longer than 1ns")
		has(t, get(t, s, "/match?"+shipsPair, 503), "longer than 1ns")
	}
}
