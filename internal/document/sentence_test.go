package document_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/suggest"
	"kg/schema"
)

const sentenceFile = `source:
  id: s
  title: T
  publisher: paper
  annotator: paper
  date: 2019-04-08
  language: en
entities:
  paper: {kind: NewsMedia, name: The Paper}
  ann: {kind: Person, name: Ann Lee}
  bo: {kind: Person, name: Bo Kim}
  clerk: {kind: Person, description: A clerk}
  firm: {kind: Company, name: Firm}
  town: {kind: City, name: Town}
  norway: {kind: Country, name: Norway}
  gull: {kind: Vessel, name: Gull}
  cook: {kind: Occupation, name: Cook}
  mayor: {kind: Post, name: Mayor}
  court: {kind: Court, name: The Court}
  case: {kind: CourtCase, description: The case}
claims:
  c:
    says: It is so.
    see: https://example.org/
    edges:
`

// quadsOf are the sorted quads of sentenceFile with edges behind it, without what
// is said of the event's description, which a sentence makes itself.
func quadsOf(t testing.TB, o *schema.Ontology, edges string) (list []string, err error) {
	t.Helper()
	c, err := data.Read("x.yaml", []byte(sentenceFile+edges+"      case: {status: done}\n"), o, schema.DefaultBase)
	if err != nil {
		return nil, err
	}
	for _, q := range c.Quads() {
		if q.Predicate != schema.Description {
			list = append(list, q.NQuad())
		}
	}
	slices.Sort(list)
	return list, nil
}

// The long form's unit may have the scale or the sign that a sentence has: it is the
// same sum.
func TestScaledUnits(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	for _, number := range []string{"0", "3", "-2", "2.5", "0.0004", "123456.789"} {
		for _, unit := range []string{"thousand EUR", "million EUR", "billion tons"} {
			short, err := quadsOf(t, o, "      e: {is: Payment (E), payer: ann, status: done, amount: "+number+" "+unit+"}\n")
			if err != nil {
				t.Fatal(err)
			}
			long, err := quadsOf(t, o, "      e: {is: Payment (E), payer: ann, status: done, amount: {value: "+number+", unit: "+unit+"}}\n")
			if err != nil || !slices.Equal(short, long) {
				t.Errorf("%s %s: error %v, quads\n%s\nbut the short form has\n%s", number, unit, err, strings.Join(long, "\n"), strings.Join(short, "\n"))
			}
		}
	}
	for long, short := range map[string]string{
		`{min: 2, max: 3.5, unit: million EUR, approximate: true}`:               "about 2-3.5 million EUR",
		`{value: 40, unit: "%", of: {value: 2, unit: million EUR}}`:              "40% of 2 million EUR",
		`{value: 2, unit: million EUR, same-sum: {value: 3, unit: million USD}}`: "2 million EUR = 3 million USD",
		`{value: 1, unit: million}`:                                              `{value: 1, unit: million}`,
	} {
		want, err := quadsOf(t, o, "      e: {is: Payment (E), payer: ann, status: done, amount: "+short+"}\n")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := quadsOf(t, o, "      e: {is: Payment (E), payer: ann, status: done, amount: "+long+"}\n"); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: error %v, quads\n%s\nbut %s has\n%s", long, err, strings.Join(got, "\n"), short, strings.Join(want, "\n"))
		}
	}
}

// A sentence is the same as the long form beside it, quad by quad.
func TestSentences(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	for short, long := range map[string]string{
		"ann owns firm 40%":                                                           "is: Ownership (E), owner: ann, owned: firm, share: {value: 40, unit: percent}, status: ongoing",
		"ann pays bo 20000 EUR, 2019-03":                                              "is: Payment (E), payer: ann, recipient: bo, amount: {value: 20000, unit: EUR}, date: 2019-03, status: ongoing",
		"ann paid bo 2.5 million EUR = 3 million USD in town":                         "is: Payment (E), payer: ann, recipient: bo, amount: {value: 2500000, unit: EUR, same-sum: {value: 3000000, unit: USD}}, located-in: town, status: done",
		"ann bribed bo about 400-500 USD per worker per month":                        "is: Bribe (E), payer: ann, recipient: bo, amount: {min: 400, max: 500, unit: USD, per: worker, period: month, approximate: true}, status: done",
		"ann paid bo (a large sum) planned":                                           "is: Payment (E), payer: ann, recipient: bo, amount: {printed: a large sum}, status: planned",
		"ann paid bo 2019":                                                            "is: Payment (E), payer: ann, recipient: bo, date: 2019, status: done",
		"ann paid bo 2019-04-07 (Sunday, resolved)":                                   "is: Payment (E), payer: ann, recipient: bo, date: {edtf: 2019-04-07, printed: Sunday, resolved: true}, status: done",
		"ann holds mayor from 2012":                                                   "is: Tenure (E), incumbent: ann, post: mayor, date: 2012/.., status: ongoing",
		"ann held mayor from 2012 to 2018":                                            "is: Tenure (E), incumbent: ann, post: mayor, date: 2012/2018, status: done",
		"ann works-for firm as cook from 2012":                                        "is: Employment (E), employee: ann, employer: firm, employed-as: cook, date: 2012/.., status: ongoing",
		"firm hired ann 2012":                                                         "is: Employment (E), employee: ann, employer: firm, date: 2012, status: done",
		`ann member-of firm as "treasurer"`:                                           "is: Membership (E), member: ann, organisation: firm, role: treasurer, status: ongoing",
		"ann lent firm 3 million EUR collateral gull due 2025":                        "is: Loan (E), payer: ann, recipient: firm, amount: {value: 3000000, unit: EUR}, collateral: gull, due: 2025, status: done",
		"court convicted ann in-case case":                                            "is: Verdict (E), given-by: court, verdict-on: ann, verdict: convicted, in-case: case, status: done",
		"court sentenced ann 3 years":                                                 "is: Sentence (E), given-by: court, sentenced: ann, term: {value: 3, unit: years}, status: done",
		"court fined ann 300 EUR":                                                     "is: Fine (E), imposed-by: court, fined: ann, amount: {value: 300, unit: EUR}, status: done",
		"ann pleaded not-guilty":                                                      "is: Plea (E), pleader: ann, plea: not-guilty, status: done",
		`court charged ann charged-with "fraud and theft"`:                            "is: Charge (E), charged-by: court, charged: ann, charged-with: fraud and theft, status: done",
		"ann was-born 1970-05 in town":                                                "is: Birth (E), born: ann, date: 1970-05, located-in: town, status: done",
		"firm was-dissolved 2020":                                                     "is: Dissolution (E), dissolved: firm, date: 2020, status: done",
		`firm incorporated-in norway registered-agent bo registration-number "12 34"`: `is: Incorporation (E), incorporated: firm, jurisdiction: norway, registered-agent: bo, registration-number: 12 34, status: done`,
		"ann is-married-to bo":                                                        "is: Kinship (E), relative: ann, relative-of: bo, kinship: spouse, status: ongoing",
		"Hospitality (E) host ann guest bo, 2019 terms \"free of charge\" ongoing":    "is: Hospitality (E), host: ann, guest: bo, date: 2019, terms: free of charge, status: ongoing",
		"bo fronts-for ann firm":                                                      "is: NomineeHolding (E), owner: bo, held-for: ann, owned: firm, status: ongoing",
		"ann rents gull 1000 EUR per month":                                           "is: Lease (E), lessee: ann, leased: gull, rent: {value: 1000, unit: EUR, period: month}, status: ongoing",
	} {
		want, err := quadsOf(t, o, "      e: {"+long+"}\n")
		if err != nil {
			t.Errorf("%s: %v", long, err)
			continue
		}
		got, err := quadsOf(t, o, "      e: '"+short+"'\n")
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", short, err, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for short, long := range map[string]string{ // edges without an event
		"ann works-for firm":     "works-for: firm",
		"ann member-of firm":     "member-of: firm",
		"ann holds mayor":        "holds: mayor",
		"ann nationality norway": "nationality: norway",
		"ann age 39 years":       "age: {value: 39, unit: years}",
		`ann phone "+47 1" nationality norway works-for firm`: `phone: "+47 1", nationality: norway, works-for: firm`,
		`ann phone "+47 1"`:                             `phone: "+47 1"`,
		"ann worth about 3 billion EUR (some billions)": "worth: {value: 3000000000, unit: EUR, approximate: true, printed: some billions}",
		"ann count 58 cars of 70 cars":                  "count: {value: 58, unit: cars, of: {value: 70, unit: cars}}",
	} {
		want, err := quadsOf(t, o, "      ann: {"+long+"}\n")
		if err != nil {
			t.Errorf("%s: %v", long, err)
			continue
		}
		file := strings.Replace(sentenceFile, "    edges:\n", "    edges:\n      - '"+short+"'\n", 1)
		c, err := data.Read("x.yaml", []byte(file+"      - case: {status: done}\n"), o, schema.DefaultBase)
		if err != nil {
			t.Errorf("%s: %v", short, err)
			continue
		}
		var list []string
		for _, q := range c.Quads() {
			if q.Predicate != schema.Description {
				list = append(list, q.NQuad())
			}
		}
		slices.Sort(list)
		if !slices.Equal(list, want) {
			t.Errorf("%s:\n%s\nwant\n%s", short, strings.Join(list, "\n"), strings.Join(want, "\n"))
		}
	}
}

// A word outside the grammar is refused at its position.
func TestSentenceMistakes(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	for short, want := range map[string]string{
		"ann own firm":                      `27:14: unknown verb "own" (did you mean "owns"?)`,
		"ann kickback bo":                   `27:14: unknown verb "kickback": Bribe is an event of its own, such as: tidewater bribed blue-line 20000 EUR`,
		"ann frobnicates bo":                `27:14: unknown verb "frobnicates": kg kinds lists what can be said`,
		"ann paid":                          `27:18: paid takes whom or what: tidewater paid blue-line 20000 EUR`,
		"ann paid boo":                      `27:19: unknown entity "boo" (did you mean "bo"?)`,
		"ann paid bo 5000 2019":             `27:27: this sentence has two of date: a sum needs its unit behind it, and an event has one date`,
		"ann paid bo 5000 EUR 2019-13":      `27:31: "2019-13" is not understood here: here may stand a date, from and to`,
		"ann paid bo 1.000 EUR":             `27:22: 1.000 may be read as thousands or as thousandths: write 1000, or 1.0000`,
		"ann paid bo 20-20.000 EUR":         `27:22: 20.000 may be read as thousands`,
		"ann paid bo 12,000 EUR":            `27:22: a number is written with digits alone, such as 12000 or 2.5, not "12,000"`,
		"ann paid bo plannd":                `27:22: "plannd" is not understood here (did you mean "planned"?): here may stand the amount, a date`,
		"ann paid bo from gull":             `27:27: "from" takes a date such as 2019-03, not "gull"`,
		"ann paid bo in":                    `27:24: "in" leads to an entity of kind Place, and nothing follows`,
		"ann paid bo (some":                 `27:22: ( is opened here and not closed`,
		"ann paid bo about":                 `27:27: a quantity is a number and its unit`,
		"ann paid bo 5 EUR = ":              `27:29: behind = stands the same sum in another currency`,
		"ann holds mayor from 2012 to 2018": `27:26: holds says that it lasts, and it ended by 2018-12-31, before the source was published: write held, or done behind it`,
		"ann holds mayor from 2018 to 2012": `27:26: "2018/2012" is no EDTF date: the interval runs the wrong way round`,
		"ann owns":                          `27:18: owns takes whom or what`,
		"Person (A man) age 5":              `27:10: a sentence makes an event, and Person is no kind of events: declare it among the entities`,
		"Meeting (They met)":                `27:10: an event that begins with its kind needs an id before it`,
		"ann":                               `27:10: a sentence has a subject and a verb`,
		"ann nationality norway town":       `27:33: "town" is no relation of Person`,
		"ann nationality bo":                `nationality takes an entity of kind Country, and "bo" is of kind Person`,
		"gull paid bo imo 5":                `27:23: "imo" is not understood here`,
	} {
		file := strings.Replace(sentenceFile, "    edges:\n", "    edges:\n\n      - '"+short+"'\n", 1)
		_, err := data.Read("x.yaml", []byte(file+"      - case: {status: done}\n"), o, schema.DefaultBase)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v\nwant %s", short, err, want)
		}
	}
}

// Each kind's sentences are such as it says itself: its own example is accepted.
func TestSentenceExamples(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	for _, verb := range o.Verbs() {
		s := o.Verb(verb)
		example := suggest.Sentence(s)
		var entities strings.Builder
		declared := map[string]bool{}
		add := func(rel *schema.Relation, id string) {
			if rel != nil && rel.Range != nil && len(rel.Range.Codes) == 0 && rel.Range.IRI != schema.QuantityClass && !declared[id] {
				declared[id] = true
				fmt.Fprintf(&entities, "  %s: %s (X)\n", id, concrete(o, rel.Range))
			}
		}
		words := strings.Fields(example)
		add(s.Subject, words[0])
		if s.Object != nil {
			add(s.Object, words[2])
		}
		for i, rel := range s.Then {
			add(rel, words[3+i])
		}
		for word, rel := range s.After {
			add(rel, words[slices.Index(words, word)+1])
		}
		file := "source: {id: s, title: T, publisher: p, annotator: p, date: 2019-04-08, language: en}\nentities:\n  p: Person P\n" + entities.String() +
			"claims:\n  - see: https://example.org/\n    edges: '" + example + "'\n"
		if _, err := data.Read("x.yaml", []byte(file), o, schema.DefaultBase); err != nil && !strings.Contains(err.Error(), "and no claim states it") {
			t.Errorf("%s: %v", example, err)
		}
	}
}

// concrete is a kind within another that entities can be of.
func concrete(o *schema.Ontology, k *schema.Kind) string {
	for _, other := range o.Kinds() {
		if other.Within(k) && !other.Abstract && len(other.Codes) == 0 {
			return other.Name
		}
	}
	return k.Name
}

// Any sentence is refused with a position, or makes complete quads.
func FuzzSentence(f *testing.F) {
	for _, seed := range []string{
		"ann owns firm 40%", "ann paid bo 2.5 million EUR = 3 USD in town", "ann bribed bo about 400-500 USD per worker per month (some)",
		"ann paid bo 2019-04-07 (Sunday, resolved)", "ann holds mayor from 2012 to 2018", `ann member-of firm as "x y"`, "ann age 39 years of 40 years",
		"ann paid bo ,", "(", `"`, "ann was-born", "ann paid bo of", "a b c d",
	} {
		f.Add(seed)
	}
	o := datatest.Ontology(f)
	f.Fuzz(func(t *testing.T, sentence string) {
		file := strings.Replace(sentenceFile, "    edges:\n", fmt.Sprintf("    edges:\n      - %q\n", sentence), 1)
		c, err := data.Read("x.yaml", []byte(file+"      - case: {status: done}\n"), o, schema.DefaultBase)
		if err != nil {
			return
		}
		for _, q := range c.Quads() {
			if q.Label == nil || q.Subject == nil || q.Object == nil {
				t.Errorf("%q makes %v", sentence, q)
			}
		}
	})
}
