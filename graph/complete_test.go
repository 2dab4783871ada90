package graph_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/testsize"
)

// What is completed begins as typed, names an entity, and says of what kind it is.
func TestComplete(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, bundled(t)...))
	for typed, want := range map[string]graph.Found{
		"kim":           {Matched: "kim Jong Il", Kind: "Person"},
		"Kim J":         {Matched: "Kim Jong Il", Kind: "Person"},
		`"Banco`:        {Matched: "Banco Delta Asia", Kind: "Bank"},
		"NORTH k":       {Matched: "NORTH korea", Kind: "Country"},
		"":              {Matched: "Banco Delta Asia", Kind: "Bank"},
		"kg:person/kim": {Matched: "kg:person/kim-jong-il", Kind: "Person", Name: "Kim Jong Il"},
		"동아":            {Matched: "동아일보", Kind: "NewsMedia"},
		"nothing is so": {},
	} {
		list, err := v.Complete(context.Background(), typed, "")
		if err != nil || want.Matched != "" && !slices.Contains(list, want) || want.Matched == "" && len(list) > 0 {
			t.Errorf("%q is completed by %v, %v, without %v", typed, list, err, want)
		}
		for _, c := range list {
			if !strings.HasPrefix(c.Matched, strings.Trim(typed, `"`)) || strings.Contains(c.Matched, "/claim/") {
				t.Errorf("%q is completed by %q", typed, c.Matched)
			}
		}
	}
}

// Without the index, as in a large graph, a name is completed the same: every
// beginning of every name is tried.
func TestCompleteFromTerms(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, bundled(t)...))
	all, err := v.Complete(context.Background(), "", "")
	if err != nil || len(all) < 5 {
		t.Fatal(all, err)
	}
	completed := map[string][]graph.Found{} // many words begin alike
	longest := testsize.Of(2, 12)
	for _, c := range all {
		for i := range c.Matched {
			typed := c.Matched[:i]
			if i == 0 || i > longest {
				continue
			}
			list, known := completed[typed]
			if !known {
				list, err = graph.CompleteFromTerms(context.Background(), v, typed)
				completed[typed] = list
			}
			named := slices.ContainsFunc(list, func(o graph.Found) bool { return o.Matched == c.Matched && o.Kind == c.Kind })
			if err != nil || !named {
				t.Fatalf("%q is completed by %v, %v, without %q", typed, list, err, c.Matched)
			}
		}
	}
}
