package strict_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kg/internal/strict"
)

// read parses a file that must be YAML and lets use ask it; it returns what
// was then noted, one problem a line as line:column: message.
func read(t *testing.T, file string, use func(strict.Node)) string {
	t.Helper()
	r := strict.NewReport("kind", "x.yaml")
	n := strict.Parse([]byte(file), r)
	if !n.Present() {
		t.Fatal(r.Err())
	}
	use(n)
	var noted []string
	for _, p := range problems(t, r.Err()) {
		noted = append(noted, fmt.Sprintf("%d:%d: %s", p.Pos.Line, p.Pos.Column, p.Msg))
	}
	return strings.Join(noted, "\n")
}

func TestFields(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, keys, want string }{
		{"known", "kind: A\nis: b\n", "is kind", ""},
		{"some", "is: b\n", "is", ""},
		{"misspelt", "kind: A\niss: b\n", "kind", `2:1: unknown field "iss" in a kind (did you mean "is"?)`},
		{"swapped", "{is: b, knid: A}\n", "is", `1:9: unknown field "knid" in a kind (did you mean "kind"?)`},
		{"unlike any", "kind: A\nweather: fine\n", "kind", `2:1: unknown field "weather" in a kind`},
		{"letter case", "Kind: A\n", "", `1:1: unknown field "Kind" in a kind (did you mean "kind"?)`},
		{"two of them", "kin: A\niz: b\n", "", "1:1: unknown field \"kin\" in a kind (did you mean \"kind\"?)\n2:1: unknown field \"iz\" in a kind (did you mean \"is\"?)"},
		{"doubled", "is: b\nkind: A\nis: c\n", "is kind", `3:1: "is" stands twice in a kind (first in line 1)`},
		{"merge key", "<<: {kind: A}\n", "", `1:1: unknown field "<<" in a kind`},
		{"list", "- kind\n", "", `1:1: a kind must be a mapping of names to values, not a list`},
		{"scalar", "kind\n", "", `1:1: a kind must be a mapping of names to values, not "kind"`},
		{"list for a key", "? [kind]\n: A\n", "", "1:3: a key of a kind must be a single value, not a list\n1:3: unknown field \"\" in a kind"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var keys []string
			got := read(t, test.file, func(n strict.Node) {
				for key := range n.Fields("a kind", "kind", "is") {
					keys = append(keys, key)
				}
			})
			slices.Sort(keys)
			if got != test.want || strings.Join(keys, " ") != test.keys {
				t.Errorf("got %v and\n%s\nwant %s and\n%s", keys, got, test.keys, test.want)
			}
		})
	}
}

// Pairs keeps the order of the file, the first of two equal keys, and stops
// when its reader does.
func TestPairs(t *testing.T) {
	t.Parallel()
	const file = "zinc: 1\ncoal: 2\nzinc: 3\nбук: 4\nash: 5\ncoal: 6\n"
	var got []string
	noted := read(t, file, func(n strict.Node) {
		for key, value := range n.Pairs("goods") {
			got = append(got, key.Text+value.Word("goods").Text)
		}
	})
	if want := []string{"zinc1", "coal2", "бук4", "ash5"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want := "3:1: \"zinc\" stands twice in goods (first in line 1)\n6:1: \"coal\" stands twice in goods (first in line 2)"
	if noted != want {
		t.Errorf("noted\n%s\nwant\n%s", noted, want)
	}
	noted = read(t, file, func(n strict.Node) {
		for key := range n.Pairs("goods") {
			if key.Text == "coal" {
				break
			}
		}
	})
	if noted != "" {
		t.Errorf("a walk that ends before the doubled keys noted %s", noted)
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	n := 0
	if got := read(t, "[a, [b], {c: d}]", func(root strict.Node) { n = len(root.Items("names")) }); got != "" || n != 3 {
		t.Errorf("got %d items and %q", n, got)
	}
	for file, want := range map[string]string{
		"a: b": "1:1: names must be a list, not a mapping",
		"b":    `1:1: names must be a list, not "b"`,
	} {
		if got := read(t, file, func(root strict.Node) { n = len(root.Items("names")) }); got != want || n != 0 {
			t.Errorf("%s gives %d items and %q, want %q", file, n, got, want)
		}
	}
}

func TestWord(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, word, want string }{
		{"a: b c", "b c", ""},
		{"a: 2008-03-12", "2008-03-12", ""},
		{"a: 0x10", "0x10", ""},
		{"a: 1_000", "1_000", ""},
		{"a: yes", "yes", ""},
		{"a: 'null'", "null", ""},
		{"a: ' b '", " b ", ""},
		{"a: |\n  b\n", "b\n", ""},
		{"a:", "", "1:3: name is empty"},
		{"a: ~", "", "1:4: name is empty"},
		{"a: null", "", "1:4: name is empty"},
		{"a: ''", "", "1:4: name is empty"},
		{"a: ' '", "", "1:4: name is empty"},
		{"a: [b]", "", "1:4: name must be a single value, not a list"},
		{"a: {b: c}", "", "1:4: name must be a single value, not a mapping"},
	}
	for _, test := range tests {
		var word strict.Word
		got := read(t, test.file, func(n strict.Node) { word = n.Fields("a kind", "a")["a"].Word("name") })
		if word.Text != test.word || got != test.want {
			t.Errorf("%q gives %q and %q, want %q and %q", test.file, word.Text, got, test.word, test.want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, words, want string }{
		{"a: b", "b", ""},
		{"a: [b, c]", "b c", ""},
		{"a:\n- b\n- c", "b c", ""},
		{"a: []", "", "1:4: also is empty"},
		{"a: [b, '', [c]]", "b  ", "1:8: also is empty\n1:12: also must be a single value, not a list"},
		{"a: {b: c}", "", "1:4: also must be a list, not a mapping"},
	}
	for _, test := range tests {
		var words []string
		got := read(t, test.file, func(n strict.Node) {
			for _, w := range n.Fields("a kind", "a")["a"].Words("also") {
				words = append(words, w.Text)
			}
		})
		if strings.Join(words, " ") != test.words || got != test.want {
			t.Errorf("%q gives %q and %q, want %q and %q", test.file, words, got, test.words, test.want)
		}
	}
}

func TestInt(t *testing.T) {
	t.Parallel()
	for _, good := range []struct {
		text string
		want int
	}{{"0", 0}, {"7", 7}, {"-12", -12}, {"'12'", 12}, {"999999999999999", 999999999999999}} {
		got := -1
		if noted := read(t, "a: "+good.text, func(n strict.Node) { got = n.Fields("a kind", "a")["a"].Int("start") }); got != good.want || noted != "" {
			t.Errorf("%s is %d and %q, want %d", good.text, got, noted, good.want)
		}
	}
	for _, bad := range []string{
		"12,000", "12.000", "1e3", "007", "0x10", "0o17", "0b1", "1_000", "+5", "-0", "5.0", "5 ", "٣", "1000000000000000x",
		"99999999999999999999999x", "3 workers", "true", ".inf", "NaN",
	} {
		got := -1
		noted := read(t, "\na: '"+bad+"'", func(n strict.Node) { got = n.Fields("a kind", "a")["a"].Int("start") })
		if want := fmt.Sprintf("2:4: start must be a whole number, not %q", bad); got != 0 || noted != want {
			t.Errorf("%s is %d and %s, want 0 and %s", bad, got, noted, want)
		}
	}
	if noted := read(t, "a:", func(n strict.Node) { n.Fields("a kind", "a")["a"].Int("start") }); noted != "1:3: start is empty" {
		t.Errorf("no number is noted as %q", noted)
	}
}

func TestBool(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		is   bool
		want string
	}{
		{"true", true, ""},
		{"false", false, ""},
		{"yes", false, `1:4: abstract must be true or false, not "yes"`},
		{"TRUE", false, `1:4: abstract must be true or false, not "TRUE"`},
		{"1", false, `1:4: abstract must be true or false, not "1"`},
		{"~", false, `1:4: abstract is empty`},
		{"[true]", false, `1:4: abstract must be a single value, not a list`},
	}
	for _, test := range tests {
		var is bool
		got := read(t, "a: "+test.text, func(n strict.Node) { is = n.Fields("a kind", "a")["a"].Bool("abstract") })
		if is != test.is || got != test.want {
			t.Errorf("%s is %v and %q, want %v and %q", test.text, is, got, test.is, test.want)
		}
	}
}

// An absent value is no mistake: that a field must be there, its reader knows.
func TestAbsentValue(t *testing.T) {
	t.Parallel()
	var n strict.Node
	if n.Present() || n.IsMapping() || n.IsList() || n.Has("a") || n.Bool("x") || n.Int("x") != 0 {
		t.Error("the zero node has a value")
	}
	if n.Word("x") != (strict.Word{}) || n.Words("x") != nil || n.Items("x") != nil || len(n.Fields("x", "a")) != 0 {
		t.Error("the zero node has words, items or fields")
	}
	for range n.Pairs("x") {
		t.Error("the zero node has pairs")
	}
}

func TestShapes(t *testing.T) {
	t.Parallel()
	read(t, "a: [b]\nc: d\n", func(n strict.Node) {
		f := n.Fields("a kind", "a", "c")
		if !n.IsMapping() || n.IsList() || !f["a"].IsList() || f["a"].IsMapping() || f["c"].IsList() || f["c"].IsMapping() {
			t.Error("a mapping, a list or a word is taken for another")
		}
		if !n.Has("a") || !n.Has("c") || n.Has("b") || n.Has("d") || f["a"].Has("b") {
			t.Error("Has finds what is no key, or misses one")
		}
	})
}
