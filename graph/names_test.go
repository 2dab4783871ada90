package graph_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"kg/graph"
)

func TestFind(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry, town))
	for word, want := range map[string]string{
		"https://kg.example/company/blue-line":   "kg:company/blue-line",
		"<https://kg.example/company/blue-line>": "kg:company/blue-line",
		"kg:company/blue-line":                   "kg:company/blue-line",
		"KG:Company/Blue-Line":                   "kg:company/blue-line",
		"Blue Line":                              "kg:company/blue-line",
		"blue LINE":                              "kg:company/blue-line",
		"Blue Line Ferries":                      "kg:company/blue-line",
		"the line":                               "kg:company/blue-line",
		"blue-line":                              "kg:company/blue-line",
		"Harbour Town":                           "kg:city/harbourtown", // by either source's name
		"Harbourtown":                            "kg:city/harbourtown",
		"A clerk of the port":                    "kg:source/ferry/person/clerk",
		"clerk":                                  "kg:source/ferry/person/clerk",
		"kg:source/ferry/person/clerk":           "kg:source/ferry/person/clerk",
		"kg:source/ferry":                        "kg:source/ferry",
		"The Herald on ferry":                    "kg:source/ferry",
		"kg:source/ferry/claim/price":            "kg:source/ferry/claim/price",
		"kgo:Company":                            "kgo:Company",
		"kgo:works-for":                          "kgo:works-for",
	} {
		if got, err := v.Find(context.Background(), word); err != nil || got != iri(want) {
			t.Errorf("%q: got %s, %v, want %s", word, got, err, want)
		}
	}
}

func TestFindRefuses(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry, port, crew))
	const hint = `: an entity goes by an IRI, a short form such as kg:person/kim-jong-il, or a name`
	for word, want := range map[string]string{
		"Blue Lime":              `unknown entity "Blue Lime" (did you mean "blue line"?)`,
		"kg:company/blue-lime":   `unknown entity "kg:company/blue-lime" (did you mean "kg:company/blue-line"?)`,
		"https://other.example/": `unknown entity "https://other.example/"` + hint,
		"Rumpelstiltskin":        `unknown entity "Rumpelstiltskin"` + hint,
		"million EUR":            `unknown entity "million EUR"` + hint, // is in the graph, and no name
		"":                       `unknown entity ""` + hint,
		"a clerk":                `"a clerk" is the name of kg:source/crew/person/clerk and of kg:source/port/person/clerk: write one of these`,
		"Clerk": `"Clerk" is the name of kg:source/crew/person/clerk and of kg:source/ferry/person/clerk` +
			` and of kg:source/port/person/clerk: write one of these`,
	} {
		got, err := v.Find(context.Background(), word)
		var unknown *graph.UnknownError
		if !errors.As(err, &unknown) || err.Error() != want || got != "" {
			t.Errorf("%q:\ngot  %q, %v\nwant %s", word, got, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, bundled(t)...))
	names, err := v.Names(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	// Whoever is called so by one name alone is found by it.
	for i, name := range slices.Sorted(maps.Keys(names)) {
		list := names[name]
		if i%20 != 0 && len(list) > 0 {
			continue // all would take long: Find lists the names each time
		}
		got, err := v.Find(context.Background(), name)
		switch {
		case len(list) == 0:
			t.Errorf("%q is the name of nothing", name)
		case len(list) == 1 && (err != nil || got != list[0]):
			t.Errorf("%q: got %s, %v, want %s", name, got, err, list[0])
		}
	}
	equal(t, "the leader", names["kim jong il"], names["kim-jong-il"])
	if len(names["kim jong il"]) != 1 {
		t.Errorf("the leader's name is of %v", names["kim jong il"])
	}
	for _, named := range names["date"] {
		if strings.Contains(string(named), "/claim/") {
			t.Errorf("a figure has no name but its label, and %s goes by date", named)
		}
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := v.Names(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}
