package desk_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/cmd/kg/web/desk"
)

// A claim is added, changed and removed, and each time the store has what the file
// has; removed, the file is as it was, byte for byte.
func TestDesk(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	b.has(b.get("/desk/", 200), `<a href="/desk/file?name=courier.yaml">courier.yaml</a>`, "7 claims")
	b.has(b.get("/desk/file?name=courier.yaml", 200), `data-claims="weber-denies brandt-denies "`, "The police say that Weber paid Brandt")
	preview := b.post("courier.yaml", 200, "act", "preview", "edges", "coastal-bank owns gull 40%", "words", "The bank has not yet agreed.")
	b.has(preview, "<strong>Coastal Bank owns Gull 40%.</strong>", `<span class="rel">share</span> 40`)
	if b.file("courier.yaml") != was {
		t.Fatal("a preview wrote the file")
	}
	b.post("courier.yaml", 303, "act", "save", "edges", "coastal-bank owns gull 40%\nnew-one owns gull", "entities", "new-one: Company New One", "words", "The bank has not yet agreed.", "speaker", "police")
	is := b.file("courier.yaml")
	b.has(is, "  new-one: Company New One\n", `  coastal-bank-owns-gull:
    speaker: police
    at: 4:394-422 `, `
    edges:
      - coastal-bank owns gull 40%
      - new-one owns gull
  frozen-2019:`)
	b.holds("courier.yaml")
	b.has(b.get("/desk/file?name=courier.yaml&claim=coastal-bank-owns-gull", 200), "coastal-bank owns gull 40%\nnew-one owns gull</textarea>", "The bank has not yet agreed.</textarea>", "Undo: save coastal-bank-owns-gull")
	b.post("courier.yaml", 303, "act", "save", "was", "coastal-bank-owns-gull", "edges", "new-one owns gull 10%", "words", "The bank has not yet agreed.", "start", "394", "end", "422", "hedge", "perhaps: so")
	b.has(b.file("courier.yaml"), "    hedge: \"perhaps: so\"\n", "    edges: new-one owns gull 10%\n")
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "undo")
	if b.file("courier.yaml") != is {
		t.Errorf("undone, it is\n%s", b.file("courier.yaml"))
	}
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "remove", "was", "coastal-bank-owns-gull")
	b.post("courier.yaml", 303, "act", "remove", "was-entity", "new-one")
	if b.file("courier.yaml") != was {
		t.Errorf("added and removed, it is\n%s", b.file("courier.yaml"))
	}
	b.holds("courier.yaml")
}

// What is wrong is said where it is, everything typed is kept, and nothing written.
func TestDeskMistakes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	for name, c := range map[string]struct {
		code   int
		fields []string
		want   []string
	}{
		"unknown verb":      {422, []string{"edges", "anna-weber knows gull\nanna-weber owns zzz", "words", "The bank has not yet agreed."}, []string{`aria-invalid="true"`, `<p class="wrong">line 1: unknown verb &#34;knows&#34;`, `<p class="wrong">line 2: unknown entity &#34;zzz&#34;`, "anna-weber owns zzz</textarea>"}},
		"words":             {422, []string{"edges", "anna-weber owns gull", "words", "The bank has now agreed."}, []string{"these words are in no paragraph of the text", "The bank has now agreed.</textarea>"}},
		"nothing":           {422, nil, []string{"there is nothing to save"}},
		"no words":          {422, []string{"edges", "anna-weber owns gull"}, []string{`class="wrong"`}},
		"two paragraphs":    {422, []string{"edges", "anna-weber owns gull", "words", "Monday.\n\nWeber", "start", "162", "end", "176"}, []string{"it must be in one"}},
		"speaker":           {422, []string{"edges", "anna-weber owns gull", "words", "The bank has not yet agreed.", "speaker", "gull"}, []string{"which cannot speak"}},
		"entity":            {422, []string{"entities", "Shipp Gull Two", "edges", "anna-weber owns gull-two", "words", "The bank has not yet agreed."}, []string{"unknown kind &#34;Shipp&#34;", "Shipp Gull Two</textarea>"}},
		"entity is there":   {422, []string{"entities", "Person Anna Weber"}, []string{"there is an entity &#34;anna-weber&#34; already"}},
		"used entity":       {422, []string{"was-entity", "gull", "act", "remove"}, []string{"claim frozen-2019: ", "unknown entity &#34;gull&#34;"}},
		"claim not there":   {422, []string{"was", "zzz", "edges", "anna-weber owns gull"}, []string{"there is no claim &#34;zzz&#34;"}},
		"braces":            {422, []string{"edges", "loan: {payer: [gull}", "words", "The bank has not yet agreed."}, []string{"the edges of loan are not whole"}},
		"another claim's":   {422, []string{"id", "paid-brandt", "edges", "anna-weber owns gull", "words", "The bank has not yet agreed."}, []string{"there is a claim &#34;paid-brandt&#34; already"}},
		"nothing to do":     {400, []string{"act", "dance"}, []string{"remove, undo or redo"}},
		"nothing to undo":   {409, []string{"act", "undo"}, []string{"There is nothing to undo"}},
		"yaml in an entity": {422, []string{"entities", "x: Person X\n\u0085claims: {}"}, []string{`class="wrong"`}},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.has(b.post("courier.yaml", c.code, append([]string{"act", "save"}, c.fields...)...), c.want...)
			if b.file("courier.yaml") != was {
				t.Fatalf("the file was written:\n%s", b.file("courier.yaml"))
			}
		})
	}
}

// Who comes second is told what the first has changed, keeps what was typed, and
// can save it then.
func TestDeskConflict(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	from := b.version("courier.yaml")
	b.post("courier.yaml", 303, "act", "save", "from", from, "edges", "coastal-bank owns gull", "words", "The bank has not yet agreed.")
	b.post("courier.yaml", 303, "act", "remove", "was", "brandt-denies")
	is := b.file("courier.yaml")
	second := []string{"act", "save", "was", "brandt-denies", "edges", "anna-weber owns gull", "words", "The bank has not yet agreed.", "note", "Mine."}
	page := b.post("courier.yaml", 409, append(second, "from", from)...)
	b.has(page, "Nothing was written: the file has changed", "claim coastal-bank-owns-gull is new: coastal-bank owns gull", "claim brandt-denies was removed", "anna-weber owns gull</textarea>", "Mine.</textarea>", `name="was" value=""`)
	if b.file("courier.yaml") != is {
		t.Error("the file was written")
	}
	now := fromField.FindStringSubmatch(page)[1]
	b.post("courier.yaml", 303, append(second, "from", now, "was", "")...)
	b.has(b.file("courier.yaml"), "  coastal-bank-owns-gull:\n", "    note: Mine.\n")
	// Another program's change is one, too.
	from = b.version("courier.yaml")
	b.write("courier.yaml", strings.Replace(b.file("courier.yaml"), "hedge: perhaps", "hedge: maybe", 1))
	b.has(b.post("courier.yaml", 409, "act", "undo", "from", from), "claim will-pay-falk changed, and is now:", "maybe")
}

// A file without claims yet has its text, and gets its first claim.
func TestDeskBegins(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("begun.yaml", read(t, "testdata/begun.yaml"))
	b.has(b.get("/desk/file?name=begun.yaml", 200), "The bank has not yet agreed.", "0 claims")
	b.post("begun.yaml", 303, "act", "save", "entities", "Bank Coastal Bank\nVessel Gull", "edges", "coastal-bank owns gull", "words", "The bank has not yet agreed.")
	b.has(b.file("begun.yaml"), "# The courier's report, before", "  coastal-bank: Bank Coastal Bank\n  gull: Vessel Gull\n\nclaims:\n  coastal-bank-owns-gull:\n")
	is := b.file("begun.yaml")
	b.post("begun.yaml", 303, "act", "remove", "was", "coastal-bank-owns-gull")
	if got := b.file("begun.yaml"); strings.Contains(got, "claims:") || !strings.Contains(got, "gull: Vessel Gull") {
		t.Errorf("without its claim it is\n%s", got)
	}
	b.post("begun.yaml", 303, "act", "undo")
	b.post("begun.yaml", 303, "act", "undo")
	if b.file("begun.yaml") != read(t, "testdata/begun.yaml") {
		t.Errorf("undone, it is\n%s", b.file("begun.yaml"))
	}
	b.has(b.post("courier.yaml", 409, "act", "redo"), "There is nothing to undo or redo")
	b.post("begun.yaml", 303, "act", "redo")
	if b.file("begun.yaml") != is {
		t.Errorf("done again, it is\n%s", b.file("begun.yaml"))
	}
	b.holds("begun.yaml")
}

// Nobody writes without the token, from another site, or outside of the folder.
func TestDeskGate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	v := url.Values{"act": {"save"}, "edges": {"anna-weber owns gull"}, "words": {"The bank has not yet agreed."}, "from": {b.version("courier.yaml")}}
	b.has(b.ask(formRequest("courier.yaml", v), 401), "that needs the token", "anna-weber owns gull</textarea>")
	v.Set("token", "wrong")
	b.ask(formRequest("courier.yaml", v), 401)
	v.Set("token", token)
	for name, value := range map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"} {
		r := formRequest("courier.yaml", v)
		r.Header.Set(name, value)
		b.ask(r, 403)
	}
	outside := filepath.Join(t.TempDir(), "out.yaml")
	if err := errors.Join(os.WriteFile(outside, []byte(was), 0o600), os.Symlink(outside, filepath.Join(b.dir, "link.yaml")), os.Mkdir(filepath.Join(b.dir, "sub.yaml"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link.yaml", "sub.yaml", "../" + filepath.Base(b.dir) + "/courier.yaml", outside, "none.yaml", "", "kg.yaml", ".x.yaml", "courier.txt"} {
		b.get("/desk/file?name="+url.QueryEscape(name), 404)
		b.ask(formRequest(url.QueryEscape(name), v), 404)
	}
	if page := b.get("/desk/", 200); strings.Contains(page, "link.yaml") || strings.Contains(page, "sub.yaml") {
		t.Error("a link or a folder is listed")
	}
	if b.file("courier.yaml") != was || read(t, outside) != was {
		t.Error("a file was written")
	}
	r := formRequest("courier.yaml", url.Values{"act": v["act"], "edges": v["edges"], "words": v["words"], "from": v["from"]})
	r.Header.Set("Authorization", "Bearer "+token)
	b.ask(r, 303)
}

// What may stand at the caret.
func TestDeskCompletes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, c := range []struct{ field, before, after, added, want string }{
		{"edges", "web", "", "", `"typed":"web"}`},
		{"edges", "web", "", "", `[{"word":"anna-weber","says":"Anna Weber, Person"}`},
		{"edges", "anna-weber brib", "", "", `"word":"bribed"`},
		{"edges", "first: anna-weber bribed new", "", "Company New One", `"word":"new-one"`},
		{"edges", "loan: {payer: co", "", "", `"offers":[]`},
		{"entities", "Auth", "", "", `"word":"Authority"`},
		{"entities", "Person An", "", "", `{"word":"Anna Weber","says":"in the text"}`},
		{"entities", "me: Person An", "", "", `"typed":"An"`},
		{"speaker", "police, an", "", "", `[{"word":"anna-weber","says":"Anna Weber, Person"}]`},
		{"speaker", "gul", "", "", `"offers":[]`},
		{"via", "gul", "", "", `"word":"gull"`},
	} {
		v := url.Values{"field": {c.field}, "before": {c.before}, "after": {c.after}, "entities": {c.added}}
		r := formRequest("courier.yaml", v)
		r.URL.Path = "/desk/complete"
		b.has(b.ask(r, 200), c.want)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"testdata/none", "testdata/courier.txt"} {
		if _, err := desk.New(desk.Options{Dir: dir}); err == nil {
			t.Errorf("%s is taken for a folder", dir)
		}
	}
}
