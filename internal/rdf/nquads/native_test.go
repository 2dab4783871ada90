package nquads_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
)

// A literal is a native value only if that is written as the same text.
func TestLiteralMapping(t *testing.T) {
	t.Parallel()
	date := func(y, mo, d, h, mi, s int) quad.Time {
		return quad.Time(time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC))
	}
	native := map[string]map[string]quad.Value{
		"integer": {"0": quad.Int(0), "-1": quad.Int(-1), "42": quad.Int(42),
			"9223372036854775807": quad.Int(math.MaxInt64), "-9223372036854775808": quad.Int(math.MinInt64)},
		"double": {"1.0E0": quad.Float(1), "-2.5E-3": quad.Float(-0.0025), "0.0E0": quad.Float(0),
			"1.0E10": quad.Float(1e10), "5.0E-324": quad.Float(5e-324), "1.7976931348623157E308": quad.Float(math.MaxFloat64),
			"-2.2250738585072014E-308": quad.Float(-0x1p-1022)},
		"boolean": {"true": quad.Bool(true), "false": quad.Bool(false)},
		"dateTime": {"2024-02-29T23:59:59Z": date(2024, 2, 29, 23, 59, 59),
			"2024-02-29T23:59:59.5Z":         quad.Time(time.Date(2024, 2, 29, 23, 59, 59, 500_000_000, time.UTC)),
			"2024-02-29T23:59:59.000000001Z": quad.Time(time.Date(2024, 2, 29, 23, 59, 59, 1, time.UTC)),
			"0001-01-01T00:00:00Z":           date(1, 1, 1, 0, 0, 0), "9999-12-31T00:00:00Z": date(9999, 12, 31, 0, 0, 0)},
		"string": {"": quad.String(""), "1": quad.String("1")},
	}
	for name, values := range native {
		for lex, want := range values {
			checkLiteral(t, lex, name, want)
		}
	}
	for name, all := range map[string]string{
		"integer":  "007 +1 -0 1.0 1e3 0x1 1_000 9223372036854775808 -9223372036854775809 ",
		"double":   "1 1.0 1E0 1.0e0 1.00E0 +1.0E0 1.0E+0 1.0E00 10.0E0 0.1E1 -0.0E0 -0 NaN INF -INF +INF Inf infinity nan 1.0E309 0x1p0 4.9E-324 1.7976931348623158E308",
		"boolean":  "1 0 True TRUE t ",
		"dateTime": "2024-02-29T23:59:59 2024-02-29T23:59:59+00:00 2024-02-29T23:59:59.0Z 2024-02-29T23:59:59.50Z 2024-02-29T23:59:59.1234567891Z 2024-02-29T23:59:60Z 2024-02-29T24:00:00Z 2023-02-29T00:00:00Z 0000-01-01T00:00:00Z 10000-01-01T00:00:00Z -0001-01-01T00:00:00Z 2024-02-29T3:59:59Z 2024-02-29t23:59:59z 2024-02-29T23:59:9.Z 2024-02-29T23:59:59,5Z",
		"int":      "1", "float": "1.0E0", "date": "2024-02-29", "strinG": "x",
	} {
		for _, lex := range strings.Split(all, " ") {
			checkLiteral(t, lex, name, quad.TypedString{Value: quad.String(lex), Type: quad.IRI(xsd + name)})
		}
	}
}

func checkLiteral(t *testing.T, lex, name string, want quad.Value) {
	t.Helper()
	term := `"` + lex + `"^^<` + xsd + name + `>`
	quads, err := readAll("<a:s> <a:p> " + term + " .")
	if err != nil || len(quads) != 1 {
		t.Errorf("%s: %v", term, err)
		return
	}
	if quads[0].Object != want {
		t.Errorf("%s: got %#v, want %#v", term, quads[0].Object, want)
	}
	if name == "string" {
		term = `"` + lex + `"`
	}
	if got := checkLaw(t, quads); got != "<a:s> <a:p> "+term+" .\n" {
		t.Errorf("%s: written as %s", term, got)
	}
}

// Every number and every time there is comes back as it was.
func TestNativeRoundTrip(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	lo, hi := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	for range testsize.Of(200, 20_000) {
		values := []quad.Value{
			quad.Int(rnd.Uint64() >> rnd.IntN(64)),
			quad.Time(time.Unix(lo+rnd.Int64N(hi-lo), rnd.Int64N(1e9)).UTC()),
			quad.Float(float64(rnd.IntN(2000)-1000) / 8),
		}
		if f := math.Float64frombits(rnd.Uint64()); !math.IsNaN(f) && !math.IsInf(f, 0) {
			values = append(values, quad.Float(f))
		}
		var quads []quad.Quad
		for _, v := range values {
			quads = append(quads, quad.Quad{Subject: quad.IRI("a:s"), Predicate: quad.IRI("a:p"), Object: v})
		}
		checkLaw(t, quads)
	}
}

// Values the reader does not give are written exactly all the same.
func TestOtherNatives(t *testing.T) {
	t.Parallel()
	berlin := time.FixedZone("", 3600)
	for _, c := range []struct {
		value quad.Value
		want  string
	}{
		{quad.Float(math.NaN()), `"NaN"^^<` + xsd + `double>`},
		{quad.Float(math.Inf(1)), `"INF"^^<` + xsd + `double>`},
		{quad.Float(math.Inf(-1)), `"-INF"^^<` + xsd + `double>`},
		{quad.Float(math.Copysign(0, -1)), `"-0.0E0"^^<` + xsd + `double>`},
		{quad.Time(time.Date(2024, 1, 1, 0, 30, 0, 120_000_000, berlin)), `"2023-12-31T23:30:00.12Z"^^<` + xsd + `dateTime>`},
		{quad.Time(time.Date(2024, 1, 1, 0, 0, 0, 1, time.UTC)), `"2024-01-01T00:00:00.000000001Z"^^<` + xsd + `dateTime>`},
		{quad.TypedString{Value: "x", Type: xsd + "string"}, `"x"`},
	} {
		got, err := nquads.AppendTerm([]byte("+"), c.value)
		if err != nil || string(got) != "+"+c.want {
			t.Errorf("%#v: got %s, %v, want %s", c.value, got, err, c.want)
		}
	}
}
