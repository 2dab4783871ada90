package queries_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

func empty(t *testing.T, v *graph.View, q *queries.Query, args ...string) *queries.Empty {
	t.Helper()
	params, err := q.Bind(context.Background(), v, args)
	if err != nil {
		t.Fatal(err)
	}
	res, err := q.Run(context.Background(), v, params)
	if err != nil || len(res.Rows) > 0 {
		t.Fatalf("%v has %d rows, %v", args, len(res.Rows), err)
	}
	e, err := q.Empty(context.Background(), v, params, res)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What is proposed in the place of a value without an answer has one, for every
// question and every entity of the article that has none itself.
func TestInsteadHasAnAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("asks every question many times")
	}
	t.Parallel()
	v, _ := views(t, "donga-2008-04-04.yaml")
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	proposed := 0
	for _, name := range set.Names() {
		q := set[name]
		if name == "denials" || name == "listed" {
			continue // the article has no denial; and a source, which no row has, is no value to propose
		}
		for _, word := range []string{"Macau", "United States", "Snake liquor"} {
			arg := q.Params[0].Name + "=" + word
			params, err := q.Bind(context.Background(), v, []string{arg})
			if err != nil {
				continue // of another kind
			}
			if res, err := q.Run(context.Background(), v, params); err != nil || len(res.Rows) > 0 {
				continue
			}
			e := empty(t, v, q, arg)
			if !strings.HasPrefix(e.Why, "no row has ") || !strings.HasSuffix(e.Why, `as "`+q.Params[0].Role()+`"`) || len(e.Instead) == 0 {
				t.Errorf("%s %s: %q, instead %v", name, arg, e.Why, e.Instead)
			}
			for _, cell := range e.Instead {
				proposed++
				params[e.Param] = cell.Value
				if res, err := q.Run(context.Background(), v, params); err != nil || len(res.Rows) == 0 {
					t.Errorf("%s %s: %s is proposed and has no answer, %v", name, arg, cell.Text, err)
				}
			}
		}
	}
	if proposed < 40 {
		t.Errorf("only %d values were proposed", proposed)
	}
}

// What is joined to a value comes before anything else.
func TestInsteadIsNear(t *testing.T) {
	t.Parallel()
	v, _ := views(t, "donga-2008-04-04.yaml")
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for call, want := range map[string]string{
		"timeline involving=Macau":              "North Korea's account at Banco Delta Asia",
		"bribes party=slavyanka-shipyard":       "The captain of a North Korean freight ship",
		"embassies country=Russia":              "North Korea",
		"sources speaker=governor-of-primorsky": "Sergei Darkin",
	} {
		name, arg, _ := strings.Cut(call, " ")
		if e := empty(t, v, set[name], arg); len(e.Instead) == 0 || e.Instead[0].Text != want {
			t.Errorf("%s: %+v, want %s first", call, e, want)
		}
	}
}

// No path, nothing joined and all denied are told apart.
func TestWhyThereIsNoAnswer(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	v := viewOf(t, o, strings.ReplaceAll(`
source: {id: talks, title: T, publisher: p, annotator: p, date: 2020-05-04, language: en, characters: 9, sha256: §}
entities:
  p: {kind: NewsMedia, name: P}
  ann: {kind: Person, name: Ann Lee}
  bob: {kind: Person, name: Bob}
  talks: {kind: Meeting, name: Talks}
  deal: {kind: Sale, name: Deal}
claims:
  met: {says: Bob met somebody., at: {paragraph: 1, start: 0, end: 9, sha256: §}, edges: {talks: {participant: bob, status: done}, deal: {buyer: bob, status: done}}}
  not-met: {says: It was not her., speaker: ann, stance: denies, at: {paragraph: 1, start: 0, end: 9, sha256: §}, edges: {talks: {participant: ann}}}
`, "§", strings.Repeat("0", 64)))
	const head = "/** Who takes part?\n * @param {entity} [who] - who takes part; anybody if absent\n * @columns who, event\n */\n"
	for text, why := range map[string]string{
		`g.V(who).tag("who").in(g.IRI("kgo:participant"))`:                                                                          "the path was never run; end it with .all()",
		`g.V(who).tag("who").in(g.IRI("kgo:participant")).tag("event").has(g.IRI("kgo:participant"), g.IRI("kg:person/bob")).all()`: "what would answer is denied by Ann Lee, and nobody asserts it",
		`g.V(who).tag("who").in(g.IRI("kgo:payer")).tag("event").all()`:                                                             `nothing in the graph answers "Who takes part?", with Ann Lee as "who takes part"`,
		`(who ? g.V(who) : g.V()).tag("who").in(g.IRI("kgo:buyer")).tag("event").all()`:                                             `no row has Ann Lee as "who takes part"`,
	} {
		q, err := queries.Parse("parts", "parts.js", head+text)
		if err != nil {
			t.Fatal(err)
		}
		if e := empty(t, v, q, "who=Ann Lee"); e.Why != why {
			t.Errorf("%s: %q, want %q", text, e.Why, why)
		}
	}
	for text, why := range map[string]string{
		`g.V(g.IRI("kg:person/ann"))`:                                    "the path was never run; end it with .all()",
		`g.V(g.IRI("kg:person/ann")).in(g.IRI("kgo:participant")).all()`: "what is joined in this way is denied, and nobody asserts it",
		`g.V(g.IRI("kg:person/ann")).in(g.IRI("kgo:buyer")).all()`:       "nothing in the graph is joined in this way",
	} {
		res, err := queries.Text(text).Run(context.Background(), v, false, 0)
		if err != nil || len(res.Rows) > 0 {
			t.Fatal(res, err)
		}
		if e, err := queries.Text(text).Empty(context.Background(), v, res); err != nil || e.Why != why {
			t.Errorf("%s: %q, %v, want %q", text, e.Why, err, why)
		}
	}
}

func TestCall(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"kg query bribes":                             nil,
		`kg query bribes party="North Korea" n=2`:     {"party=North Korea", "n=2"},
		`kg query bribes party="Weber's"`:             {"party=Weber's"},
		`kg query bribes party='5 $ "x" Weber'\''s'`:  {`party=5 $ "x" Weber's`},
		"kg query bribes party=kg:person/kim-jong-il": {"party=kg:person/kim-jong-il"},
	} {
		if got := (&queries.Query{Name: "bribes"}).Call(args...); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// The meanings of the embedded questions fit the places where they are shown: as
// the label of a field, and after a value, "as who pays or is paid".
func TestMeanings(t *testing.T) {
	t.Parallel()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range set {
		for _, p := range q.Params {
			if p.Role() == p.Name || strings.ContainsAny(p.Role(), ";.:") || !strings.HasSuffix(p.Absent(), " if absent") {
				t.Errorf("%s: parameter %s is %q, %q", name, p.Name, p.Role(), p.Absent())
			}
			if p.Type != "entity" && o.Kind(p.Type) == nil {
				t.Errorf("%s: parameter %s is of no kind", name, p.Name)
			}
			help := q.Help()
			if words := strings.Join(strings.Fields(help), " "); !strings.Contains(words, p.Meaning) || !strings.HasPrefix(words, q.Question) {
				t.Errorf("%s: the help is\n%s", name, help)
			} else if strings.Contains(help, "default: "+p.Default+"\n") != (p.Default != "") {
				t.Errorf("%s: parameter %s has the default %q, and the help is\n%s", name, p.Name, p.Default, help)
			}
			described, _, _ := strings.Cut(help, "\nExamples:")
			for line := range strings.Lines(described) {
				if utf8.RuneCountInString(line) > 81 {
					t.Errorf("%s: more than 80 columns: %s", name, line)
				}
			}
		}
	}
}
