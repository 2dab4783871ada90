package term_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
)

// checkLaw checks all that is said of the key of one value.
func checkLaw(t *testing.T, v quad.Value) {
	t.Helper()
	k := key(t, v)
	raw, err := nquads.TermOf(v)
	want := v
	if err == nil {
		want = raw.Value()
		if got := term.AppendRaw([]byte("+"), &raw); !bytes.Equal(got[1:], k) {
			t.Errorf("%#v: raw key %q, key %q", v, got[1:], k)
		}
	} else if far, ok := v.(quad.Time); ok {
		want = quad.Time(time.Time(far).UTC().Round(0))
	}
	got, err := term.Value(k)
	if err != nil || got != want {
		t.Errorf("%#v: got %#v, %v, want %#v (key %q)", v, got, err, want, k)
		return
	}
	if again := key(t, got); !bytes.Equal(again, k) {
		t.Errorf("%#v: key %q, then %q", v, k, again)
	}
	checkSpelling(t, v, k)
}

func checkSpelling(t *testing.T, v quad.Value, k []byte) {
	t.Helper()
	want, wantErr := nquads.AppendTerm([]byte("+"), v)
	got, err := term.AppendNQuads([]byte("+"), k)
	if (err == nil) != (wantErr == nil) || !bytes.Equal(got, want) {
		t.Errorf("%#v: spelled %q, %v, want %q, %v", v, got, err, want, wantErr)
	} else if err != nil && err.Error() != wantErr.Error() {
		t.Errorf("%#v: got %v, want %v", v, err, wantErr)
	}
}

// checkOrder checks how the keys of two values stand to each other.
func checkOrder(t *testing.T, a, b quad.Value) {
	t.Helper()
	ka, kb := key(t, a), key(t, b)
	va, err := term.Value(ka)
	vb, errB := term.Value(kb)
	if err != nil || errB != nil {
		t.Fatal(err, errB)
	}
	if bytes.Equal(ka, kb) != (va == vb) {
		t.Errorf("%#v has key %q, %#v has key %q", a, ka, b, kb)
	}
	la, lb := likeOf(a), likeOf(b)
	if c, ok := compare(la, lb); ok && c != 0 && la.group != iris && c != bytes.Compare(ka, kb) {
		t.Errorf("%#v, %#v: stand as %d, keys %q, %q", a, b, c, ka, kb)
	}
}

// iris is the group of IRIs, which are kept in the order of their lines.
var iris = likeOf(quad.IRI("")).group

func TestLaws(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("1234567890", 30)
	values := []quad.Value{
		quad.IRI(""), quad.IRI("a"), quad.IRI(">"), quad.IRI("a>\x00\xff"), quad.BNode(""), quad.BNode("\x00"),
		quad.String(""), quad.String("\xff\x00"), quad.LangString{}, quad.LangString{Value: "\x00", Lang: "\x00"},
		quad.TypedString{}, quad.TypedString{Value: "\x00\xff\x00", Type: "\x00\x01"}, quad.TypedString{Value: "10", Type: "int"},
		typed("x", "string"), typed("5", "xsd:integer"), typed("x", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
		quad.Int(0), quad.Int(math.MinInt64), quad.Int(math.MaxInt64), quad.Float(0), quad.Float(math.Copysign(0, -1)),
		quad.Float(math.Inf(1)), quad.Float(math.Inf(-1)), quad.Float(math.NaN()), quad.Float(math.MaxFloat64),
		quad.Float(math.SmallestNonzeroFloat64), quad.Float(0.1), quad.Bool(true), quad.Bool(false),
		quad.Time{}, quad.Time(time.Now()), quad.Time(time.Date(2024, 1, 1, 0, 30, 0, 120_000_000, time.FixedZone("", 3600))),
		quad.Time(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)), quad.Time(time.Date(10000, 1, 1, 0, 0, 0, 5, time.UTC)),
		quad.Time(time.Date(-50000, 1, 1, 0, 0, 0, 0, time.UTC)), quad.Time(time.Unix(1<<62, 999_999_999)),
		typed(long, "integer"), typed("-"+long+"."+long, "decimal"), typed("0."+strings.Repeat("0", 300)+long, "decimal"),
		typed("1"+strings.Repeat("0", 1000), "integer"), typed("000"+long, "integer"), typed(long, "double"),
		typed("2024-01-01T00:00:00."+long+"Z", "dateTime"), typed("999999999-12-31", "date"), typed("1234567890-12-31", "date"),
		typed("1"+strings.Repeat("0", 1<<24), "integer"), typed("0."+strings.Repeat("0", 1<<24)+"1", "decimal"),
	}
	for _, v := range values {
		checkLaw(t, v)
	}
	for _, text := range []string{"true", "false", "1", "0", "True", "", "01"} {
		checkLaw(t, typed(text, "boolean"))
	}
	for _, text := range strings.Split("7 07 007 +7 -7 7. 7.0 7.00 7.50 .7 0.7 00.7 -.7 0 00 000 -0 +0 0.0 0.00 00.0 -0.0 1e3 1E3 1.0E3 1e+3 1e 1e+ e1 . + - INF +INF -INF NaN -NaN 1_0 0x1 ١ 1.5e 7.1.1 1-1", " ") {
		for _, d := range []string{"integer", "decimal", "double", "float", "byte", "negativeInteger"} {
			checkLaw(t, typed(text, d))
		}
	}
}

// Random values obey the laws, and pairs of them the order of the oracle.
func TestOrder(t *testing.T) {
	t.Parallel()
	s := newSource(1)
	values := make([]quad.Value, testsize.Of(4000, 20_000))
	for i := range values {
		values[i] = s.value()
		checkLaw(t, values[i])
	}
	groups := map[string]int{}
	for range 4 * len(values) {
		a, b := values[s.IntN(len(values))], values[s.IntN(len(values))]
		checkOrder(t, a, b)
	}
	for _, v := range values {
		groups[strings.Fields(likeOf(v).group)[0]]++
	}
	for _, g := range []string{"number", "time", "boolean", "typed"} {
		if groups[g] < len(values)/200 {
			t.Errorf("only %d values of group %s", groups[g], g)
		}
	}
}

// other is a value of package quad's kind that is no term.
type other struct{ quad.IRI }

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	for v, want := range map[quad.Value]string{
		nil:          "making the key of a term: expected a term, found nil",
		other{"a:x"}: "making the key of a term: expected a term, found a value of type term_test.other",
	} {
		if got, err := term.Append([]byte("+"), v); err == nil || err.Error() != want || string(got) != "+" {
			t.Errorf("%#v: got %q, %v, want %s", v, got, err, want)
		}
	}
	if got := term.AppendRaw([]byte("+"), &nquads.Term{}); string(got) != "+" {
		t.Errorf("no term has the key %q", got)
	}
}

// Keys stand in files. A changed key needs a new version of the format.
func TestKeys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value quad.Value
		want  string
	}{
		{quad.Int(7), "\x01\xc1\x0e\x01"},
		{quad.Int(0), "\x01\x80\x01"},
		{quad.Int(-100), "\x01\x3d\xfd\x01"},
		{quad.Int(20000), "\x01\xc3\x04\x01"},
		{typed("1234.50", "decimal"), "\x01\xc2\x19\x45\x64\x02\x01"},
		{typed("007", "integer"), "\x01\xc1\x0e\x01007"},
		{quad.Float(0.5), "\x01\xc0\x64\x03"},
		{typed("2024-02-29", "date"), "\x02\x80\x65\xdf\xc9\x00\x13"},
		{quad.Time(time.Date(2024, 2, 29, 0, 0, 0, 5e8, time.UTC)), "\x02\x80\x65\xdf\xc9\x00\x80\x64\x11"},
		{typed("2024-02-29T01:00:00+01:00", "dateTime"), "\x02\x80\x65\xdf\xc9\x00\x11\x01\x04\x24"},
		{quad.Bool(true), "\x03\x01"},
		{quad.String("x"), "\x04x"},
		{quad.LangString{Value: "x\x00", Lang: "en"}, "\x05x\x00\xff\x00\x01en"},
		{typed("x", "a:d"), "\x06a:d\x00\x01x"},
		{quad.IRI("a:x"), "\x07a:x>"},
		{quad.BNode("x"), "\x08x"},
	} {
		if got := key(t, c.value); string(got) != c.want {
			t.Errorf("%#v: got %q, want %q", c.value, got, c.want)
		}
	}
}
