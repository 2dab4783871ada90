package term_test

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

func typed(text, datatype string) quad.Value {
	if !strings.Contains(datatype, ":") {
		datatype = xsd + datatype
	}
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(datatype)}
}

func key(t testing.TB, v quad.Value) []byte {
	t.Helper()
	k, err := term.Append(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// like is what an oracle says of a value: what it may be compared with, and
// how. It reads lexical forms with regular expressions and measures them with
// math/big and time, and shares nothing with the package.
type like struct {
	group string
	num   *big.Rat // of numbers, or seconds since 1970
	text  string
	tag   string
}

var (
	integerForm = regexp.MustCompile(`^[+-]?[0-9]+$`)
	decimalForm = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`)
	doubleForm  = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`)
	infinite    = regexp.MustCompile(`^[+-]?INF$`)
	timeForms   = map[string]*regexp.Regexp{
		"dateTime":      timeForm(`-MM-DDThh(Z)?`),
		"dateTimeStamp": timeForm(`-MM-DDThh(Z)`),
		"date":          timeForm(`-MM-DD(Z)?`),
		"gYearMonth":    timeForm(`-MM(Z)?`),
		"gYear":         timeForm(`(Z)?`),
	}
	ranges = map[string]string{
		"integer": "* *", "long": "-9223372036854775808 9223372036854775807", "int": "-2147483648 2147483647",
		"short": "-32768 32767", "byte": "-128 127", "nonNegativeInteger": "0 *", "positiveInteger": "1 *",
		"unsignedLong": "0 18446744073709551615", "unsignedInt": "0 4294967295", "unsignedShort": "0 65535",
		"unsignedByte": "0 255", "nonPositiveInteger": "* 0", "negativeInteger": "* -1",
	}
)

func timeForm(after string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.NewReplacer(
		"MM", `(?P<month>\d\d)`, "DD", `(?P<day>\d\d)`, "hh", `(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(\.\d+)?)`,
		"Z", `?P<zone>Z|[+-]\d\d:\d\d`,
	).Replace(`(?P<year>-?([1-9]\d{3,8}|0\d{3}))`+after) + "$")
}

func likeOf(v quad.Value) like {
	raw, err := nquads.TermOf(v)
	if err != nil {
		t := time.Time(v.(quad.Time))
		num := new(big.Rat).SetFrac64(int64(t.Nanosecond()), 1e9)
		return like{group: "time", num: num.Add(num, new(big.Rat).SetInt64(t.Unix()))}
	}
	text := string(raw.Text)
	if raw.Kind != nquads.Typed {
		return like{group: fmt.Sprint(raw.Kind), text: text, tag: string(raw.Type)}
	}
	if name, ok := strings.CutPrefix(string(raw.Type), xsd); ok {
		if num := numberOf(text, name); num != nil {
			return like{group: "number", num: num}
		}
		if form := timeForms[name]; form != nil {
			if num := timeOf(form, text); num != nil {
				return like{group: "time", num: num}
			}
		}
		if name == "boolean" && (text == "true" || text == "false" || text == "1" || text == "0") {
			return like{group: "boolean", text: strings.NewReplacer("true", "1", "false", "0").Replace(text)}
		}
	}
	return like{group: "typed " + string(raw.Type), text: text}
}

// numberOf is the value of a number, nil if it is none.
func numberOf(text, name string) *big.Rat {
	if (name == "double" || name == "float") && (doubleForm.MatchString(text) || infinite.MatchString(text)) {
		bits := map[string]int{"double": 64, "float": 32}[name]
		v, _ := strconv.ParseFloat(strings.Replace(text, "INF", "Inf", 1), bits)
		if r, ok := new(big.Rat).SetString(strconv.FormatFloat(v, 'g', -1, bits)); ok {
			return r
		}
		beyond := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(5000), nil))
		if v < 0 {
			beyond.Neg(beyond)
		}
		return beyond
	}
	bounds, integer := ranges[name]
	if !(integer && integerForm.MatchString(text) || name == "decimal" && decimalForm.MatchString(text)) {
		return nil
	}
	r, ok := new(big.Rat).SetString(strings.TrimSuffix(text, "."))
	if !ok {
		panic(text)
	}
	least, most, _ := strings.Cut(bounds, " ")
	if b, ok := new(big.Rat).SetString(least); ok && r.Cmp(b) < 0 {
		return nil
	}
	if b, ok := new(big.Rat).SetString(most); ok && r.Cmp(b) > 0 {
		return nil
	}
	return r
}

// timeOf is a time in seconds since 1970, nil if it is none.
func timeOf(form *regexp.Regexp, text string) *big.Rat {
	m := form.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	part := func(name, or string) string {
		if i := form.SubexpIndex(name); i >= 0 && m[i] != "" {
			return m[i]
		}
		return or
	}
	num := func(name, or string) int {
		n, err := strconv.Atoi(part(name, or))
		if err != nil {
			panic(err)
		}
		return n
	}
	y, mo, d, h, mi := num("year", ""), num("month", "1"), num("day", "1"), num("hour", "0"), num("minute", "0")
	t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	s, _ := new(big.Rat).SetString(part("second", "0"))
	if mo < 1 || mo > 12 || t.Day() != d || mi > 59 || s.Cmp(big.NewRat(60, 1)) >= 0 {
		return nil
	}
	if h > 24 || h == 24 && (mi > 0 || s.Sign() > 0) {
		return nil
	}
	offset := 0
	if zone := part("zone", "Z"); zone != "Z" {
		zh, _ := strconv.Atoi(zone[1:3])
		zm, _ := strconv.Atoi(zone[4:])
		if offset = 60*zh + zm; zm > 59 || offset > 14*60 {
			return nil
		}
		if zone[0] == '-' {
			offset = -offset
		}
	}
	return s.Add(s, new(big.Rat).SetInt64(t.Unix()+int64(3600*h+60*mi-60*offset)))
}

// compare tells how two values stand to each other, if they may be compared.
func compare(a, b like) (int, bool) {
	switch {
	case a.group != b.group:
		return 0, false
	case a.num != nil:
		return a.num.Cmp(b.num), true
	}
	return cmp.Or(strings.Compare(a.text, b.text), strings.Compare(a.tag, b.tag)), true
}

// source makes values that are near each other.
type source struct{ *rand.Rand }

func newSource(seed uint64) source { return source{rand.New(rand.NewPCG(seed, 7))} }

func (s source) pick(from ...string) string { return from[s.IntN(len(from))] }

// text joins some of a few pieces.
func (s source) text(most int, pieces ...string) string {
	var b strings.Builder
	for range s.IntN(most + 1) {
		b.WriteString(s.pick(pieces...))
	}
	return b.String()
}

func (s source) value() quad.Value {
	text := s.text(4, "a", "b", "/", ">", "\x00", "\x01", "\xff", "é", "~")
	switch s.IntN(10) {
	case 0, 1:
		return quad.IRI(text)
	case 2:
		return quad.BNode(text)
	case 3:
		return quad.String(text)
	case 4:
		return quad.LangString{Value: quad.String(text), Lang: s.text(2, "en", "\x00", "\xff")}
	case 5:
		return typed(text, s.pick("a:d", "a:e", "a:d\x00", "string", "integer", "xsd:integer", "boolean"))
	case 6:
		return s.native()
	case 7:
		return typed(s.time(), s.pick("dateTime", "dateTimeStamp", "date", "gYearMonth", "gYear"))
	}
	return typed(s.number(), s.pick("integer", "decimal", "double", "float", "byte", "positiveInteger",
		"unsignedLong", "long", "nonPositiveInteger", "unsignedByte"))
}

func (s source) native() quad.Value {
	switch s.IntN(5) {
	case 0:
		return quad.Int(s.Uint64() >> s.IntN(64))
	case 1:
		return quad.Float(float64(s.IntN(2000)-1000) / float64(int(1)<<s.IntN(8)))
	case 2:
		return quad.Bool(s.IntN(2) == 0)
	case 3:
		return quad.Time(time.Unix(s.Int64N(1<<40)-1<<39, s.Int64N(3)*1e8))
	}
	return quad.Int(s.IntN(300) - 150)
}

func (s source) number() string {
	digits := func(most int) string { return s.text(most, "0", "0", "00", "1", "9", "25", "7") }
	n := s.pick("", "", "-", "+") + digits(4)
	switch s.IntN(8) {
	case 0:
		n += "." + digits(3)
	case 1:
		n += "." + digits(2) + s.pick("e", "E") + s.pick("", "-", "+") + digits(2)
	case 2:
		return s.pick("INF", "-INF", "+INF", "NaN", "-0", "0", "1e-400", "1E400", "255", "256", "-128", "-129", "127",
			"9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "-0.0E0",
			strings.Repeat("9", 200), "-"+strings.Repeat("1", 130), "0."+strings.Repeat("0", 150)+"1", "7."+strings.Repeat("0", 31),
			"7."+strings.Repeat("0", 32), "000", "00.0", "1.0E0")
	}
	return n
}

func (s source) time() string {
	t := s.pick("2024", "2023", "1970", "0000", "-0001", "12024", "-9999", "40000", "-40000", "02024", "0001", "9999")
	if s.IntN(6) > 0 {
		t += "-" + s.pick("01", "02", "12", "06", "13", "00")
	}
	if s.IntN(6) > 0 {
		t += "-" + s.pick("01", "28", "29", "30", "31", "00")
	}
	if s.IntN(3) > 0 {
		t += "T" + s.pick("00:00:00", "23:59:59", "24:00:00", "12:30:00", "00:00:60", "23:60:00", "1:00:00") +
			s.pick("", "", ".0", ".5", ".50", ".05", ".123456789", ".1234567891", ".", "."+strings.Repeat("0", 33))
	}
	return t + s.pick("", "", "Z", "Z", "+00:00", "-00:00", "+01:00", "-05:30", "+14:00", "-14:00", "+14:01", "z")
}
