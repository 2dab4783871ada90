package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/graph/internal/search"
	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
	"kg/schema"
)

const namesBase = schema.Base("https://kg.example/")

var nameWords = []string{"Kim", "KIM", "kim", "Jong", "Il", "Jong-Il", "Zoë", "zoe", "Delta", "Asia", "DeltaAsia", "de", "la", "—", "!!", "동아", "동아일보",
	"İstanbul", "Straße", "embassy", "embasy", "bank", "Bank", "Banco", "captain", "1234", "123", "12", "persons", "person", "o'Neil", "Ｗide", "a", "ab", "abc"}

func someName(r *rand.Rand) string {
	var b strings.Builder
	for i := range 1 + r.IntN(4) {
		if i > 0 {
			b.WriteString([]string{" ", " ", "-", ", ", ""}[r.IntN(5)])
		}
		b.WriteString(nameWords[r.IntN(len(nameWords))])
	}
	return b.String()
}

// someQuads are quads about things with names, of kinds, of sources and claims.
func someQuads(r *rand.Rand, count int) (list []quad.Quad) {
	kinds := []quad.IRI{"https://e.x/Person", "https://e.x/Bank", "https://e.x/Company", "https://e.x/Loan", schema.SourceClass, schema.ClaimClass, schema.Class, schema.Parts[0]}
	add := func(s, p quad.IRI, o quad.Value, l quad.IRI) {
		list = append(list, quad.Quad{Subject: s, Predicate: p, Object: o, Label: l})
	}
	for range count {
		source := namesBase.Source(fmt.Sprint("s", r.IntN(5)))
		node := quad.IRI(fmt.Sprintf("https://e.x/%s/%d", []string{"person", "bank", "kim-jong-il", "x#Zoe"}[r.IntN(4)], r.IntN(count/2)))
		kind := kinds[r.IntN(len(kinds))]
		switch {
		case r.IntN(3) == 0:
			node = namesBase.Claim(string(source)[len(namesBase)+len("source/"):], fmt.Sprint("c", r.IntN(count/4)))
			kind = schema.ClaimClass
		case r.IntN(20) == 0:
			node, kind = source, schema.SourceClass
		}
		switch r.IntN(8) {
		case 0, 1:
			add(node, schema.Type, kind, source)
		case 2, 3:
			predicate := append(slices.Clone(schema.Naming), schema.AltLabel, schema.Description)
			add(node, predicate[r.IntN(len(predicate))], quad.String(someName(r)), source)
		case 4:
			add(node, schema.Label, quad.LangString{Value: quad.String(someName(r)), Lang: "de"}, source)
		case 5:
			add(node, []quad.IRI{schema.Comment, schema.Note}[r.IntN(2)], quad.String(someName(r)+" "+someName(r)), source)
		case 6:
			add(node, schema.FromSource, source, source)
		default:
			claim := namesBase.Claim(string(source)[len(namesBase)+len("source/"):], fmt.Sprint("c", r.IntN(count/4)))
			add(node, "https://e.x/knows", quad.IRI(fmt.Sprintf("https://e.x/person/%d", r.IntN(9))), claim)
		}
	}
	return list
}

// largeStore is a store with names and so many nodes that it has a file of them.
func largeStore(t testing.TB, r *rand.Rand) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kg.db")
	list := someQuads(r, 4000)
	for child, parent := range map[quad.IRI]quad.IRI{"https://e.x/Bank": "https://e.x/Company", "https://e.x/Loan": schema.EventKind} {
		list = append(list, quad.Quad{Subject: child, Predicate: schema.SubClassOf, Object: parent, Label: schema.OntologyIRI},
			quad.Quad{Subject: child, Predicate: schema.Label, Object: quad.String(schema.IRI(child).LastPart()), Label: schema.OntologyIRI})
	}
	for i := range int(index.MostNameless) {
		list = append(list, quad.Quad{Subject: quad.IRI("https://e.x/hub"), Predicate: quad.IRI("https://e.x/has"), Object: quad.Int(i), Label: quad.IRI("https://e.x/g")})
	}
	var text []byte
	for _, q := range list {
		var err error
		if text, err = nquads.AppendQuad(text, q); err != nil {
			t.Fatal(err)
		}
	}
	file := QuadsFile{Name: "x.nq", Format: NQuads, Size: int64(len(text)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
	warn := func(err error) { t.Error(err) }
	s, err := Create(path, warn)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.LoadQuads(context.Background(), []QuadsFile{file}, LoadOptions{Base: namesBase})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// unfiled returns a view of the same graph without the file of names.
func unfiled(v *View) *View {
	names := index.New(v.names.Whole, v.names.Naming, new(index.LastFile), v.names.Foreign)
	names.Broken = true
	return v.beside(v.qs, v.denials, names)
}

// allOf are all of an order.
// allOf returns all of a kind, from two pages.
func allOf(ctx context.Context, v *View, kind string) ([]quad.IRI, error) {
	first, all, err := v.OfKind(ctx, kind, 0, 3)
	rest, again, err2 := v.OfKind(ctx, kind, len(first), all+1)
	list := append(first, rest...)
	if err == nil && err2 == nil && (again != all || len(list) != all) {
		err = fmt.Errorf("%q has %d, then %d, and the pages %d", kind, all, again, len(list))
	}
	return list, errors.Join(err, err2)
}

// asks is what can be asked for names: all that is answered, errors too.
func asks(t *testing.T, v *View, words []string) (answers []any) {
	t.Helper()
	ctx := context.Background()
	note := func(what string, answer ...any) { answers = append(answers, append([]any{what}, answer...)) }
	for i, text := range words {
		o := FindOptions{Terms: i%3 == 1, Texts: i%3 == 2, Limit: []int{0, 1, 7, 100}[i%4], Kind: []string{"", "", "entity", "Company", "Person"}[i%5]}
		found, all, err := v.FindAll(ctx, text, o)
		note(text, i%3, found, all, fmt.Sprint(err))
		one, err := v.FindOf(ctx, text, o.Kind)
		note(text, one, fmt.Sprint(err))
	}
	count, err := v.Entities(ctx)
	kinds, err2 := v.KindCounts(ctx)
	banks, err3 := allOf(ctx, v, "Company")
	things, err5 := allOf(ctx, v, "entity")
	entities, err6 := allOf(ctx, v, "")
	again, err7 := allOf(ctx, v, "") // which is kept now, and so are the others
	banksAgain, err8 := allOf(ctx, v, "Company")
	note("kept", slices.Equal(entities, again), slices.Equal(banks, banksAgain), fmt.Sprint(errors.Join(err7, err8)))
	name, err4 := v.KindName(ctx, "https://e.x/Bank")
	note("kinds", count, len(entities) == count, kinds, banks, things, entities, name, fmt.Sprint(errors.Join(err, err2, err3, err4, err5, err6)))
	return answers
}

// sameAnswers compares what is answered from the file of names with what is
// answered without it.
func sameAnswers(t *testing.T, v *View, words []string) {
	t.Helper()
	sameAs(t, asks(t, v, words), asks(t, unfiled(v), words))
}

func sameAs(t *testing.T, got, want []any) {
	t.Helper()
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("from the file:\n%.2000v\nread from the graph:\n%.2000v", fmt.Sprint(got[i]), fmt.Sprint(want[i]))
		}
	}
}

// typedWords are what people type: names, parts of them, ones with slips, IRIs.
func typedWords(r *rand.Rand, count int) []string {
	list := []string{"", "—", "kim", "company", "deltaasia", "kg:source/s1", "https://e.x/person/1", "kg:source/s1/claim/c1", "c1", "1"}
	for range count {
		text := []rune(someName(r))
		switch at := r.IntN(len(text)); r.IntN(4) {
		case 0:
			text = text[at:]
		case 1:
			text = append(text[:at:at], append([]rune{'q'}, text[at:]...)...)
		case 2:
			text = append(text[:at:at], text[at+1:]...)
		}
		list = append(list, string(text))
	}
	return list
}

// TestNamesFileOracle compares the file of names, with changes since, with retracted
// sources, and after the store was written anew, with the names as they are read
// from the graph.
func TestNamesFileOracle(t *testing.T) {
	t.Parallel()
	seeds, count := testsize.Of[uint64](1, 2), testsize.Of(2, 80)
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 1))
		path := largeStore(t, r)
		s, err := OpenToWrite(path, func(err error) { t.Error(err) })
		if err != nil {
			t.Fatal(err)
		}
		for step := range 4 {
			switch step {
			case 1, 2:
				changeSome(t, s, r)
			case 3:
				if _, err := s.Retract(context.Background(), namesBase.Source("s1"), DecisionOptions{Base: namesBase, Reason: "wrong", By: "Ann Lee"}); err != nil {
					t.Fatal(err)
				}
			}
			for _, v := range []*View{s.View(namesBase), s.View(namesBase).WithRetracted()} {
				if x, err := v.names.Get(context.Background()); err != nil || x.Base == nil {
					t.Fatalf("step %d: the file of names is not used: %v", step, err)
				}
				sameAnswers(t, v, typedWords(r, count))
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		v := again.WholeView(namesBase)
		if x, err := v.names.Get(context.Background()); err != nil || x.Base == nil {
			t.Fatalf("it is not made anew: %v", err)
		}
		sameAnswers(t, v, typedWords(r, count/2))
		again.Close()
	}
}

// changeSome adds quads and removes some that are there.
func changeSome(t *testing.T, s *Store, r *rand.Rand) {
	t.Helper()
	var deltas []cayley.Delta
	for _, q := range someQuads(r, 40) {
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
	}
	seen := 0
	for q, err := range s.WholeView(namesBase).Each(context.Background(), quad.Quad{Predicate: []quad.IRI{schema.Label, schema.Type}[r.IntN(2)]}) {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; r.IntN(8) == 0 && q.Label != schema.OntologyIRI {
			deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
		}
		if len(deltas) > 60 {
			break
		}
	}
	if err := s.Apply(deltas, cayley.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
		t.Fatal(err)
	}
}

// TestDamagedNames flips bytes of the file of names: whatever is damaged, the
// answers are those of the graph, and the next writer makes the file anew.
func TestDamagedNames(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	path := largeStore(t, r)
	whole, err := os.ReadFile(path + index.FileEnd)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	words := typedWords(r, testsize.Of(1, 10))
	want := asks(t, unfiled(s.View(namesBase)), words)
	flips := testsize.Of(3, 40)
	for i := range flips {
		bad := bytes.Clone(whole)
		if i == 0 {
			bad = bad[:len(bad)/2]
		} else {
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		}
		if err := os.Remove(path + index.FileEnd); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+index.FileEnd, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		v := s.View(namesBase)
		v.names = index.New(v.names.Whole, nil, new(index.LastFile), v.names.Foreign)
		sameAs(t, asks(t, v, words), want)
	}
	s.Close()
	if err := index.MakeFile(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	if now, err := os.ReadFile(path + index.FileEnd); err != nil || !bytes.Equal(now, whole) {
		t.Errorf("it is not made anew: %v", err)
	}
}

// A process that goes on reads names as it needs them: what names a thing names it
// still, and neither unknown names nor parts of short forms make it read all.
func TestFrugal(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 1))
	path := largeStore(t, r)
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	v, all := s.View(namesBase), other.View(namesBase)
	v.Frugal = true
	found := 0
	for _, word := range append(typedWords(r, testsize.Of(10, 40)), "kg:nobody/nowhere", "kg:person/x", "nobody at all") {
		got, err := v.Find(t.Context(), word)
		want, err2 := all.Find(t.Context(), word)
		if search.Form(v.Base, word) == "" && (got != want || (err == nil) != (err2 == nil)) {
			t.Errorf("%q is %s, %v, and read from all names %s, %v", word, got, err, want, err2)
		}
		if err == nil {
			found++
		}
		if _, _, err := v.FindAll(t.Context(), word, FindOptions{Texts: true, Limit: 5}); err != nil {
			t.Error(err)
		}
		if _, err := v.Nearest(t.Context(), word); err != nil {
			t.Error(err)
		}
	}
	if x, err := v.names.Get(t.Context()); err != nil || x.Base == nil || v.names.Read != nil || found == 0 {
		t.Errorf("%d words found something; all names were read: %v, %v", found, v.names.Read != nil, err)
	}
}
