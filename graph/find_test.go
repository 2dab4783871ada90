package graph_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// find is what words find in a graph, and how many there are.
func find(t testing.TB, v *graph.View, words string, o graph.FindOptions) ([]graph.Found, int) {
	t.Helper()
	found, all, err := v.FindAll(context.Background(), words, o)
	if err != nil {
		t.Fatal(err)
	}
	return found, all
}

// shorts are the short forms of what was found.
func shorts(found []graph.Found) (list []string) {
	for _, f := range found {
		list = append(list, base.Short(f.IRI))
	}
	return list
}

// What a journalist types finds what is meant first.
func TestFindOnTheArticle(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, bundled(t)...))
	const source = "kg:source/donga-2008-04-04/"
	for words, want := range map[string]string{
		"korea":              "kg:country/north-korea",
		"N. Korea":           "kg:country/north-korea",
		"DPRK":               "kg:country/north-korea",
		"bank":               "kg:bank/banco-delta-asia",
		"banco delta":        "kg:bank/banco-delta-asia",
		"Darkin":             "kg:person/sergei-darkin",
		"kim":                "kg:person/kim-jong-il",
		"Kim, Jong-il":       "kg:person/kim-jong-il",
		"embasy":             "kg:embassy/nk-embassy",
		"vladivst":           "kg:city/vladivostok",
		"captain":            source + "person/captain",
		"defector 46":        source + "person/defector-46",
		"kickback":           source + "bribe/kickback",
		"snake liquor":       source + "goods/snake-liquor",
		"primorsky governor": "kg:post/governor-of-primorsky",
		"동아":                 "kg:news-media/dong-a-ilbo",
		"sanctions":          source + "asset-freeze/account-freeze",
		"work permits 2008":  source + "permit-quota/permits-2008",
		"45,000":             source + "claim/captain-pays-kickback",
		"printed us":         source + "claim/open-secret", // a note
	} {
		found, _ := find(t, v, words, graph.FindOptions{Texts: true, Limit: 1})
		if got := shorts(found); len(got) != 1 || got[0] != want {
			t.Errorf("%q finds %v first, not %s", words, got, want)
		}
	}
}

// Entities go before terms, these before claims, these before passages; things
// before events, and among equals the one with more edges.
func TestFindOrder(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, herald("first", `
		talks: {kind: Meeting, name: Ferry talks}
		lines: {kind: Company, name: Ferry lines}
		works: {kind: Company, name: Ferry works}
		old: {kind: Company, name: The ferry}
		owners: {kind: Group, name: Ferryowners}
		jetferry: {kind: Vessel, name: Jetferry}
		vessel: {kind: City, name: Vesselburg}
	`, `
		met: {says: The ferry people met., at: §, edges: {talks: {participant: [works, owners], status: done}}}
		ran: {says: It ran., note: That is a ferry., at: §, edges: {works: {trade: ferries}, lines: {located-in: vessel}, jetferry: {located-in: vessel}}}
	`)))
	passage := func(_ context.Context, c *graph.Claim) (string, error) { return "passage of the ferry, " + c.Says, nil }
	for _, c := range []struct {
		words string
		want  string
	}{
		{"ferry", "company/works company/lines source/first/meeting/talks company/old group/owners vessel/jetferry claim/met claim/ran claim/met"},
		{"vessel", "city/vessel vessel/jetferry kgo:Vessel kgo:vessel"},
		{"ferry passage", "claim/met"},
	} {
		found, all := find(t, v, c.words, graph.FindOptions{Texts: true, Passage: passage})
		var got []string
		for _, s := range shorts(found) {
			got = append(got, strings.TrimPrefix(strings.TrimPrefix(s, "kg:"), "source/first/"))
		}
		want := strings.Fields(strings.ReplaceAll(c.want, "source/first/", ""))
		equal(t, c.words, got, want)
		for _, limit := range []int{1, 3} {
			part, count := find(t, v, c.words, graph.FindOptions{Texts: true, Passage: passage, Limit: limit})
			if count != all || !slices.Equal(part, found[:min(limit, all)]) {
				t.Errorf("the first %d for %q are %v, %d, not of %v", limit, c.words, part, count, found)
			}
		}
	}
	if found, _ := find(t, v, "ferry passage", graph.FindOptions{Texts: true, Passage: passage}); found[0].Kind != "Passage" ||
		found[0].Name != "The ferry people met." || !strings.HasPrefix(found[0].Matched, "passage of") || !found[0].OfClaim {
		t.Errorf("got %+v", found)
	}
	for terms, want := range map[bool]int{false: 2, true: 4} {
		if found, _ := find(t, v, "vessel", graph.FindOptions{Terms: terms}); len(found) != want {
			t.Errorf("with terms %v: got %v", terms, shorts(found))
		}
	}
	if found, _ := find(t, v, "ferry", graph.FindOptions{Kind: "Company"}); len(found) != 3 {
		t.Errorf("companies: got %v", shorts(found))
	}
}

// The order of loading does not change what is found, nor do several readers at
// once.
func TestFindLaws(t *testing.T) {
	t.Parallel()
	files := []string{ferry, town, port, crew}
	words := []string{"", "line", "clerk", "herald", "harbour", "blue lime", "company", "kg:source/", "ferries", "the"}
	var want [][]graph.Found
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}} {
		var ordered []string
		for _, i := range order {
			ordered = append(ordered, files[i])
		}
		path := storePath(t)
		for _, file := range ordered {
			load(t, path, graph.LoadOptions{}, file)
		}
		store := open(t, path)
		got := make([][]graph.Found, len(words))
		var readers sync.WaitGroup
		for i, w := range words {
			readers.Add(1)
			go func() {
				defer readers.Done()
				v := store.View(base)
				if i%2 == 0 {
					v = whole(store)
				}
				got[i], _, _ = v.FindAll(context.Background(), w, graph.FindOptions{Texts: true})
			}()
		}
		readers.Wait()
		for i, w := range words {
			if len(got[i]) == 0 || want != nil && !slices.Equal(got[i], want[i]) {
				t.Errorf("%q: got\n%v\nwant\n%v", w, got[i], want)
			}
		}
		want = got
	}
}

// A foreign graph names its things by other relations, or not at all.
func TestFindInForeignGraph(t *testing.T) {
	t.Parallel()
	const at, label = "https://ex.org/", quad.IRI("https://ex.org/g")
	var quads []quad.Quad
	add := func(s string, p quad.IRI, o quad.Value) {
		quads = append(quads, quad.Quad{Subject: quad.IRI(at + s), Predicate: p, Object: o, Label: label})
	}
	add("1", iri("skos:prefLabel"), quad.LangString{Value: "Nordkorea", Lang: "de"})
	add("1", iri("skos:altLabel"), quad.String("КНДР"))
	add("2", "http://xmlns.com/foaf/0.1/name", quad.String("Ada Öhm"))
	add("3", iri("schema:name"), quad.String("Ship one"))
	add("3", schema.Type, quad.IRI(at+"CargoShip"))
	add("CargoShip", schema.SubClassOf, quad.IRI(at+"Vessel"))
	add("4", iri("dcterms:title"), quad.String("Report four"))
	add("5", schema.Type, quad.IRI(at+"Vessel"))
	add("6", "http://schema.org/name", quad.String("Hafen"))
	add("6", schema.Label, quad.String("Haven"))
	add("2", at+"knows", quad.IRI(at+"nobody"))
	add("7", at+"callsign", quad.String("Mayday"))
	store := open(t, storeOf(t, quads))
	store.NameBy(at + "callsign")
	v := whole(store)
	for words, want := range map[string]string{
		"nordkorea": "1 Nordkorea", "кндр": "1 Nordkorea", "ohm ada": "2 Ada Öhm", "ship": "3 Ship one", "cargo": "3 Ship one", "REPORT": "4 Report four",
		"5": "5 https://ex.org/5", "vessel": "5 https://ex.org/5", "hafen": "6 Haven", "nordkoera": "1 Nordkorea", "https://ex.org/nobody": "nobody https://ex.org/nobody", "nobody": "nobody https://ex.org/nobody", "mayday": "7 Mayday",
	} {
		found, _ := find(t, v, words, graph.FindOptions{Texts: true})
		if len(found) == 0 || strings.TrimPrefix(string(found[0].IRI), at)+" "+found[0].Name != want {
			t.Errorf("%q finds %v, not %s", words, found, want)
		}
	}
	if list, all, err := v.OfKind(context.Background(), "Vessel", 0, 9); err != nil || all != 2 || len(list) != 2 {
		t.Errorf("of the kind and below it are %v of %d, %v", list, all, err)
	}
}

// Nothing is found in a graph of nothing, and that is no mistake.
func TestFindInNothing(t *testing.T) {
	t.Parallel()
	v := whole(open(t, storeOf(t, nil)))
	if found, all := find(t, v, "korea", graph.FindOptions{Texts: true}); all != 0 || len(found) != 0 {
		t.Errorf("got %v", found)
	}
	if near, err := v.Nearest(context.Background(), "korea"); err != nil || len(near) != 0 {
		t.Errorf("got %v, %v", near, err)
	}
	var unknown *graph.UnknownError
	if _, err := v.Find(context.Background(), "korea"); !errors.As(err, &unknown) {
		t.Errorf("got %v", err)
	}
}

// What is not called so and is all that is found is taken, and that is told; of
// another kind only what is called so.
func TestFindTakes(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	for _, c := range []struct{ word, kind, want, told string }{
		{"Blue Line", "", "kg:company/blue-line", ""},
		{"shore north", "", "kg:company/north-shore", "North Shore Holding"},
		{"line", "Company", "kg:company/blue-line", "Blue Line"},
		{"ministry", "entity", "kg:government/ministry", ""}, // its id
		{"of transport", "entity", "kg:government/ministry", "Ministry of Transport"},
		{"city", "", "kg:city/harbourtown", "Harbourtown"},
		{"Ann Lee", "Company", "kg:person/ann-lee", ""}, // who is none, as those who asked can tell
		{"ann", "Company", "", ""},
		{"line", "", "", ""},
		{"kg:company/blue", "", "", ""}, // an IRI is whole
		{"Blue Lime", "", "", ""},
		{"located", "", "", ""}, // a term
	} {
		told := ""
		v.Took = func(_ string, f graph.Found) { told = f.Name }
		got, err := v.FindOf(context.Background(), c.word, c.kind)
		want := quad.IRI("")
		if c.want != "" {
			want = iri(c.want)
		}
		if got != want || told != c.told || (err == nil) != (want != "") {
			t.Errorf("%q of kind %q: got %s, told %q, %v", c.word, c.kind, got, told, err)
		}
	}
}

// What is near is proposed: a name two slips away, or what the rarest word finds.
func TestNearest(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	for word, want := range map[string]string{
		"Hardbourtwon": "Harbourtown", "the harbourtown xyz": "Harbourtown", "kg:city/harborton": "kg:city/harbourtown", "xyzzy": "",
	} {
		near, err := v.Nearest(context.Background(), word)
		got := ""
		if len(near) > 0 {
			got = near[0].Name
		}
		if err != nil || got != want {
			t.Errorf("%q: got %v, %v", word, near, err)
		}
	}
}
