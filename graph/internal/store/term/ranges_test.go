package term_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

const lt, lte, gt, gte = iterator.CompareLT, iterator.CompareLTE, iterator.CompareGT, iterator.CompareGTE

// checkRanges checks that ranges are what they are said to be and hold just
// the keys wanted.
func checkRanges(t *testing.T, what any, ranges []term.KeyRange, keys [][]byte, want func(i int) bool) {
	t.Helper()
	for i, r := range ranges {
		if bytes.Compare(r.From, r.To) >= 0 || i > 0 && bytes.Compare(ranges[i-1].To, r.From) > 0 {
			t.Fatalf("%v: range %d of %q is out of order", what, i, ranges)
		}
	}
	for i, k := range keys {
		got := false
		for _, r := range ranges {
			got = got || r.Contains(k)
		}
		if got != want(i) {
			t.Fatalf("%v: key %q is in the ranges: %v; %q", what, k, got, ranges)
		}
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	s := newSource(2)
	var keys [][]byte
	var likes []like
	for range 3000 {
		v := s.value()
		keys = append(keys, key(t, v))
		likes = append(likes, likeOf(v))
	}
	nan, nan32 := likeOf(typed("NaN", "double")), likeOf(typed("NaN", "float"))
	for range 300 {
		v := s.value()
		l := likeOf(v)
		for op, holds := range map[iterator.Operator]func(c int) bool{
			lt: func(c int) bool { return c < 0 }, lte: func(c int) bool { return c <= 0 },
			gt: func(c int) bool { return c > 0 }, gte: func(c int) bool { return c >= 0 },
		} {
			ranges, err := term.Ranges(op, v)
			if err != nil {
				t.Fatal(err)
			}
			checkRanges(t, []any{op, v}, ranges, keys, func(i int) bool {
				c, ok := compare(likes[i], l)
				return ok && holds(c) && l != nan && l != nan32
			})
		}
	}
}

// The lines that say what an operand is.
func TestOperands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		op   iterator.Operator
		v    quad.Value
		in   []quad.Value
		outs []quad.Value
	}{
		{gt, quad.Int(6), []quad.Value{quad.Int(7), typed("007", "integer"), typed("7.0", "decimal"), quad.Float(1000), typed("1E3", "float"), typed("INF", "double")},
			[]quad.Value{quad.Int(6), typed("6.0", "decimal"), typed("NaN", "double"), typed("7", "xsd:integer"), typed("7x", "integer"), quad.String("7")}},
		{lte, typed("6.50", "xsd:decimal"), []quad.Value{quad.Float(6.5), typed("6.5", "decimal"), typed("-INF", "float")}, []quad.Value{quad.Int(7), quad.String("1")}},
		{gte, quad.Time(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)), []quad.Value{typed("2024", "gYear"), typed("2024-01-01", "date"), typed("2023-12-31T23:00:00-01:00", "dateTime")},
			[]quad.Value{typed("2023-12", "gYearMonth"), typed("2024-01-01+01:00", "date"), typed("2024-02-30", "date")}},
		{lt, typed("2024", "xsd:gYear"), []quad.Value{quad.Time(time.Date(2023, 12, 31, 23, 59, 59, 999, time.UTC))}, []quad.Value{quad.Time(time.Date(2024, 1, 1, 0, 0, 0, 1, time.UTC))}},
		{lt, quad.Bool(true), []quad.Value{quad.Bool(false), typed("0", "boolean")}, []quad.Value{typed("1", "boolean"), quad.Int(0)}},
		{gte, quad.Float(math.NaN()), nil, []quad.Value{quad.Int(1), quad.Float(math.NaN()), quad.Float(math.Inf(1))}},
		{gte, typed("NaN", "xsd:float"), nil, []quad.Value{quad.Int(1), typed("NaN", "float")}},
		{gt, typed("b", "a:d"), []quad.Value{typed("c", "a:d")}, []quad.Value{typed("c", "a:e"), typed("b", "a:d"), quad.String("c")}},
		{gt, quad.LangString{Value: "b", Lang: "en"}, []quad.Value{quad.LangString{Value: "b", Lang: "fr"}, quad.LangString{Value: "c", Lang: "de"}},
			[]quad.Value{quad.LangString{Value: "a", Lang: "fr"}, quad.String("c")}},
		{lt, quad.IRI("a/b"), []quad.Value{quad.IRI("a"), quad.IRI(""), quad.IRI("a/"), quad.IRI("a/ab")}, []quad.Value{quad.IRI("a/b"), quad.IRI("a/b/"), quad.IRI("b"), quad.String("a")}},
	} {
		ranges, err := term.Ranges(c.op, c.v)
		if err != nil {
			t.Fatal(err)
		}
		var keys [][]byte
		for _, v := range append(c.in, c.outs...) {
			keys = append(keys, key(t, v))
		}
		checkRanges(t, []any{c.op, c.v}, ranges, keys, func(i int) bool { return i < len(c.in) })
	}
}

func TestRangesRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		op   iterator.Operator
		v    quad.Value
		want string
	}{
		{4, quad.Int(1), "comparing terms: expected one of < <= > >=, found op(4)"},
		{-1, quad.Int(1), "comparing terms: expected one of < <= > >=, found op(-1)"},
		{lt, nil, "comparing terms: making the key of a term: expected a term, found nil"},
	} {
		if ranges, err := term.Ranges(c.op, c.v); err == nil || err.Error() != c.want || ranges != nil {
			t.Errorf("got %v, %v, want %s", ranges, err, c.want)
		}
	}
}

func TestPrefix(t *testing.T) {
	t.Parallel()
	s := newSource(3)
	var values []quad.Value
	var keys [][]byte
	for range 3000 {
		v := s.value()
		values = append(values, v)
		keys = append(keys, key(t, v))
	}
	for range 300 {
		p := s.value()
		checkRanges(t, p, term.Prefix(p), keys, func(i int) bool { return hasPrefix(values[i], p) })
	}
}

func hasPrefix(v, prefix quad.Value) bool {
	if t, ok := v.(quad.TypedString); ok && t.Type == xsd+"string" {
		v = t.Value
	}
	switch p := prefix.(type) {
	case quad.IRI:
		v, ok := v.(quad.IRI)
		return ok && strings.HasPrefix(string(v), string(p))
	case quad.BNode:
		v, ok := v.(quad.BNode)
		return ok && strings.HasPrefix(string(v), string(p))
	case quad.String:
		v, ok := v.(quad.String)
		return ok && strings.HasPrefix(string(v), string(p))
	case quad.LangString:
		v, ok := v.(quad.LangString)
		return ok && strings.HasPrefix(string(v.Value), string(p.Value))
	}
	return false
}
