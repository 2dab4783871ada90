package session

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
)

// measured is a literal with its value as math/big and time have it, which share
// nothing with the store.
type measured struct {
	literal quad.Value
	number  *big.Rat // of a number
	time    *time.Time
}

// compare is false of a number and a time.
func (m measured) compare(o measured) (int, bool) {
	switch {
	case m.number != nil && o.number != nil:
		return m.number.Cmp(o.number), true
	case m.time != nil && o.time != nil:
		return m.time.Compare(*o.time), true
	}
	return 0, false
}

func literal(text, datatype string) quad.Value {
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(xsd + datatype)}
}

// randomNumber is a number in one of many spellings and datatypes.
func randomNumber(r *rand.Rand) measured {
	n := pick(r, []string{"", "", "-", "+"}) + pick(r, []string{"0", "7", "9", "10", "007", "99", "100", "123456789012345678901234567890"})
	datatype := pick(r, []string{"integer", "integer", "nonPositiveInteger", "positiveInteger"})
	negative, zero := strings.HasPrefix(n, "-"), strings.Trim(n, "+-0") == ""
	switch {
	case r.IntN(2) == 0:
		datatype = pick(r, []string{"decimal", "double"})
		n += pick(r, []string{"", ".0", ".5", ".25", ".10"})
		if datatype == "double" {
			n = strings.Replace(n, "123456789012345678901234567890", "1234567", 1) + pick(r, []string{"", "E1", "e-2"})
		}
	case len(n) < 6 && !negative && r.IntN(2) == 0:
		datatype = pick(r, []string{"int", "long", "short", "unsignedByte", "unsignedLong"})
	case datatype == "nonPositiveInteger" && !negative && !zero, datatype == "positiveInteger" && (negative || zero):
		datatype = "integer"
	}
	value, ok := new(big.Rat).SetString(n)
	if !ok {
		panic(n)
	}
	return measured{literal: literal(n, datatype), number: value}
}

// randomTime is a day, a month, a year or a moment, some with an offset.
func randomTime(r *rand.Rand) measured {
	forms := []struct{ layout, datatype string }{
		{"2006-01-02", "date"}, {"2006-01-02Z07:00", "date"}, {"2006-01", "gYearMonth"}, {"2006", "gYear"},
		{"2006-01-02T15:04:05Z07:00", "dateTime"}, {"2006-01-02T15:04:05.999Z07:00", "dateTimeStamp"}, {"2006-01-02T15:04:05", "dateTime"},
	}
	form := pick(r, forms)
	zone := time.FixedZone("", 60*(r.IntN(2*14*60)-14*60))
	text := time.Unix(1.3e9+r.Int64N(4e5), r.Int64N(3)*25e7).In(zone).Format(form.layout)
	value, err := time.Parse(form.layout, text)
	if err != nil {
		panic(err)
	}
	return measured{literal: literal(text, form.datatype), time: &value}
}

// TestOrderIsByValue: order, the filters and the store's own order put numbers
// and times as math/big and time do.
func TestOrderIsByValue(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 6))
	of := map[quad.Value]measured{}
	var quads []quad.Quad
	for range 400 {
		m := randomNumber(r)
		if r.IntN(2) == 0 {
			m = randomTime(r)
		}
		q := quad.Make(quad.IRI("s"), quad.IRI("p"), stored(t, m.literal), nil)
		if _, had := of[q.Object]; !had {
			of[q.Object] = m
			quads = append(quads, q)
		}
	}
	qs := newStore(t, quads)
	var ordered []measured
	for _, row := range answers(t, qs, `g.V("<s>").out("<p>").order().all()`, Options{}) {
		ordered = append(ordered, of[row.Get("id")])
	}
	if len(ordered) != len(quads) {
		t.Fatalf("%d of %d literals", len(ordered), len(quads))
	}
	for i, m := range ordered[1:] {
		if c, like := ordered[i].compare(m); like && c > 0 || !like && m.time == nil {
			t.Errorf("%v stands before %v", ordered[i].literal, m.literal)
		}
	}
	for _, m := range ordered[:60] {
		for op, holds := range map[string]func(int) bool{
			"lt": func(c int) bool { return c < 0 }, "lte": func(c int) bool { return c <= 0 },
			"gt": func(c int) bool { return c > 0 }, "gte": func(c int) bool { return c >= 0 },
		} {
			text := fmt.Sprintf(`g.V("<s>").out("<p>").filter(%s(v)).order().all()`, op)
			var got []quad.Value
			for _, row := range answers(t, qs, text, Options{Params: map[string]quad.Value{"v": m.literal}}) {
				got = append(got, of[row.Get("id")].literal)
			}
			var want []quad.Value // and in the same order
			for _, o := range ordered {
				if c, like := o.compare(m); like && holds(c) {
					want = append(want, o.literal)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s %v:\n%v\nexpected:\n%v", op, m.literal, got, want)
			}
		}
	}
	if got := storesOrder(t, qs, of); !slices.Equal(got, ordered) {
		t.Error("the store's own order is another")
	}
}

// stored is a literal as the store gives it back.
func stored(t *testing.T, v quad.Value) quad.Value {
	t.Helper()
	key, err := term.Append(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	if v, err = term.Value(key); err != nil {
		t.Fatal(err)
	}
	return v
}

func storesOrder(t *testing.T, qs *store.QuadStore, of map[quad.Value]measured) (list []measured) {
	t.Helper()
	ctx := context.Background()
	it := shape.BuildIterator(ctx, qs, shape.Sort{From: shape.AllNodes{}}).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		v, err := qs.NameOf(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		if m, ok := of[v]; ok {
			list = append(list, m)
		}
	}
	if it.Err() != nil {
		t.Fatal(it.Err())
	}
	return list
}
