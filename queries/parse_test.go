package queries_test

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kg/queries"
)

const whole = `/**
 * Who owns
 * whom?
 *
 * @param {Company} [owner=kg:company/a] - who owns
 * @param {text} [word] - a word; none if absent
 * @columns owner, owned
 * @count claim claims
 * @denied
 * @example kg query owners owner="North Shore" word=x
 * | North Shore | Blue Line | 2 | The Herald | asserts | |
 * | North Shore | | 1 | | | |
 * @example kg query owners
 */
g.V().all();
`

func TestParse(t *testing.T) {
	t.Parallel()
	got, err := queries.Parse("owners", "owners.js", whole)
	if err != nil {
		t.Fatal(err)
	}
	want := &queries.Query{
		Name: "owners", Question: "Who owns whom?",
		Params: []queries.Param{
			{Name: "owner", Type: "Company", Default: "kg:company/a", Meaning: "who owns"},
			{Name: "word", Type: "text", Meaning: "a word; none if absent"},
		},
		Columns: []string{"owner", "owned"}, Counted: "claim", Count: "claims", Denied: true,
		Examples: []queries.Example{
			{Args: []string{"owner=North Shore", "word=x"}, Rows: [][]string{
				{"North Shore", "Blue Line", "2", "The Herald", "asserts", ""}, {"North Shore", "", "1", "", "", ""}}},
			{Args: []string{}},
		},
		Text: whole,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if s := got.Signature(); s != "owner: who owns; word: a word" {
		t.Errorf("signature %q", s)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, old, new, want string }{
		{"no header", "/**", "/*", `reading query "owners.js":1:1: a saved query begins with a comment`},
		{"unclosed header", " */", "", `begins with a comment`},
		{"no question", " * Who owns\n * whom?\n", "", `:1:1: the header needs the question`},
		{"no columns", " * @columns owner, owned\n", "", `the header needs @columns`},
		{"unknown tag", "@columns", "@colums", `:7:1: unknown tag @colums (did you mean "@columns"?)`},
		{"text after tags", " * @denied", " * denied", `:9:1: expected a tag`},
		{"bad parameter", "[owner=kg:company/a]", "owner", `:5:1: a parameter is written @param {Kind} [name=default] - its meaning`},
		{"reserved word", "[word]", "[in]", `:6:1: "in" cannot be a JavaScript variable`},
		{"doubled parameter", "[word]", "[owner]", `:6:1: parameter owner stands twice`},
		{"doubled column", "owner, owned", "owner, owner", `column "owner" is doubled`},
		{"short row", "| North Shore | | 1 | | | |", "| North Shore | 1 | | |", `an expected row has 4 cells, and the columns are 6`},
		{"open row", "asserts | |", "asserts | x", `:11:1: a row ends in |`},
		{"another call", "kg query owners owner", "kg query owner owner", `:10:1: an example is a call such as`},
		{"open quote", `"North Shore"`, `"North Shore`, `:10:1: an example is a call such as`},
		{"bad count", "@count claim claims", "@count claim", `:8:1: @count takes a tag and the name of a column`},
		{"an unknown name in words for no answer", " * @denied", " * @none nobody of {whom}", `:9:1: @none names {whom}, and no parameter above it is called so`},
		{"no words for no answer", " * @denied", " * @none", `:9:1: @none takes words that say what having no answer means, once`},
		{"bad UTF-8", "g.V()", "g.V(\"\xff\")", `not valid UTF-8`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(whole, test.old) {
				t.Fatalf("no %q", test.old)
			}
			_, err := queries.Parse("owners", "owners.js", strings.Replace(whole, test.old, test.new, 1))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
	for _, name := range []string{"show", "test", "help", "Upper", "a b"} {
		if _, err := queries.Parse(name, "x.js", whole); err == nil {
			t.Errorf("a query may be called %q", name)
		}
	}
}

func TestReadOwnQueries(t *testing.T) {
	t.Parallel()
	good := &fstest.MapFile{Data: []byte(whole)}
	set, err := queries.Read(fstest.MapFS{"owners.js": good})
	if err != nil || !set["owners"].Own || set["embassies"].Own {
		t.Errorf("own query: %v, %+v", err, set["owners"])
	}
	if _, err := queries.Read(fstest.MapFS{"readme.txt": good}); err == nil || !strings.Contains(err.Error(), `the folder holds no .js file`) {
		t.Errorf("a folder without queries: %v", err)
	}
	if _, err := set.Find("owner"); err == nil || !strings.Contains(err.Error(), `unknown query "owner" (did you mean "owners"?)`) {
		t.Errorf("unknown query: %v", err)
	}
}

// A file with mistakes is named where its query is asked for, and keeps no other
// from being one.
func TestMistakesOfOneFile(t *testing.T) {
	t.Parallel()
	all, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	set, err := queries.Read(fstest.MapFS{
		"owners.js": file(whole), "plain.js": file("g.V()"), "empty.js": file(" \n"), "Upper.js": file(whole),
		"folder.js": &fstest.MapFile{Mode: fs.ModeDir}, "embassies.js": file(strings.ReplaceAll(whole, "query owners", "query embassies")),
		"bribes.js": file(all["bribes"].Text),
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := slices.Sorted(slices.Values(append(all.Names(), "owners"))); !slices.Equal(set.Names(), want) {
		t.Errorf("the queries are %v", set.Names())
	}
	if q, err := set.Find("embassies"); err != nil || q.Own || q.Text != all["embassies"].Text {
		t.Errorf("another file of the name is %+v, %v", q, err)
	}
	if q := set["bribes"]; q.Own || q.File != "bribes.js" {
		t.Errorf("the same file is %+v", q)
	}
	for name, want := range map[string]string{
		"plain":  `reading query "plain.js":1:1: a saved query begins with a comment`,
		"empty":  `reading query "empty.js": the file is empty`,
		"Upper":  `reading query "Upper.js": a query cannot be called "Upper"`,
		"folder": `reading queries: the folder: read folder.js: `,
	} {
		if _, err := set.Find(name); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v\nwant %s", name, err, want)
		}
	}
	var named []string
	for _, q := range set.Mistakes() {
		named = append(named, q.Name)
		if q.Name == "embassies" && q.Mistakes.Error() != `reading query "embassies.js": there is already a query embassies: give the file another name` {
			t.Errorf("the second query of a name: %v", q.Mistakes)
		}
	}
	if want := "Upper embassies empty folder plain"; strings.Join(named, " ") != want {
		t.Errorf("mistakes in %v, want %s", named, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("owners", whole)
	f.Add("x", "/** */")
	f.Add("x", "/**\n@param {a} [b]\n|\n@example\n|*/")
	f.Add("x", "/** q\n * @columns a\n * @example kg query x a=\"\n * | | */")
	f.Fuzz(func(t *testing.T, name, text string) {
		q, err := queries.Parse(name, "x.js", text)
		if err == nil && (q.Question == "" || len(q.Columns) == 0 || q.Text != text) {
			t.Errorf("accepted without question or columns: %+v", q)
		}
	})
}

// However long a word of a header is, an error repeats little of it.
func TestHeaderErrorsAreBrief(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 900)
	for i, word := range strings.Fields(whole) {
		words := strings.SplitAfter(whole, word)
		text := strings.Join(words[:1], "")[:len(words[0])-len(word)] + long + strings.Join(words[1:], "")
		if _, err := queries.Parse("owners", "owners.js", text); err != nil && strings.Contains(err.Error(), long[:66]) {
			t.Errorf("word %d, %q: %.300v", i, word, err)
		}
	}
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Find(long); err == nil || strings.Contains(err.Error(), long[:66]) {
		t.Errorf("%.300v", err)
	}
}
