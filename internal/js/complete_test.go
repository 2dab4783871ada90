package js

import "testing"

func TestUnfinished(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"":                        false,
		"g.V().all()":             false,
		"g.V(":                    true,
		"g.V()\n  .out(":          true,
		"function f() {":          true,
		"var a = [1,":             true,
		"var a = `two\n":          true,
		"/* a comment":            true,
		"/* a comment */ g.V(":    true,
		"g.V(\"open":              false, // a string ends with its line
		"g.V())":                  false,
		"g..V()":                  false,
		"/* a */ g..V()":          false,
		"if (true) { g.emit(1) }": false,
	} {
		if got := Unfinished(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
