package session

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
)

// samples are characters of all scripts, planes and sorts.
func samples() []rune {
	r := rand.New(rand.NewPCG(8, 8))
	var list []rune
	for _, table := range unicode.Scripts {
		for _, c := range table.R16 {
			list = append(list, rune(c.Lo), rune(c.Hi), rune(c.Hi)+1)
		}
		for _, c := range table.R32 {
			list = append(list, rune(c.Lo), rune(c.Hi), rune(c.Hi)+1)
		}
	}
	for range 1000 {
		list = append(list, rune(r.IntN(unicode.MaxRune+1)))
	}
	list = slices.DeleteFunc(list, func(c rune) bool { return !utf8.ValidRune(c) })
	slices.Sort(list)
	return slices.Compact(list)
}

// TestClasses holds every class of Unicode against Go's tables, in each of the
// two engines and in brackets, where Go's expressions know it too.
func TestClasses(t *testing.T) {
	t.Parallel()
	names := map[string]*unicode.RangeTable{}
	for name, table := range unicode.Categories {
		names[name], names["gc="+name] = table, table
	}
	for alias, name := range unicode.CategoryAliases {
		names["General_Category="+alias] = unicode.Categories[name]
	}
	for name, table := range unicode.Scripts {
		names["Script="+name], names["sc="+name] = table, table
	}
	for name, table := range unicode.Properties {
		if !strings.HasPrefix(name, "Other_") {
			names[name] = table
		}
	}
	const script = `var one = new RegExp("^\\p{" + name + "}$", "u"), none = new RegExp("^[^a\\p{" + name + "}]$", "u"),
		ahead = new RegExp("^(?=[\\P{" + name + "}])", "u"), out = "";
		for (var c of text) out += one.test(c) && !none.test(c) && !ahead.test(c) ? "1" : "0";
		g.emit(out)`
	all := samples()
	every := testsize.Of(16, 1)
	for i, name := range slices.Sorted(maps.Keys(names)) {
		if i%every != 0 {
			continue
		}
		part := slices.Clone(all[i%29:]) // each class with others of them, to spare time
		part = slices.DeleteFunc(part, func(c rune) bool { return c%29 != rune(i%29) && !unicode.Is(names[name], c) || c == 'a' })
		part = part[:min(len(part), 200)]
		params := map[string]quad.Value{"name": quad.String(name), "text": quad.String(string(part))}
		got := table(t, scratch(), script, Options{Params: params})
		want := ""
		for _, c := range part {
			want += map[bool]string{true: "1", false: "0"}[unicode.Is(names[name], c)]
		}
		if got != fmt.Sprintf("value=%q", want) {
			t.Errorf("%s on %q:\n%s\n%s", name, string(part), got, want)
		}
	}
}

// TestClassesEverywhere: expressions with classes of Unicode in all that takes
// one.
func TestClassesEverywhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`/\p{L}+/u.exec("1 Ким 2")[0]`:                                        "Ким",
		`"한국 x 북".match(/\p{Script=Hangul}+/gu).join("|")`:                    "한국|북",
		`"Ким Чен Ир".replace(/\p{Lu}/gu, "*")`:                               "*им *ен *р",
		`"Ким".replaceAll(/\p{Ll}/gu, (c) => c.toUpperCase())`:                "КИМ",
		`"Ким Чен".split(/\P{L}/u).join("|")`:                                 "Ким|Чен",
		`"..Ким".search(/\p{Alphabetic}/u)`:                                   "2",
		`[..."а б".matchAll(/\p{L}/gu)].map((m) => m.index).join()`:           "0,2",
		`/^[\p{L}\p{Nd}_-]+$/u.test("Ким-한_7")`:                               "true",
		`/[^\p{L}\s]/u.exec("Ким 한!")[0]`:                                     "!",
		`/^\p{Lu}\P{Lu}+$/iu.test("кИМ")`:                                     "true",
		`/\p{ASCII}+/u.exec("жabж")[0] + /\p{Any}/u.exec("😀")[0]`:             "ab😀",
		`/\\p{2}/.test("\\pp")`:                                               "true",
		`var re = /\p{Lu}(?<rest>.)/gu; re.source + re.flags + String(re)`:    `\p{Lu}(?<rest>.)gu/\p{Lu}(?<rest>.)/gu`,
		`new RegExp(/\p{Lu}/u, "gu").source + new RegExp(/\p{L}/u).test("ж")`: `\p{Lu}true`,
		`/[\u{410}-\u{44f}]{3}/u.exec("x".repeat(3000) + "Ким")[0]`:           "Ким",
	} {
		body := "g.emit(String(" + text + "))"
		if before, last, ok := strings.Cut(text, "; "); ok {
			body = before + "; g.emit(String(" + last + "))"
		}
		if got := valuesOf(t, scratch(), body, Options{}); got[0] != quad.Value(quad.String(want)) {
			t.Errorf("%s: got %v, want %s", text, got[0], want)
		}
	}
}

// TestClassesRefused: what is no class that kg knows is refused by name, and so
// is one without the flag, which would find nothing.
func TestClassesRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`/\p{L}/`:                                 `line 1, column 1: Invalid regular expression: \p{L} is a class of Unicode only with the flag u, as in /\p{L}/u`,
		"1;\n" + `new RegExp("\\p{L}", "g")`:      `line 2, column 1: SyntaxError: Invalid regular expression: \p{L} is a class of Unicode only with the flag u, as in /\p{L}/u`,
		`"x".match("\\p{L}")`:                     `\p{L} is a class of Unicode only with the flag u`,
		`"x".search("\\P{L}")`:                    `\P{L} is a class of Unicode only with the flag u`,
		`/\pL/u`:                                  `\pL is no class of Unicode: write it as \p{L}`,
		`/\p{Cyrillic}/u`:                         `\p{Cyrillic}: a script is written \p{Script=Cyrillic}`,
		`/\p{Script=Cyrl}/u`:                      `\p{Script=Cyrl}: unknown script: its name is in full, as in \p{Script=Cyrillic}`,
		`/\p{scx=Cyrillic}/u`:                     `\p{scx=Cyrillic}: only General_Category and Script have values here`,
		`/\p{Emoji}/u`:                            `\p{Emoji}: unknown class`,
		`/\p{Other_Math}/u`:                       `\p{Other_Math}: unknown class`,
		`/[\p{L}-z]/u`:                            `\p{L} is a class and cannot begin or end a range`,
		`/[a-\p{L}]/u`:                            `\p{L} is a class and cannot begin or end a range`,
		`/` + strings.Repeat(`\p{L}`, 100) + `/u`: "it has too many classes of Unicode for one expression",
	} {
		if got := table(t, scratch(), text, Options{}); !strings.HasPrefix(got, "running the query: ") || !strings.Contains(got, want) {
			t.Errorf("%s:\n%s\nexpected:\n%s", text, got, want)
		}
	}
	for _, text := range []string{`/[-\p{L}]/u`, `/[\p{L}-]/u`, `/[^-\p{L}\-]/u`, `/[\-\p{L}]/u`, `/a-\p{L}/u`} {
		if got := table(t, scratch(), fmt.Sprintf("g.emit(%s.test('a-b'))", text), Options{}); got != `value="True"^^<xsd:boolean>` && !strings.Contains(text, "^") {
			t.Errorf("%s: %s", text, got)
		}
	}
}
