package claimsfile

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/internal/testsize"
	"kg/schema"
)

const aloneFile = `source:
  id: courier
  sha256: 28c244c4332d9e9a84d4d8f0bb76dbb07e2f6ea8370603fe987d852859114eaa
  characters: 575
  title: A list
  publisher: courier
  annotator: reader
  date: 2019-04-08
  language: en
entities:
  courier: NewsMedia The Courier
  reader: Person Reader
  ann: {kind: Person, name: Ann}
  bob: {kind: Person, name: Bob, also: [Bobby], same-as: "kg:person/robert"}
  gift: {kind: Payment, description: A payment}
  loan: Payment (Another one)
claims:
  first:
    says: Ann paid Bob.
    speaker: ann
    at: {paragraph: 1, start: 29, end: 169, sha256: 6bed384f343e3a959e36c58f9becd7be46e93184da4eb63df2265a94f1cd6cc6}
    edges:
      gift: {payer: ann, recipient: bob, amount: {value: 1, unit: EUR}, date: 2019-03, status: done}
  second:
    stance: alleges
    hedge: perhaps
    via: [bob]
    at: 1:30-170 6bed384f343e3a959e36c58f9becd7be46e93184da4eb63df2265a94f1cd6cc6
    note: The sum is a guess.
    edges:
      loan: {payer: bob, recipient: [ann, reader], amount: 20 EUR, date: {edtf: 2019-03-02, printed: Saturday}, status: done}
skipped:
  - {at: 1:3-5 6bed384f343e3a959e36c58f9becd7be46e93184da4eb63df2265a94f1cd6cc6, why: It says nothing.}
`

// read reads a claims file with its claims one by one, or all together, which is how a
// file is read whose claims rest on each other.
func readAlone(t *testing.T, file string, o *schema.Ontology, together bool) ([]quad.Quad, string) {
	t.Helper()
	r := strict.NewReport("claims", "x.yaml")
	fields, err := Parse([]byte(file), r, "source", "entities", "claims")
	if err != nil {
		return nil, err.Error()
	}
	d := fields.begun()
	readClaims(d, fields["claims"], !together && eachAlone(fields["claims"]))
	c, err := document.Check(o, d, schema.DefaultBase, r)
	if err != nil {
		return nil, err.Error()
	}
	return c.Quads(), ""
}

// Claims that are checked one by one while they are read have the quads, and the
// mistakes in their order, that they have together.
func sameAlone(t *testing.T, file string, o *schema.Ontology) (mistakes string) {
	t.Helper()
	want, wrong := readAlone(t, file, o, true)
	got, mistakes := readAlone(t, file, o, false)
	if mistakes != wrong {
		t.Fatalf("one by one it says\n%s\nand together\n%s\nof\n%s", mistakes, wrong, file)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%d quads one by one and %d together of\n%s", len(got), len(want), file)
	}
	return mistakes
}

func TestEachAlone(t *testing.T) {
	t.Parallel()
	o := aloneOntology(t)
	if m := sameAlone(t, aloneFile, o); m != "" {
		t.Fatal(m)
	}
	for _, change := range [][2]string{ // that make claims rest on each other, or a file a draft
		{"speaker: ann", "speaker: [ann, bob]"}, {"gift: {payer", "gift: {is: Payment (It), payer"}, {"    note: The", "    derived-from: [first]\n    note: The"},
		{"    note: The", "    drafted-by: x\n    note: The"}, {"    note: The", "    see: https://e.x/\n    note: The"},
		{"at: 1:30-170 6bed", "at: words of the text 6bed"}, {"      loan: {", "      - loan: {"}, {"    hedge: perhaps\n", "    hedged: perhaps\n"},
	} {
		file := strings.Replace(aloneFile, change[0], change[1], 1)
		if file == aloneFile {
			t.Fatalf("%q is not there", change[0])
		}
		n := strict.Parse([]byte(file), strict.NewReport("", ""))
		if eachAlone(n.Child("claims")) {
			t.Errorf("with %q each claim can be checked by itself", change[1])
		}
		sameAlone(t, file, o)
	}
	n := strict.Parse([]byte(aloneFile), strict.NewReport("", ""))
	if !eachAlone(n.Child("claims")) {
		t.Error("plain claims are read together")
	}
}

// Mistakes anywhere in a file are reported alike by both ways of checking.
func TestMistakesAlone(t *testing.T) {
	t.Parallel()
	o := aloneOntology(t)
	words := strings.FieldsFunc(aloneFile, func(r rune) bool { return strings.ContainsRune(" \n{}[],", r) })
	lines := strings.SplitAfter(aloneFile, "\n")
	wrong := map[string]bool{}
	for seed := range testsize.Of[uint64](50, 3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		file := aloneFile
		for range 1 + r.IntN(3) {
			switch r.IntN(3) {
			case 0: // one word for another
				file = strings.Replace(file, words[r.IntN(len(words))], words[r.IntN(len(words))], 1+r.IntN(2))
			case 1: // a line less
				file = strings.Replace(file, lines[r.IntN(len(lines))], "", 1)
			default: // a line twice
				line := lines[r.IntN(len(lines))]
				file = strings.Replace(file, line, line+line, 1)
			}
		}
		wrong[sameAlone(t, file, o)] = true
	}
	if len(wrong) < testsize.Of(15, 1000) {
		t.Errorf("only %d different mistakes were tried", len(wrong))
	}
}

// So are files of many claims, which are checked side by side: what one states of an
// entity far away in the file, what is wrong with some of them, and ids that come twice.
func TestManyAlone(t *testing.T) {
	t.Parallel()
	o := aloneOntology(t)
	head, _, _ := strings.Cut(aloneFile, "  gift:")
	for seed := range testsize.Of[uint64](2, 6) {
		r := rand.New(rand.NewPCG(seed, 2))
		const claims = 2*document.BatchSize + 100
		var events, said strings.Builder
		wrong := 0
		for i := range claims {
			fmt.Fprintf(&events, "  pay-%d: Payment (Number %[1]d)\n", i)
			id, payer, status, stance := fmt.Sprint("c-", i), "ann", "done", "asserts"
			if seed > 0 && r.IntN(50) == 0 {
				wrong++
				switch r.IntN(4) {
				case 0:
					id = fmt.Sprint("c-", r.IntN(i+1))
				case 1:
					payer = "nobody"
				case 2:
					status = "odd"
				default: // found while the claim is read, not while it is checked
					stance = "[odd, odder]"
				}
			}
			far := (i + claims/2) % claims
			fmt.Fprintf(&said, "  %s:\n    at: 1:%d-%d %s\n    stance: %s\n    edges:\n      pay-%d: {payer: %s, amount: %d EUR, date: 2019}\n      pay-%d: {recipient: bob, status: %s}\n",
				id, i%500, i%500+9, strings.Repeat("0", 64), stance, i, payer, i, far, status)
		}
		m := sameAlone(t, head+events.String()+"claims:\n"+said.String(), o)
		if (m == "") != (wrong == 0) || wrong > 0 && strings.Count(m, "\n") < wrong/2 {
			t.Errorf("seed %d: of %d mistakes these are told:\n%s", seed, wrong, m)
		}
	}
}

func FuzzEachAlone(f *testing.F) {
	o := aloneOntology(f)
	f.Add(aloneFile)
	f.Add(strings.Replace(aloneFile, "claims:\n  first:", "claims:\n  - id: first", 1))
	f.Fuzz(func(t *testing.T, file string) { sameAlone(t, file, o) })
}

func aloneOntology(t testing.TB) *schema.Ontology {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(fmt.Errorf("reading the kinds: %w", err))
	}
	return o
}
