package graph_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kg/graph"
)

// Two versions of a source: a claim stays, one changes its edges, one its
// speaker, one goes, one comes.
var (
	before = herald("port", `
		blue-line: {kind: Company, name: Blue Line}
		ann-lee: {kind: Person, name: Ann Lee}
	`, `
		alpha: {says: She works there., at: §, edges: {ann-lee: {works-for: blue-line}}}
		beta: {says: It runs ferries., at: §, edges: {blue-line: {trade: ferries}}}
		gamma: {says: She is a member., at: §, edges: {ann-lee: {member-of: blue-line}}}
		delta: {says: She told her age., at: §, edges: {ann-lee: {age: {value: 40, unit: years}}}}
	`)
	after = herald("port", `
		blue-line: {kind: Company, name: Blue Line}
		ann-lee: {kind: Person, name: Ann Lee}
	`, `
		alpha: {says: She works there., at: §, edges: {ann-lee: {works-for: blue-line}}}
		beta: {says: It runs ferries., speaker: ann-lee, at: §, edges: {blue-line: {trade: ferries}}}
		delta: {says: She told her age., at: §, edges: {ann-lee: {age: {value: 41, unit: years}}}}
		epsilon: {says: It is in the port., at: §, edges: {blue-line: {trade: port}}}
	`)
	renamed = herald("port", `
		blue-line: {kind: Company, name: The Blue Line}
		ann-lee: {kind: Person, name: Ann Lee}
	`, `
		alpha: {says: She works there., at: §, edges: {ann-lee: {works-for: blue-line}}}
		beta: {says: It runs ferries., at: §, edges: {blue-line: {trade: ferries}}}
		gamma: {says: She is a member., at: §, edges: {ann-lee: {member-of: blue-line}}}
		delta: {says: She told her age., at: §, edges: {ann-lee: {age: {value: 40, unit: years}}}}
	`)
)

// refused loads what must be refused, leaving the store as it is.
func refused(t *testing.T, path string, opt graph.LoadOptions, files ...string) string {
	t.Helper()
	text, stat := read(t, path)
	opt.Base = base
	report, err := loadAt(context.Background(), path, ontology(), docs(t, files...), opt)
	var conflict *graph.ConflictError
	if !errors.As(err, &conflict) || report != nil {
		t.Fatalf("got %+v, %v, want a conflict", report, err)
	}
	if again, now := read(t, path); again != text || !os.SameFile(stat, now) || !stat.ModTime().Equal(now.ModTime()) {
		t.Error("the refused load touched the store")
	}
	if got := names(t, path); slices.Contains(got, "kg.db.new") {
		t.Errorf("the refused load left %v", got)
	}
	return err.Error()
}

func TestConflict(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, before)
	const message = "loading source kg:source/port: it is in the store with other content: %s; --replace puts the new in place of the old"
	for _, c := range []struct{ file, differs string }{
		{after, "claim beta changed, claim delta changed, claim epsilon added, claim gamma removed"},
		{renamed, "the source or its entities changed"},
	} {
		want := fmt.Sprintf(message, c.differs)
		for _, opt := range []graph.LoadOptions{{}, {DryRun: true}} {
			if got := refused(t, path, opt, c.file); got != want {
				t.Errorf("%+v:\ngot  %s\nwant %s", opt, got, want)
			}
		}
	}
}

func TestOneConflictAmongSeveral(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, before, town)
	for _, files := range [][]string{{crew, ferry, after}, {after, crew}, {crew, after, town}} {
		refused(t, path, graph.LoadOptions{}, files...)
	}
	if got, want := hash(t, open(t, path)), hash(t, scratch(t, before, town)); got != want {
		t.Error("a part of what was refused is in the store")
	}
}

// One source in two versions, in one load: neither is silently the last.
func TestConflictWithinOneLoad(t *testing.T) {
	t.Parallel()
	_, err := scratchOf(context.Background(), ontology(), docs(t, before, after), graph.LoadOptions{Base: base})
	var conflict *graph.ConflictError
	if !errors.As(err, &conflict) {
		t.Errorf("got %v, want a conflict", err)
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, before, town)
	dry := load(t, path, graph.LoadOptions{Replace: true, DryRun: true}, after)
	report := load(t, path, graph.LoadOptions{Replace: true}, after)
	equal(t, "changes", report[0].Changes, [][2]string{
		{"beta", "changed"}, {"delta", "changed"},
		{"epsilon", "added"}, {"gamma", "removed"},
	})
	if fmt.Sprint(dry) != fmt.Sprint(report) {
		t.Errorf("a dry run reports\n%+v, and the load\n%+v", dry, report)
	}
	if export(t, open(t, path)) != export(t, scratch(t, after, town)) {
		t.Error("the store differs from one that never had the old version")
	}
	back := load(t, path, graph.LoadOptions{Replace: true}, before)
	if back[0].Added != report[0].Removed || back[0].Removed != report[0].Added {
		t.Errorf("there %+v and back %+v", report[0], back[0])
	}
}

// A version that only takes away is a change too.
func TestReplaceWithLess(t *testing.T) {
	t.Parallel()
	path, less := storePath(t), strings.Replace(before, "ann-lee: {kind: Person, name: Ann Lee}", "ann-lee: {kind: Person, name: Ann Lee, also: [Ann]}", 1)
	load(t, path, graph.LoadOptions{}, less)
	if report := load(t, path, graph.LoadOptions{Replace: true}, before); report[0].Added != 0 || report[0].Removed != 1 {
		t.Errorf("taking away a name reports %+v", report[0])
	}
	if export(t, open(t, path)) != export(t, scratch(t, before)) {
		t.Error("what the new version does not have is still there")
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	dry := load(t, path, graph.LoadOptions{DryRun: true}, ferry, port, crew)
	equal(t, "files after a dry run", names(t, path), nil)
	if real := load(t, path, graph.LoadOptions{}, ferry, port, crew); fmt.Sprint(real) != fmt.Sprint(dry) {
		t.Errorf("a dry run reports\n%+v, and the load\n%+v", dry, real)
	}
	if err := os.Remove(path + ".lock"); err != nil {
		t.Fatal(err)
	}
	text, _ := read(t, path)
	files := names(t, path)
	if dry := load(t, path, graph.LoadOptions{DryRun: true}, town); dry[0].Added == 0 {
		t.Error("a dry run of something new reports nothing")
	}
	equal(t, "files after a dry run", names(t, path), files)
	if now, _ := read(t, path); now != text {
		t.Error("a dry run changed the store")
	}
}

func TestOneIDTwoKinds(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, port)
	ship := herald("ships", "blue-line: {kind: Vessel, name: Blue Line}\nnorway: {kind: Country, name: Norway}",
		"flag: {says: It is Norwegian., at: §, edges: {blue-line: {flag: norway}}}")
	const want = `loading claims "test.yaml":6:21: entity "blue-line" is a kgo:Company in kg:source/port and a kgo:Vessel in kg:source/ships: an id stands for one entity with one kind, so give one of them another id`
	for _, opt := range []graph.LoadOptions{{}, {Replace: true}, {DryRun: true}} {
		if got := refused(t, path, opt, ship); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	unnamed := herald("ships", "blue-line: {kind: Vessel, description: A ship of that name}\nnorway: {kind: Country, name: Norway}",
		"flag: {says: It is Norwegian., at: §, edges: {blue-line: {flag: norway}}}")
	load(t, path, graph.LoadOptions{}, unnamed) // which is its source's own
}

// A source and an entity may have one id, in any order of loading.
func TestSourceIDIsNoEntity(t *testing.T) {
	t.Parallel()
	one, two := anna("one", "kind: Person, name: Anna"), herald("two", "one: {kind: Vessel, name: One}\nnorway: {kind: Country, name: Norway}",
		"flag: {says: It is Norwegian., at: §, edges: {one: {flag: norway}}}")
	for _, order := range [][]string{{one, two}, {two, one}} {
		for _, atOnce := range []bool{false, true} {
			if err := loadAll(t, order, atOnce); err != nil {
				t.Error(err)
			}
		}
	}
}
