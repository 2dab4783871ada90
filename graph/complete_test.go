package graph_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kg/graph"
)

// What is completed begins as typed, names an entity, and says of what kind it is.
func TestComplete(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, bundled(t)...))
	for typed, want := range map[string]graph.Completion{
		"kim":           {Word: "kim Jong Il", Kind: "Person"},
		"Kim J":         {Word: "Kim Jong Il", Kind: "Person"},
		`"Banco`:        {Word: "Banco Delta Asia", Kind: "Bank"},
		"NORTH k":       {Word: "NORTH korea", Kind: "Country"},
		"":              {Word: "Banco Delta Asia", Kind: "Bank"},
		"kg:person/kim": {Word: "kg:person/kim-jong-il", Kind: "Person", Name: "Kim Jong Il"},
		"동아":            {Word: "동아일보", Kind: "NewsMedia"},
		"nothing is so": {},
	} {
		list, err := v.Complete(context.Background(), typed, "")
		if err != nil || want.Word != "" && !slices.Contains(list, want) || want.Word == "" && len(list) > 0 {
			t.Errorf("%q is completed by %v, %v, without %v", typed, list, err, want)
		}
		for _, c := range list {
			if !strings.HasPrefix(c.Word, strings.Trim(typed, `"`)) || strings.Contains(c.Word, "/claim/") {
				t.Errorf("%q is completed by %q", typed, c.Word)
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
	completed := map[string][]graph.Completion{} // many words begin alike
	longest := 12
	if testing.Short() {
		longest = 3
	}
	for _, c := range all {
		for i := range c.Word {
			typed := c.Word[:i]
			if i == 0 || i > longest {
				continue
			}
			list, known := completed[typed]
			if !known {
				list, err = graph.CompleteFromTerms(context.Background(), v, typed)
				completed[typed] = list
			}
			named := slices.ContainsFunc(list, func(o graph.Completion) bool { return o.Word == c.Word && o.Kind == c.Kind })
			if err != nil || !named {
				t.Fatalf("%q is completed by %v, %v, without %q", typed, list, err, c.Word)
			}
		}
	}
}
