package graph_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// atlas is a source of background: the town lies in the north, which lies in the
// land, and the isle in a country that nobody else speaks of.
const atlas = `source: {id: atlas, title: Where places lie, publisher: jane-doe, annotator: jane-doe, date: 2021-01-01, language: en}
entities:
  jane-doe: {kind: Person, name: Jane Doe}
  known: {kind: Group, description: background}
  town: {kind: City, name: Town}
  isle: {kind: Region, name: Isle}
  north: {kind: Region, name: North}
  land: {kind: Country, name: Land}
  sea: {kind: Country, name: Sea}
claims:
  town-in-north: {says: Town lies in the North., speaker: known, see: https://atlas.example/town, edges: {town: {within: north}}}
  north-in-land: {says: The North lies in Land., speaker: known, see: https://atlas.example/north, edges: {north: {within: land}}}
  isle-in-sea: {says: The Isle lies in Sea., speaker: known, see: https://atlas.example/isle, edges: {isle: {within: sea}}}
`

var (
	inTown = herald("in-town", `
		town: {kind: City, name: Town}
		blue-line: {kind: Company, name: Blue Line}
	`, `
		there: {says: It is there., at: §, edges: {blue-line: {located-in: town}}}
	`)
	ofLand = herald("of-land", `
		land: {kind: Country, name: The Land}
		ann-lee: {kind: Person, name: Ann Lee}
	`, `
		hers: {says: She is of it., at: §, edges: {ann-lee: {nationality: land}}}
	`)
	noPlace = strings.ReplaceAll(strings.ReplaceAll(inTown, "town: {kind: City, name: Town}", "other: {kind: City, name: Other}"), "located-in: town", "located-in: other")
	// northPost has the id of a place of background for something else.
	northPost = herald("north-post", `
		north: {kind: Post, name: Head of the North}
		ann-lee: {kind: Person, name: Ann Lee}
	`, `
		hers: {says: She holds it., at: §, edges: {ann-lee: {holds: north}}}
	`)
)

func withBackground(t testing.TB) graph.LoadOptions {
	t.Helper()
	return graph.LoadOptions{Base: base, Background: docs(t, atlas)}
}

// known loads into the store at path, one file after the other, and lists what the
// store then has of background: the claims, and the entities it declares.
func known(t testing.TB, path string, opt graph.LoadOptions, files ...string) (list []string) {
	t.Helper()
	for _, file := range files {
		if _, err := loadAt(context.Background(), path, ontology(), docs(t, file), opt); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range quadsOf(t, open(t, path)) {
		if q.Label == iri("kg:source/atlas") && q.Predicate == schema.Type && q.Subject != iri("kg:source/atlas") {
			list = append(list, schema.IRI(q.Subject.(quad.IRI)).LastPart())
		}
	}
	slices.Sort(list)
	return list
}

// The store has the background that its sources need, and no more.
func TestBackgroundIsWhatSourcesNeed(t *testing.T) {
	t.Parallel()
	opt := withBackground(t)
	for _, test := range []struct {
		name, want string
		files      []string
	}{
		{"nothing named", "", []string{noPlace}},
		{"a town, and where that leads", "known land north north-in-land town-in-north", []string{inTown}},
		{"an end of a chain", "", []string{ofLand}},
		{"a source declares the end under a name of its own", "known north north-in-land town-in-north", []string{inTown, ofLand}},
		{"in another order", "known north north-in-land town-in-north", []string{ofLand, inTown}},
		{"twice", "known north north-in-land town-in-north", []string{inTown, ofLand, inTown, ofLand}},
		{"another thing of that id", "", []string{inTown, northPost}},
		{"another thing of that id, first", "", []string{northPost, inTown}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(known(t, storePath(t), opt, test.files...), " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Neither the order of loading, nor an earlier version of a source or of background,
// nor that it was off for a time leaves a trace.
func TestBackgroundLeavesNoTrace(t *testing.T) {
	t.Parallel()
	opt, off, earlier := withBackground(t), withBackground(t), withBackground(t)
	off.NoBackground = true
	earlier.Background = docs(t, strings.Replace(atlas, "says: Town lies", "says: The town lies", 1))
	replacing := opt
	replacing.Replace = true
	load := func(path string, opt graph.LoadOptions, files ...string) {
		t.Helper()
		if _, err := loadAt(context.Background(), path, ontology(), docs(t, files...), opt); err != nil {
			t.Fatal(err)
		}
	}
	paths := []string{}
	for _, loads := range [][]func(path string){
		{func(p string) { load(p, opt, inTown, ofLand) }},
		{func(p string) { load(p, opt, ofLand) }, func(p string) { load(p, opt, inTown) }},
		{func(p string) { load(p, off, inTown) }, func(p string) { load(p, opt, ofLand) }},
		{func(p string) { load(p, earlier, inTown, ofLand) }, func(p string) { load(p, opt, inTown) }},
		{func(p string) { load(p, opt, noPlace, ofLand) }, func(p string) { load(p, replacing, inTown) }},
	} {
		path := storePath(t)
		for _, load := range loads {
			load(path)
		}
		paths = append(paths, path)
	}
	want := export(t, open(t, paths[0]))
	for i, path := range paths[1:] {
		if got := export(t, open(t, path)); got != want {
			t.Errorf("way %d gives another graph", i+1)
		}
	}
	if known(t, paths[0], off, inTown) != nil {
		t.Error("background is there when it is off")
	}
	if known(t, paths[1], replacing, noPlace) != nil {
		t.Error("background outlives what needed it")
	}
}

// A load reports what it does to background, without doing it in a dry run; a
// source under the same name is refused.
func TestBackgroundIsReported(t *testing.T) {
	t.Parallel()
	path, opt := storePath(t), withBackground(t)
	for _, dry := range []bool{true, false} {
		opt.DryRun = dry
		report, err := loadAt(context.Background(), path, ontology(), docs(t, inTown), opt)
		if err != nil || len(report) != 2 {
			t.Fatal(report, err)
		}
		l := report[1]
		if l.Source != iri("kg:source/atlas") || l.Claims != 2 || l.Entities != 3 || l.Added == 0 || len(l.Changes) != 3 {
			t.Errorf("reported %+v", l)
		}
	}
	opt.DryRun = false
	_, err := loadAt(context.Background(), path, ontology(), docs(t, strings.Replace(inTown, "id: in-town", "id: atlas", 1)), opt)
	var conflict *graph.ConflictError
	if !errors.As(err, &conflict) || !strings.Contains(err.Error(), "kg itself keeps a source of that name") {
		t.Errorf("got %v", err)
	}
}

// What a source states needs no background, nor does an answer that comes another
// way; what needs it says so.
func TestEvidenceWithoutBackground(t *testing.T) {
	t.Parallel()
	told := herald("told", `
		town: {kind: City, name: Town}
		north: {kind: Region, name: North}
	`, `
		north: {says: Town is up north., at: §, edges: {town: {within: north}}}
	`)
	store, err := scratchOf(context.Background(), ontology(), docs(t, told, ofLand), withBackground(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { checkWhole(t, store); store.Close() })
	quads := quadsOf(t, store)
	within := "https://schema.org/containedInPlace"
	both := []string{"kg:source/told/claim/north", "kg:source/atlas/claim/town-in-north"}
	stated := edgeOf(t, quads, "kg:city/town", within, both[0])
	as := edgeOf(t, quads, "kg:city/town", within, both[1])
	north := edgeOf(t, quads, "kg:region/north", within, "kg:source/atlas/claim/north-in-land")
	hers := edgeOf(t, quads, "kg:person/ann-lee", "kgo:nationality", "kg:source/of-land/claim/hers")
	for _, test := range []struct {
		said string
		a    *graph.Answer
	}{
		{"The Herald", answer(way(stated, as))},
		{"The Herald; background", answer(way(stated, as, north))},
		{"background", answer(way(north))},
		{"The Herald", answer(way(north), way(hers))},
	} {
		e, err := whole(store).Evidence(context.Background(), test.a)
		if err != nil || e.SaidBy() != test.said {
			t.Errorf("said by %q, want %q (%v)", e.SaidBy(), test.said, err)
		}
	}
}

func way(quads ...quad.Quad) []quad.Quad { return quads }
