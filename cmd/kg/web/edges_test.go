package web_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web"
)

// TestEveryEdge: the parts of an entity's page together have each of its edges,
// whatever graph it is of, and what no claim states under its label and nowhere else.
func TestEveryEdge(t *testing.T) {
	t.Parallel()
	view := views(t, exampleFile)
	o := options(t, view)
	o.Limits.Rows = 2
	s := web.New(o)
	for _, id := range []string{"kg:company/blue-line", "kg:person/ann-lee", "kg:city/harbourtown", "kg:news-media/herald"} {
		v := view(true)
		iri, err := v.Find(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		edges, err := v.Edges(t.Context(), iri)
		if err != nil {
			t.Fatal(err)
		}
		claimed, bare, made := 0, 0, 0
		for _, e := range edges {
			switch {
			case e.Claim != nil:
				claimed++
			case !e.Out && strings.HasSuffix(string(e.Relation()), "#speaker"):
				made++
			case strings.HasSuffix(string(e.Relation()), "#type") && e.Out: // in the head
			default:
				bare++
			}
		}
		roles, rows, makes := 0, 0, 0
		next := "/entity?id=" + id
		for parts := 0; next != ""; parts++ {
			if parts > 20 {
				t.Fatalf("the parts of %s have no end", id)
			}
			body := get(t, s, next, 200)
			said, rest, _ := strings.Cut(body, `<h2 id="makes">`)
			if rest == "" {
				said, rest, _ = strings.Cut(body, `<h2 id="unclaimed">`)
			}
			roles += strings.Count(between(said, `<ol class="claims about">`, "</ol>"), "<li>")
			makes += strings.Count(between(rest, `<ol class="claims">`, "</ol>"), `<li class="claim`)
			rows += strings.Count(between(body, `<h2 id="unclaimed">`, "</table>"), `<tr role="row"><td`)
			next = ""
			if m := regexp.MustCompile(`rel="next" href="([^"]*)"`).FindStringSubmatch(body); m != nil {
				next = html.UnescapeString(m[1])
			}
		}
		if got, want := fmt.Sprint(roles, makes, rows), fmt.Sprint(claimed, made, bare); got != want {
			t.Errorf("%s shows %s edges with a claim, claims and edges without one, not %s", id, got, want)
		}
	}
}

func between(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}

// TestRelations: of a relation that is chosen the page has all edges and no others.
func TestRelations(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	const id = "/entity?id=kg:company/blue-line"
	chips := regexp.MustCompile(`<a href="(/entity[^"]*relation=[^"]*)">([^<]*)</a> <span class="kind">(\d+)`).FindAllStringSubmatch(get(t, s, id, 200), -1)
	if len(chips) < 2 {
		t.Fatalf("there are %d relations to choose", len(chips))
	}
	for _, chip := range chips {
		body := get(t, s, html.UnescapeString(chip[1]), 200)
		has(t, body, `aria-current="true">`+chip[2]+"</a>")
		shown := strings.Count(between(body, `<ol class="claims about">`, "</ol>"), "<li>"+chip[2]) + strings.Count(body, `<tr role="row"><td role="cell">`+chip[2]+"<")
		if fmt.Sprint(shown) != chip[3] {
			t.Errorf("%s has %d edges, not %s", chip[2], shown, chip[3])
		}
	}
	get(t, s, id+"&relation=kgo:none", 400)
	get(t, s, id+"&after=nonsense", 400)
}

// TestEventRole: an event's role has the rest of the event on its line.
func TestEventRole(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, articleFile)))
	body := get(t, s, "/entity?id="+string(quad.IRI("kg:source/donga-2008-04-04/person/captain")), 200)
	line := between(body, "<li>is the payer of", "</li>")
	for _, part := range []string{"The captain&#39;s kickback", "amount</span> 45", "recipient</span> ", "The head of the crude oil storage company"} {
		if !strings.Contains(line, part) {
			t.Errorf("the line lacks %q: %s", part, line)
		}
	}
	has(t, body, `<h2 id="unclaimed">Stated without a claim</h2>`)
}
