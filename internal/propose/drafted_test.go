package propose_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/propose"
	"kg/schema"
)

// draftOntology is read once: the laws need it thousands of times.
var draftOntology = sync.OnceValue(func() *schema.Ontology {
	o, err := schema.ReadOntology()
	if err != nil {
		panic(err)
	}
	return o
})

const draftedBy = "kg 1.2, some-model, 2026-11-28"

func drafting(t testing.TB, words string) *propose.Drafting {
	t.Helper()
	d, err := propose.NewDrafting(textOf(t, words), draftOntology(), propose.Hints{
		ID: "courier", Date: "2019-04-08", Known: unknown,
		Title: "Loan behind the new harbour", Language: "en", Publisher: "NewsMedia The Courier", Annotator: "Jane Doe",
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func courierText(t testing.TB) string {
	return string(file(t, filepath.Join("testdata/new", "courier.txt")))
}

// goodAnswer is what a model that errs in nothing answers about the courier's text.
func goodAnswer(t testing.TB) string {
	return string(file(t, filepath.Join("testdata/draft", "courier.json")))
}

// A good answer becomes the file beside it, byte for byte, and again.
func TestDrafted(t *testing.T) {
	t.Parallel()
	golden := filepath.Join("testdata/draft", "courier.yaml")
	for range 2 {
		d := drafting(t, courierText(t))
		if err := d.Answer(0, []byte(goodAnswer(t)), draftedBy); err != nil {
			t.Fatal(err)
		}
		got, err := d.File(t.Context())
		if err != nil || len(d.Dropped) > 0 {
			t.Fatalf("%v %v", err, d.Dropped)
		}
		if os.Getenv("KG_UPDATE") != "" {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := file(t, golden); string(got) != string(want) {
			t.Errorf("%s: KG_UPDATE=1 writes it\ngot\n%s\nwant\n%s", golden, got, want)
		}
		counts(t, got, d.Kept())
		confirmed := regexp.MustCompile(`(?m)^    drafted-by: .*\n`).ReplaceAll(got, nil)
		if doc, err := data.Read("x", confirmed, draftOntology(), schema.DefaultBase); err != nil || doc.Drafts() > 0 {
			t.Errorf("confirmed, it does not load: %v", err)
		}
	}
}

// counts holds that a file loads, that what it says is its source and no more, and
// that kg fmt leaves it as it is.
func counts(t testing.TB, file []byte, drafts int) {
	t.Helper()
	got, err := data.Read("x", file, draftOntology(), schema.DefaultBase)
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	if again, err := claimsfile.Format("x", file); err != nil || string(again) != string(file) {
		t.Errorf("kg fmt changes it: %v\n%s\n%s", err, file, again)
	}
	head, _, _ := strings.Cut(string(file), "\nentities:\n")
	publisher, _ := got.Counts()
	if got.Drafts() < drafts || publisher != 2 {
		t.Errorf("%d drafts and %d entities that count, of\n%s", got.Drafts(), publisher, file)
	}
	bare, err := data.Read("x", []byte(head+"\nentities:\n"+firstEntities(file)+"\nclaims:\n"+oneDraft), draftOntology(), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if want, is := fmt.Sprint(bare.Quads()), fmt.Sprint(got.Quads()); want != is {
		t.Errorf("drafts count:\n%s\n%s", is, want)
	}
}

// oneDraft makes a file of a source alone: a file without claims is none.
const oneDraft = "  x: {at: {paragraph: 1, start: 0, end: 1, sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb}, drafted-by: x, edges: {jane-doe: {member-of: the-courier}}}\n"

func firstEntities(file []byte) string {
	return strings.Join(regexp.MustCompile(`(?m)^  (?:the-courier|jane-doe): .*\n`).FindAllString(string(file), 2), "")
}

// lie is an answer with one claim of what it is given, and the entities of the good
// answer.
func lie(t testing.TB, change func(entities, claim map[string]any)) string {
	var a map[string]any
	if err := json.Unmarshal([]byte(goodAnswer(t)), &a); err != nil {
		t.Fatal(err)
	}
	byID := map[string]any{}
	for _, e := range a["entities"].([]any) {
		byID[e.(map[string]any)["id"].(string)] = e
	}
	claim := a["claims"].([]any)[0].(map[string]any)
	change(byID, claim)
	a["claims"] = []any{claim}
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// falsehood is what an answer has instead of the truth, and why it is dropped.
type falsehood struct {
	change func(entities, claim map[string]any)
	why    string
}

func falsehoods() map[string]falsehood {
	set := func(field string, value any) func(_, c map[string]any) {
		return func(_, c map[string]any) { c[field] = value }
	}
	entity := func(id, field string, value any) func(e, _ map[string]any) {
		return func(e, _ map[string]any) { e[id].(map[string]any)[field] = value }
	}
	edge := func(subject, relation, object string) func(_, c map[string]any) {
		return set("edges", []any{map[string]any{"subject": subject, "relation": relation, "object": object}})
	}
	return map[string]falsehood{
		"invented quote":      {set("quote", "Weber paid the mayor, the police said."), "these words are in no paragraph of the text"},
		"a changed letter":    {set("quote", "Anna Weber, owner of the dredging firm Tidewatar, paid"), `these words are in no paragraph.* nearest is`},
		"a curly apostrophe":  {set("quote", "Both Weber and Brandt deny that any money changed hand’s."), `in no paragraph`},
		"an ellipsis":         {set("quote", "Anna Weber … on Monday."), "leaves words out"},
		"no quote":            {set("quote", "  "), "it quotes nothing"},
		"not once":            {func(_, c map[string]any) { c["quote"], c["paragraph"] = "Weber", 0 }, `in the text \d times`},
		"a heading":           {set("quote", "Loan behind the new harbour"), "headings and what is before the body"},
		"endless quote":       {set("quote", strings.Repeat("word ", 1000)), "longer than 2000"},
		"unknown speaker":     {set("speakers", []any{"the-mayor"}), `no entity of the answer is called "the-mayor"`},
		"nobody's name":       {entity("police", "name", "Antonia Weber-Stein"), `its name "Antonia Weber-Stein" is not in the text`},
		"half a name":         {entity("anna-weber", "name", "Anna Web"), `its name "Anna Web" is not in the text`},
		"a speaker of no one": {entity("police", "description", "the spokesman of the mayor"), "does not call anything"},
		"a city that speaks":  {entity("police", "kind", "Vessel"), "cannot speak"},
		"unknown kind":        {entity("anna-weber", "kind", "Wizard"), `unknown kind "Wizard"`},
		"near-miss kind":      {entity("anna-weber", "kind", "Persn"), `unknown kind "Persn" \(did you mean "Person"\?\)`},
		"abstract kind":       {entity("anna-weber", "kind", "Agent"), "no entity is of kind Agent itself"},
		"kind with YAML":      {entity("anna-weber", "kind", "Person\nclaims:"), "unknown kind"},
		"unknown relation":    {edge("anna-weber", "hates", "paul-brandt"), `unknown relation "hates"`},
		"near-miss relation":  {edge("first-bribe", "payr", "paul-brandt"), `unknown relation "payr" \(did you mean "payer"\?\)`},
		"a declaration":       {edge("anna-weber", "is", "Person X"), `unknown relation "is"`},
		"other kind's":        {edge("anna-weber", "payer", "paul-brandt"), "payer belongs to kind"},
		"wrong range":         {edge("anna-weber", "member-of", "gull"), "member-of takes an entity of kind"},
		"no date":             {edge("first-bribe", "date", "last spring"), "date"},
		"31 April":            {edge("first-bribe", "date", "2019-04-31"), "2019-04-31"},
		"no quantity":         {edge("first-bribe", "amount", "a lot"), "a quantity is a number and its unit"},
		"no unit":             {edge("first-bribe", "amount", "20000"), "unit"},
		"unknown code":        {edge("first-bribe", "status", "perhaps"), "unknown status"},
		"unknown stance":      {set("stance", "swears"), "unknown stance"},
		"invented hedge":      {set("hedge", "allegedly"), `its hedge "allegedly" is not in its quote`},
		"blank":               {edge("first-bribe", "status", "???"), "blank"},
		"blank object":        {edge("first-bribe", "payer", "???"), "blank"},
		"missing status":      {edge("first-bribe", "payer", "anna-weber"), "needs"},
		"twice":               {set("edges", []any{map[string]any{"subject": "tidewater", "relation": "same-as", "object": "tidewater"}}), "unknown relation"},
		"no edge":             {set("edges", []any{}), "it states no edge"},
		"edges of words":      {set("edges", "anna-weber owns tidewater"), `it cannot be read: its field "edges" is not of the form that was asked for`},
		"a field more":        {set("confidence", 0.9), `it cannot be read: it has an unknown field "confidence"`},
		"other drafted-by":    {set("drafted-by", ""), `unknown field "drafted-by"`},
		"a number for a name": {entity("police", "id", 7), `no entity of the answer is called "police"`},
		"an unknown field":    {entity("police", "age", 7), `entity 5 cannot be read: it has an unknown field "age"`},
		"control characters":  {edge("first-bribe", "purpose", "a\x1b[31mb"), "cannot be printed"},
		"a sentence's name":   {entity("police", "name", "Both Weber and Brandt deny that any money changed hands"), "its name has more than 7 words of the text"},
		"words in pieces": {set("edges", []any{
			map[string]any{"subject": "police", "relation": "email", "object": "Both Weber and Brandt deny"},
			map[string]any{"subject": "police", "relation": "phone", "object": "that any money changed hands"}}), "more than 7 words of the text in a row"},
		"the annotator's":  {entity("police", "name", "Jane Doe"), `its name "Jane Doe" is not in the text`},
		"an event's words": {entity("first-bribe", "description", "Anna Weber, owner of the dredging firm Tidewater, paid the harbour master"), "more than 7 words of the text"},
	}
}

// A lie is dropped, with its reason, and nothing of it is written.
func TestDraftedLies(t *testing.T) {
	t.Parallel()
	for name, test := range falsehoods() {
		d := drafting(t, courierText(t))
		if err := d.Answer(0, []byte(lie(t, test.change)), draftedBy); err != nil {
			t.Errorf("%s: the answer cannot be read: %v", name, err)
			continue
		}
		file, err := d.File(t.Context())
		if !errors.Is(err, propose.ErrNothingKept) || file != nil || len(d.Dropped) != 1 {
			t.Errorf("%s: %v, %v\n%s", name, err, d.Dropped, file)
			continue
		}
		if why := d.Dropped[0].Why; !regexp.MustCompile(test.why).MatchString(why) {
			t.Errorf("%s: dropped because %q, not %q", name, why, test.why)
		}
	}
}

// A model may say in short what has a short form: the listing offers it, and what it
// makes is what the same sentence makes in a file.
func TestDraftedSentences(t *testing.T) {
	t.Parallel()
	d := drafting(t, courierText(t))
	listed, _ := d.Question(0)
	for _, short := range []string{"in short: ann-lee owns tidewater 40%", " works-for ", " lent "} {
		if !strings.Contains(listed, short) {
			t.Errorf("the listing does not offer %s", short)
		}
	}
	edge := func(subject, relation, object string) any {
		return map[string]any{"subject": subject, "relation": relation, "object": object}
	}
	for _, test := range []struct {
		edges []any
		want  string // in the file, or why it is dropped
	}{
		{[]any{edge("anna-weber", "owns", "tidewater")}, "edges: anna-weber owns tidewater\n"},
		{[]any{edge("anna-weber", "owns", "tidewater 40%, from 2012")}, "edges: anna-weber owns tidewater 40%, from 2012\n"},
		{[]any{edge("paul-brandt", "works-for", "tidewater")}, "edges:\n      paul-brandt: {works-for: tidewater}\n"},
		{[]any{edge("paul-brandt", "works-for", "tidewater, from 2012")}, "edges: paul-brandt works-for tidewater, from 2012\n"},
		{[]any{edge("anna-weber", "bribed", "paul-brandt 20000 EUR, 2019-03"), edge("gull", "capacity", "300 tonnes")}, "edges:\n      - anna-weber bribed paul-brandt 20000 EUR, 2019-03\n      - gull: {capacity: 300 tonnes}\n"},
		{[]any{edge("anna-weber", "was-born", "1970")}, "edges: anna-weber was-born 1970\n"},
		{[]any{edge("anna-weber", "owns", "the-mayor")}, `no entity of the answer is called "the-mayor"`},
		{[]any{edge("anna-weber", "owns", "tidewater 40 percents of: {x}")}, `dropped: .*is not understood here`},
		{[]any{edge("anna-weber", "owns", "")}, "owns takes whom or what"},
		{[]any{edge("gull", "directs", "tidewater")}, "member takes an entity of kind"},
		{[]any{edge("anna-weber", "directs", `tidewater as "any that money changed hands"`)}, "edges: 'anna-weber directs tidewater as \"any that money changed hands\"'\n"},
		{[]any{edge("anna-weber", "directs", `tidewater as "Both Weber and Brandt deny that any money changed hands"`)}, "more than 7 words of the text"},
	} {
		d := drafting(t, courierText(t))
		if err := d.Answer(0, []byte(lie(t, func(_, c map[string]any) { c["edges"] = test.edges })), draftedBy); err != nil {
			t.Fatal(err)
		}
		file, err := d.File(t.Context())
		got := string(file)
		if err != nil {
			got = fmt.Sprint("dropped: ", d.Dropped)
		} else {
			counts(t, file, 1)
		}
		if !strings.Contains(got, test.want) && !regexp.MustCompile(test.want).MatchString(got) {
			t.Errorf("%v: got\n%s\nwant %s", test.edges, got, test.want)
		}
	}
}

// An answer of which nothing can be read is no answer.
func TestUnreadableAnswers(t *testing.T) {
	t.Parallel()
	good := goodAnswer(t)
	for content, want := range map[string]string{
		"": "it is empty", good[:len(good)/2]: "it is broken off|no JSON any more", "Here it is:\n" + good: `it begins with "Here it is`, good + "\nI hope that helps!": "no JSON any more",
		"[" + good + "]": "it is no JSON object", "Sure.\n```json\n" + good + "\n```": `it begins with "Sure`, "```json\n" + good: "it begins with", "```json\n" + good + "\n```\n```json\n" + good + "\n```": "no JSON any more",
		`{"entities": [], "claims": [], "note": ""}`: `it has an unknown field "note"`, `{"entities": []}`: "it has no claims field", `{"entities": [], "claims": [], "claims": []}`: `it has "claims" twice`,
		`{"claims": 7}`: `its field "claims" is not of the form`, "null": "it is no JSON object", "<think>\n" + good: `it begins with "<think>`, "<think>a</think>": "it is empty", good + "</think>": "no JSON any more", "<think>a</think>So: " + good: `it begins with "So:`,
		"{\"claims\": [\"\xff\"]}": "no JSON any more", strings.Repeat(`{"claims":[`, 20000): "no JSON any more",
	} {
		d := drafting(t, courierText(t))
		if err := d.Answer(0, []byte(content), draftedBy); err == nil || !regexp.MustCompile(want).MatchString(err.Error()) || len(err.Error()) > 200 {
			t.Errorf("%.60q: %v, not %s", content, err, want)
		}
	}
	for _, content := range []string{
		"\n```json\n" + good + "\n```\n", "<think>\nIs it {\"claims\": []}?\n</think>\n\n" + good, "<think></think>```json\n" + good + "```",
		"Weber paid, it seems.</think>\n" + good, // the server's template has the mark that opens it
	} {
		d := drafting(t, courierText(t))
		if err := d.Answer(0, []byte(content), draftedBy); err != nil {
			t.Errorf("%.40q: %v", content, err)
		}
	}
}

// Names and values that YAML would take for something else stay what they are.
func TestDraftedNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"a: b", "- x", "--- y", "... z", "{a}", "[b]", "'q'", `"q"`, "#c", "a #c", "true", "null", "~", "1e3", "0x1F", "2019-04-08", "???", "? a", "!t", "&a", "*a", "%TAG", "@x", "`x`", "a, b", "A / B", "N (x)", "N (x", "<<", "|", ">", "동아일보", "é",
	} {
		words := "Here " + name + " left " + "with the ship Gull."
		d := drafting(t, words)
		b, err := json.Marshal(map[string]any{
			"entities": []any{map[string]any{"id": "n", "kind": "Person", "name": name}, map[string]any{"id": "g", "kind": "Organisation", "name": "Gull"}},
			"claims":   []any{map[string]any{"paragraph": 1, "quote": name + " left", "edges": []any{map[string]any{"subject": "n", "relation": "member-of", "object": "g"}}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Answer(0, b, draftedBy); err != nil {
			t.Fatal(err)
		}
		file, err := d.File(t.Context())
		if err != nil {
			if name != document.Blank {
				t.Errorf("%q: %v %v", name, err, d.Dropped)
			}
			continue
		}
		counts(t, file, 1)
		doc, err := data.Read("x", regexp.MustCompile(`(?m)^    drafted-by: .*\n`).ReplaceAll(file, nil), draftOntology(), schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		if quads := fmt.Sprint(doc.Quads()); !strings.Contains(quads, fmt.Sprintf("%q", name)) {
			t.Errorf("%q is no name any more:\n%s", name, file)
		}
	}
}

// Thousands of claims, good and bad, take seconds and not minutes.
func TestManyDrafts(t *testing.T) {
	t.Parallel()
	var words, claims strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&words, "The ship N%d met Gull once. ", i)
		if i%30 == 29 {
			words.WriteString("\n\n")
		}
		if i > 0 {
			claims.WriteString(",")
		}
		quote := fmt.Sprintf("The ship N%d met Gull once.", i)
		if i%2 == 1 {
			quote = fmt.Sprintf("The ship N%d never met Gull.", i)
		}
		fmt.Fprintf(&claims, `{"paragraph": 0, "quote": %q, "edges": [{"subject": "g", "relation": "member-of", "object": "h"}]}`, quote)
	}
	d := drafting(t, words.String())
	for part := range d.Parts() {
		if part == 0 {
			if err := d.Answer(part, []byte(`{"entities": [{"id": "g", "kind": "Person", "name": "Gull"}, {"id": "h", "kind": "Organisation", "name": "The ship"}], "claims": [`+claims.String()+`]}`), draftedBy); err != nil {
				t.Fatal(err)
			}
		}
	}
	file, err := d.File(t.Context())
	if err != nil || d.Kept() != 1500 || d.Proposed != 3000 {
		t.Fatalf("%v: %d of %d kept", err, d.Kept(), d.Proposed)
	}
	counts(t, file, 1500)
}
