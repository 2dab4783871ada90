package queries_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/queries"
	"kg/schema"
)

const (
	theList = `source: {id: list, title: The list, publisher: office, annotator: ann, date: 2020-05-04, language: en, characters: 100, sha256: §§}
entities:
  office: {kind: Authority, name: The Office}
  ann: {kind: Person, name: Ann}
  eel: {kind: Company, name: Eel Trading Ltd}
  ray: {kind: Company, name: Ray Ltd}
  listing: {kind: Listing, description: The listing of Eel}
  freeze: {kind: Sanction, description: The freeze of Ray}
claims:
  eel: {says: Eel is listed., at: §, edges: {listing: {listed: eel, listed-by: office, list-name: Annex I, date: 2019-02-03, status: done}}}
  ray: {says: Ray is sanctioned., at: §, edges: {freeze: {target: ray, imposed-by: office, status: ongoing}}}
`
	thePaper = `source: {id: paper, title: A paper, publisher: the-paper, annotator: bob, date: 2020-06-04, language: en, characters: 100, sha256: §§}
entities:
  the-paper: {kind: NewsMedia, name: The Paper}
  bob: {kind: Person, name: Bob}
  eel-trade: {kind: Company, name: Eel Trade}
  ray: {kind: Company, name: Ray Ltd}
  pike: {kind: Company, name: Pike Ltd}
claims:
  firms: {says: They are firms., at: §, edges: {eel-trade: {trade: fish}, pike: {trade: fish}}}
`
)

// Who of a paper a list has: a firm that both call by one id, and one that a person
// decided to be the same; undone, that is nobody for certain, and the pair is what kg
// match shows. Of the other way round, nobody of the list is listed by the paper.
func TestWhoIsListed(t *testing.T) {
	t.Parallel()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	q := set["listed"]
	fill := strings.NewReplacer("§§", strings.Repeat("0", 64), "§", "{paragraph: 1, start: 0, end: 5, sha256: "+strings.Repeat("1", 64)+"}")
	const ray = "Ray Ltd|The freeze of Ray||The Office||The Office|asserts|"
	const eel = "Eel Trading Ltd = Eel Trade|The listing of Eel|Annex I|The Office|2019-02-03|The Office; joined by Dora|asserts|"
	const none = "nobody for certain; kg match --between kg:source/paper,kg:source/list lists who may be one"
	for _, c := range []struct {
		paper   string
		decided bool
		want    []string
	}{
		{thePaper, false, []string{ray}},
		{thePaper, true, []string{eel, ray}},
		{strings.ReplaceAll(thePaper, "ray", "roy"), false, nil},
		{strings.ReplaceAll(thePaper, "ray", "roy"), true, []string{eel}},
	} {
		store := storeWith(t, fill.Replace(theList), fill.Replace(c.paper))
		if c.decided {
			decideSame(t, store, "kg:company/eel", "kg:company/eel-trade")
		}
		v := store.View(schema.DefaultBase)
		got, _ := askedFor(t, q, v, "of=paper", "list=list")
		if !slices.Equal(got, c.want) {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
		if len(c.want) == 0 {
			if e := empty(t, v, q, "of=paper", "list=list"); e.Why != none || len(e.Instead) > 0 {
				t.Errorf("without an answer it says %+v", e)
			}
		}
		if back, _ := askedFor(t, q, v, "of=list", "list=paper"); len(back) > 0 {
			t.Errorf("the paper lists %q", back)
		}
		if all, _ := askedFor(t, q, v); len(all) != 2 {
			t.Errorf("listed are %q", all)
		}
		if e := empty(t, v, q, "list=paper"); strings.Contains(e.Why, "certain") {
			t.Errorf("of no source in particular it says %q", e.Why)
		}
	}
}

func askedFor(t *testing.T, q *queries.Query, v *graph.View, args ...string) (lines []string, res *queries.Result) {
	t.Helper()
	params, err := q.Bind(context.Background(), v, args)
	if err != nil {
		t.Fatal(err)
	}
	if res, err = q.Run(context.Background(), v, params); err != nil {
		t.Fatal(err)
	}
	for _, row := range res.Rows {
		lines = append(lines, strings.Join(row.Texts(), "|"))
	}
	return lines, res
}

func decideSame(t *testing.T, s *graph.Store, a, b string) {
	t.Helper()
	base := schema.Base(schema.DefaultBase)
	var nodes [2]quad.IRI
	for i, short := range []string{a, b} {
		iri, err := base.Expand(short)
		if err != nil {
			t.Fatal(err)
		}
		nodes[i] = iri
	}
	d, err := s.View(base).NewMatch(schema.Same, nodes[0], nodes[1], graph.DecisionOptions{Base: base, Reason: "one firm", By: "Dora"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SetMatches(context.Background(), base, []*schema.Decision{d}, nil, false); err != nil {
		t.Fatal(err)
	}
}

// Two papers' bribe is one row when a person decides so, with both speakers and who
// joined, as if same-as stood in the second.
func TestDecidedEventsAreOneRow(t *testing.T) {
	t.Parallel()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	fill := strings.NewReplacer("§§", strings.Repeat("0", 64), "§", "{paragraph: 1, start: 0, end: 5, sha256: "+strings.Repeat("1", 64)+"}", ", same-as: kg:source/one/bribe/gift", "")
	store := storeWith(t, fill.Replace(firstOfBribe), fill.Replace(secondOfBribe))
	before, _ := askedFor(t, set["bribes"], store.View(schema.DefaultBase))
	decideSame(t, store, "kg:source/two/bribe/present", "kg:source/one/bribe/gift")
	got, res := askedFor(t, set["bribes"], store.View(schema.DefaultBase))
	want := []string{"A gift = A present|The firm|The mayor = A town's mayor|5 EUR|||A raid|One Paper; Two Paper; joined by Dora; joined by Bob|" +
		"One Paper: asserts, done; Two Paper: alleges, planned; payer caught: asserts, done|A town's mayor"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(before) != 2 || len(res.Rows) == 1 && len(res.Rows[0].Evidence.Joins) != 2 {
		t.Errorf("before %q, and then joined by %+v", before, res.Rows)
	}
}

// storeWith has the files of claims loaded.
func storeWith(t *testing.T, files ...string) *graph.Store {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*document.Checked
	for _, file := range files {
		doc, err := data.Read("test.yaml", []byte(file), o, schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return graphtest.Store(t, func(s *graph.Store) error {
		_, err := s.Load(context.Background(), o, docs, graph.LoadOptions{Base: schema.DefaultBase})
		return err
	})
}
