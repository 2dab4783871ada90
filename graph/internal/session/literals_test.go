package session

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// answers are the rows of a query without mistakes.
func answers(t *testing.T, qs graph.QuadStore, text string, opts Options) []Row {
	t.Helper()
	var list []Row
	for row, err := range Run(context.Background(), qs, text, opts).Rows() {
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		list = append(list, row)
	}
	return list
}

// valuesOf are the values that a query emits.
func valuesOf(t *testing.T, qs graph.QuadStore, text string, opts Options) []quad.Value {
	t.Helper()
	var list []quad.Value
	for _, row := range answers(t, qs, text, opts) {
		list = append(list, row.Get("value"))
	}
	return list
}

// TestTextsAreTexts: a text that is a parameter, or that str makes, is that text
// for every method that takes one, for JavaScript, and as a term.
func TestTextsAreTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	texts := []string{"", "Kim%", "x", "<a>", "_:b", `"x"`, `"x"^^<y>`, `"x"@en`, "<>", `"`, "'", "\\", "a\nb", "<a", "Ким", "😀", "`${1}`", "7"}
	for range testsize.Of(10, 300) {
		var b strings.Builder
		for range r.IntN(7) {
			b.WriteString(pick(r, []string{"<", ">", `"`, "_:", "@", "^^", "a", "%", " ", "é", "한"}))
		}
		texts = append(texts, b.String())
	}
	const script = `[text, str(text), str(str(text)), lang(text, "en"), lang(lang(text, "de"), "en"), typed(text, "d"), typed(typed(text, "e"), "d"),
		"" + text, String(text), text.concat(""), JSON.parse(JSON.stringify([text]))[0], [text].join()].forEach(function (v) { g.emit([v]) });
		g.emit({iri: iri(text), full: g.IRI(text), node: bnode(text), length: text.length, first: typeof text[0]});
		g.V(text).tag(text).all(); g.V().filter(like(text)).all(); g.V().filter(regex(lang("^.*$", "en"))).tag(lang("t", "en")).all()`
	for _, text := range texts {
		qs := scratch(quad.Make(quad.IRI("s"), quad.IRI("p"), quad.String(text), nil))
		rows := answers(t, qs, script, Options{Params: map[string]quad.Value{"text": quad.String(text)}})
		made := []quad.Value{quad.String(text), quad.String(text), quad.String(text)}
		made = append(made, quad.LangString{Value: quad.String(text), Lang: "en"}, quad.LangString{Value: quad.String(text), Lang: "en"},
			quad.TypedString{Value: quad.String(text), Type: "d"}, quad.TypedString{Value: quad.String(text), Type: "d"})
		for range 5 { // strings of JavaScript's own are read as Gizmo reads them
			made = append(made, termOf(text))
		}
		for i, want := range made {
			if got := rows[i].Get("value"); got != want {
				t.Fatalf("%q: value %d: got %v, want %v", text, i, got, want)
			}
		}
		members := rows[len(made)]
		units := len(utf16.Encode([]rune(text)))
		first := map[bool]quad.Value{true: quad.String("string"), false: quad.String("undefined")}[units > 0]
		for name, want := range map[string]quad.Value{"iri": quad.IRI(text), "full": quad.IRI(text), "node": quad.BNode(text), "length": quad.Int(units), "first": first} {
			if got := members.Get(name); got != want {
				t.Errorf("%q: %s: got %v, want %v", text, name, got, want)
			}
		}
		nodes := rows[len(made)+1:]
		if len(nodes) < 2 || nodes[0].Get("id") != quad.Value(quad.String(text)) || text != "" && text != "id" && nodes[0].Get(text) != quad.Value(quad.String(text)) {
			t.Fatalf("%q: as a node and a tag: %v", text, nodes)
		}
		if last := nodes[len(nodes)-1]; !strings.Contains(text, "\n") && last.Get("t") != quad.Value(quad.String(text)) {
			t.Errorf("%q: the expression or the tag in a language: %v", text, last)
		}
	}
}

// TestParameterOfLike: a pattern that is a parameter finds what it matches.
func TestParameterOfLike(t *testing.T) {
	t.Parallel()
	onBoth(t, "<a> <n> \"Kim Jong Il\" .\n<b> <n> \"Darkin\" .\n<kim> <n> <b> .\n", func(t *testing.T, qs graph.QuadStore) {
		for pattern, want := range map[string]string{"Kim%": `id="Kim Jong Il"`, "%arki?": `id="Darkin"`, "k%": "id=<kim>", "x%": ""} {
			if got := table(t, qs, `g.V().filter(like(pattern)).all()`, Options{Params: map[string]quad.Value{"pattern": quad.String(pattern)}}); got != want {
				t.Errorf("%s: got %s, want %s", pattern, got, want)
			}
		}
		if got := table(t, qs, `g.V().filter(like(iri("k%"))).all()`, Options{}); got != "id=<kim>" {
			t.Errorf("a pattern that is an IRI: %s", got)
		}
	})
}

// integers are some around the bounds of JavaScript's and of Go's integers, and
// random ones, as literals.
func integers() []quad.Value {
	r := rand.New(rand.NewPCG(5, 5))
	var list []*big.Int
	for _, near := range []*big.Int{big.NewInt(0), big.NewInt(1 << 53), big.NewInt(math.MaxInt64), new(big.Int).Lsh(big.NewInt(1), 64), new(big.Int).Lsh(big.NewInt(1), 200)} {
		for d := int64(-3); d <= 3; d++ {
			n := new(big.Int).Add(near, big.NewInt(d))
			list = append(list, n, new(big.Int).Neg(n))
		}
	}
	list = append(list, big.NewInt(900719925474099312))
	for range 20 {
		n := new(big.Int).SetUint64(r.Uint64() >> r.IntN(64))
		list = append(list, n, new(big.Int).Neg(n))
	}
	var values []quad.Value
	for _, n := range list {
		for _, datatype := range []string{"integer", "long", "unsignedLong", "nonPositiveInteger"} {
			v := quad.Value(quad.TypedString{Value: quad.String(n.String()), Type: quad.IRI(xsd + datatype)})
			if datatype == "integer" && n.IsInt64() {
				v = quad.Int(n.Int64())
			}
			values = append(values, v)
		}
	}
	return values
}

// TestIntegersStayExact: an integer that JavaScript would round is itself in
// every way out of a script and back into a path.
func TestIntegersStayExact(t *testing.T) {
	t.Parallel()
	const script = `var p = g.V(s).out("<p>"), x = p.toValue();
		g.emit(x); g.emit([p.toArray()[0]]); g.emit({value: x}); g.emit(p.tagValue().id);
		p.forEach(function (d) { g.emit(d.id); g.emit({value: d.id}) });
		g.emit(g.V(x).in("<p>").toValue()); g.V().has("<p>", x).all(); g.V(x).all(); g.V().filter(lte(x), gte(x)).is(x).all();
		g.emit(String(x)); g.emit(` + "`${x}`" + `); g.emit([x].join()); g.emit(JSON.parse(JSON.stringify({x: x})).x)`
	var quads []quad.Quad
	for _, v := range integers() {
		if _, ok := unsafe(v); ok {
			quads = append(quads, quad.Make(quad.IRI(fmt.Sprintf("of/%d", len(quads))), quad.IRI("p"), v, nil))
		}
	}
	if len(quads) < 100 {
		t.Fatalf("only %d integers", len(quads))
	}
	qs := newStore(t, quads)
	for _, q := range quads[:len(quads)/testsize.Of(10, 1)] {
		v := q.Object
		rows := answers(t, qs, script, Options{Params: map[string]quad.Value{"s": q.Subject}})
		want := []quad.Value{v, v, v, v, v, v, q.Subject, q.Subject, v, v}
		for range 4 {
			want = append(want, quad.String(wording(v)))
		}
		if len(rows) != len(want) {
			t.Fatalf("%v: %d rows", v, len(rows))
		}
		for i, row := range rows {
			if row.Get("value") != want[i] && row.Get("id") != want[i] {
				t.Fatalf("%v: row %d: %v", v, i, row)
			}
		}
	}
}

// TestTermsAreReadBack: what a script has of a term that is no number of
// JavaScript's is that term for the next path.
func TestTermsAreReadBack(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	for range testsize.Of(10, 300) {
		text := ""
		for range r.IntN(6) {
			text += pick(r, []string{"<", ">", `"`, "_:", "@", "^^", "a", "\\", "\n", "é"})
		}
		for _, v := range []quad.Value{quad.String(text), quad.TypedString{Value: quad.String(text), Type: "https://ex.org/d"}, literal("1.50", "decimal"), literal(text, "date")} {
			qs := scratch(quad.Make(quad.IRI("s"), quad.IRI("p"), v, nil))
			const script = `var x = g.V("<s>").out("<p>").toValue(); g.V(x).all(); g.V("<s>").out("<p>").forEach(function (d) { g.V(d.id).in("<p>").all() })`
			rows := answers(t, qs, script, Options{})
			if len(rows) != 2 || rows[0].Get("id") != v || rows[1].Get("id") != quad.Value(quad.IRI("s")) {
				t.Fatalf("%v: %v", v, rows)
			}
		}
	}
}

// TestIntegerLiterals: a number in a query's text is the integer it says, and
// one in the graph's answer is a number as long as JavaScript keeps it.
func TestIntegerLiterals(t *testing.T) {
	t.Parallel()
	qs := scratch()
	list := integers()
	for _, v := range list[:len(list)/testsize.Of(10, 1)] {
		n, _ := new(big.Int).SetString(wording(v), 10)
		want := quad.Value(quad.TypedString{Value: quad.String(n.String()), Type: xsd + "integer"})
		if n.IsInt64() {
			want = quad.Int(n.Int64())
		}
		for _, text := range []string{"g.emit(%s)", "var {a} = {a: %s}; g.emit(a)", "g.emit([%s][0])", "g.emit((function () { return %s })())"} {
			if got := valuesOf(t, qs, fmt.Sprintf(text, n), Options{}); got[0] != want {
				t.Fatalf("%s: %v", fmt.Sprintf(text, n), got)
			}
		}
		if n.Sign() >= 0 {
			text := fmt.Sprintf("var o = {%s: 1, get [%s + '']() {}}; var x = %s; g.emit(o[x]); g.emit(x === %#x)", n, "'a'", n, n)
			if got := valuesOf(t, qs, text, Options{}); got[0] != quad.Value(quad.Int(1)) || got[1] != quad.Value(quad.Bool(true)) {
				t.Fatalf("%s: %v", text, got)
			}
		}
		s := newSession(context.Background(), qs, Options{})
		s.begin()()
		_, exact := unsafe(want)
		if _, isNumber := s.js(want).Export().(int64); isNumber == exact || exact != (n.CmpAbs(big.NewInt(1<<53-1)) > 0) {
			t.Errorf("%v is a number of JavaScript's: %v", want, isNumber)
		}
	}
}

// TestIntegersDoNotCount: what would round such an integer is refused by name.
func TestIntegersDoNotCount(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"x + 1", "1 + x", "x * 1", "x > 1", "-x", "+x", "Number(x)", "Math.max(x, 1)", "x == 5", "x++", "[x, x].sort(function (a, b) { return a - b })"} {
		got := table(t, scratch(), "var x = 900719925474099312; "+text, Options{})
		if !strings.Contains(got, "900719925474099312 is beyond the integers that JavaScript computes with exactly: compare it in a path") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestIntegersInJSON: Cayley's interfaces give such an integer as a string with
// its datatype, since what reads it may be JavaScript.
func TestIntegersInJSON(t *testing.T) {
	t.Parallel()
	s := NewSession(scratch(quad.Make(quad.IRI("a"), quad.IRI("p"), quad.Int(900719925474099312), nil)), Options{})
	it, err := s.Execute(context.Background(), `g.V("<a>").out("<p>").all(); g.emit(g.V("<a>").out("<p>").toValue()); g.emit(7)`, query.Options{Collation: query.JSON})
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	var lines []string
	for it.Next(context.Background()) {
		line, err := json.Marshal(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		var read any
		if err := json.Unmarshal(line, &read); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprint(read))
	}
	const exact = `"900719925474099312"^^<` + xsd + `integer>`
	if got := strings.Join(lines, " "); it.Err() != nil || got != "map[id:"+exact+"] "+exact+" 7" {
		t.Errorf("%s %v", got, it.Err())
	}
}

// TestWhatJSONCannotHold: a value that is given out is never lost for want of
// JSON, wherever in it the trouble is, and reads back as what it was.
func TestWhatJSONCannotHold(t *testing.T) {
	bad := []string{"NaN", "Infinity", "-1/0", "new Date(8.64e15)", "new Date(-8.64e15)", "-0", "1e308", `"\uD800"`}
	for _, value := range bad {
		for _, form := range []string{"%s", "[1, %s]", "[[%s]]", "{a: %s}", "{a: [%s], b: {c: %s}}", "new Set([%s])", "new Map([[1, %s]])"} {
			text := "g.emit(" + strings.ReplaceAll(form, "%s", value) + "); g.emit('after')"
			for _, c := range []query.Collation{query.JSON, query.JSONLD} {
				got, err := json.Marshal(resultsOf(t, text, c))
				if err != nil || !strings.HasSuffix(string(got), `"after"]`) || strings.Contains(string(got), "null") {
					t.Errorf("%s in %v: %s, %v", text, c, got, err)
				}
			}
			for row, err := range Run(context.Background(), scratch(), text, Options{}).Rows() {
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				for name, v := range row.All() {
					if _, err := json.Marshal(native(v)); err != nil || strings.Contains(quad.StringOf(v), "null") {
						t.Errorf("%s: %s=%v: %v", text, name, v, err)
					}
				}
			}
		}
	}
	for value, want := range map[string]string{"NaN": "NaN", "Infinity": "INF", "-1/0": "-INF"} {
		term := quad.TypedString{Value: quad.String(want), Type: xsd + "double"}
		for row := range Run(context.Background(), scratch(), "g.emit("+value+")", Options{}).Rows() {
			if row.Get("value") != quad.Value(term) {
				t.Errorf("%s is %v", value, row.Get("value"))
			}
		}
		qs := scratch(quad.Make(quad.IRI("a"), quad.IRI("p"), term, nil))
		for _, read := range []string{`'"` + want + `"^^<` + xsd + `double>'`, value} {
			if got := table(t, qs, "g.V("+read+").in().all()", Options{}); got != "id=<a>" {
				t.Errorf("%s read back: %s", read, got)
			}
		}
	}
}
