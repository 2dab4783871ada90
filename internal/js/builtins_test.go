package js

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// TestBuiltins holds that builtins.txt has the names that the interpreter's objects have:
// a name that it lacks would be one that reaches them without the bounds.
func TestBuiltins(t *testing.T) {
	names, seen := map[string]bool{}, map[*goja.Object]bool{}
	vm := goja.New()
	var visit func(v goja.Value)
	visit = func(v goja.Value) {
		obj, ok := v.(*goja.Object)
		if !ok || obj == nil || seen[obj] {
			return
		}
		seen[obj] = true
		for _, name := range obj.GetOwnPropertyNames() {
			names[name] = true
			if thrown := vm.Try(func() { visit(obj.Get(name)) }); thrown != nil {
				continue // a getter that wants an object of its kind
			}
		}
		visit(obj.Prototype())
	}
	for _, name := range globals {
		names[name] = true
		visit(vm.Get(name))
	}
	for _, made := range []string{"(function*(){})()", "[][Symbol.iterator]()", "''[Symbol.iterator]()", "new Map().keys()", "(async function(){})"} {
		v, err := vm.RunString(made)
		if err == nil {
			visit(v)
		}
	}
	const file = "builtins.txt"
	text := strings.Join(slices.Sorted(maps.Keys(names)), "\n") + "\n"
	if os.Getenv("KG_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		builtinsText = text
	}
	if text != builtinsText {
		t.Errorf("%s: KG_UPDATE=1 writes it\ngot\n%s\nwant\n%s", file, builtinsText, text)
	}
	for name := range names {
		if strings.ContainsAny(name, " \n") || !builtins()[name] {
			t.Errorf("%q is not known", name)
		}
	}
}
