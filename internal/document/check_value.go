package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
	"kg/schema"
	"kg/schema/edtf"
)

// nodeName mints the IRI of a quantity or date: that of its claim, then its
// subject and relation, and a number from the second on.
func nodeName(claim quad.IRI, e *Edge, nodes map[edgeKey]int) quad.IRI {
	of := edgeKey{s: e.Subject.Text, r: e.Relation.Text}
	n := nodes[of] + 1
	if nodes[of] = n; n == 1 {
		return claim + "/" + quad.IRI(of.s) + "/" + quad.IRI(of.r)
	}
	return claim + "/" + quad.IRI(of.s) + "/" + quad.IRI(of.r) + "-" + quad.IRI(strconv.Itoa(n))
}

// valuer turns the object of one edge into a term, and adds the facts of the
// node it may need to those of the claim.
type valuer struct {
	*checker
	facts *claimFacts
	node  quad.IRI
	to    uint32 // the number of the entity that object gave
}

func (v valuer) add(s, p quad.IRI, o quad.Value) {
	v.facts.facts = append(v.facts.facts, fact{s: s, p: p, o: o})
}

// object returns nil after reporting a mistake.
func (v *valuer) object(rel *schema.Relation, o *Object) quad.Value {
	switch {
	case rel.Range != nil && rel.Range.IRI == schema.QuantityClass:
		if o.Quantity == nil && o.Date == nil && o.Text != "" {
			o.Quantity = readQuantity(v.o, rel, o.Word, v.r)
		} else if o.Quantity == nil {
			v.r.Addf(o.Pos, "%s takes a quantity, such as 45000 USD or {value: 45000, unit: USD}", rel.Name)
		}
		if o.Quantity == nil {
			return nil
		}
		v.quantity(v.node, o.Quantity, o.Pos)
		return v.node
	case rel.Range != nil && rel.Range.IRI == schema.DateClass:
		return v.date(rel, o)
	case o.Quantity != nil || o.Date != nil:
		v.r.Addf(o.Pos, "%s takes %s, not a quantity or a date", rel.Name, rel.RangeName())
		return nil
	case rel.Range == nil:
		return v.literal(rel, o.Word)
	case len(rel.Range.Codes) > 0:
		code, ok := rel.Range.Code(o.Text)
		if !ok {
			names := rel.Range.CodeNames()
			v.r.Addf(o.Pos, "unknown %s %q%s: one of %s", rel.Name, o.Text, strict.DidYouMean(o.Text, names), strings.Join(names, ", "))
			return nil
		}
		return code.IRI
	}
	e, ok := v.known(o.Word)
	if !ok {
		return nil
	}
	if !e.kind.Within(rel.Range) {
		v.r.Addf(o.Pos, "%s takes %s, and %q is of kind %s", rel.Name, rel.RangeName(), o.Text, e.kind.Name)
		return nil
	}
	v.to = e.number
	return e.term
}

func (v valuer) literal(rel *schema.Relation, w strict.Word) quad.Value {
	switch rel.Literal {
	case "number":
		n, _ := v.number(w)
		return n
	case "boolean":
		if w.Text != "true" && w.Text != "false" {
			v.r.Addf(w.Pos, "%s is true or false, not %q", rel.Name, w.Text)
		}
		return quad.Bool(w.Text == "true")
	case "day":
		if _, err := time.Parse(time.DateOnly, w.Text); err != nil {
			v.r.Addf(w.Pos, "%s is a day such as 2008-04-04, not %q", rel.Name, w.Text)
		}
		return day(w.Text)
	case "edtf":
		date, err := edtf.Parse(w.Text)
		if err != nil {
			v.r.Addf(w.Pos, "%v", err)
		}
		return date.Literal()
	}
	return quad.String(w.Text)
}

// number reads a number, and returns its size too.
func (v valuer) number(w strict.Word) (quad.Value, float64) {
	n, err := schema.ParseNumber(w.Text)
	if err != nil {
		v.r.Addf(w.Pos, "%v", err)
		return nil, 0
	}
	if f, ok := n.(quad.Float); ok {
		return n, float64(f)
	}
	return n, float64(n.(quad.Int))
}

// thousands are figures that half of Europe reads as thousands, and others as
// thousandths.
var thousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}\.[0-9]{3}$`)

// quantity adds the node of q; its label is for display.
func (v valuer) quantity(node quad.IRI, q *Quantity, at strict.Pos) string {
	v.add(node, schema.Type, schema.QuantityClass)
	printed := [...]strict.Word{q.Value, q.Min, q.Max} // how they stand in the file
	q = q.plain()
	single := q.Value.Text != ""
	switch ranged := q.Min.Text != "" || q.Max.Text != ""; {
	case single && ranged:
		v.r.Addf(at, "a quantity has a value, or min and max, not both")
	case !single && !ranged && q.Printed.Text == "":
		v.r.Addf(at, "a quantity needs a value, or min and max, or at least the printed words")
	}
	var ends [3]float64
	read := 0 // ends of a range that are numbers
	for i, end := range []struct {
		w strict.Word
		p quad.IRI
	}{{q.Value, schema.Value}, {q.Min, schema.MinValue}, {q.Max, schema.MaxValue}} {
		if end.w.Text == "" {
			continue
		}
		if t := printed[i].Text; strings.Contains(t, ".") && thousands.MatchString(t) {
			v.r.Addf(end.w.Pos, "%s may be read as thousands or as thousandths: write %s, or %s0", t, strings.ReplaceAll(t, ".", ""), t)
		}
		var n quad.Value
		if n, ends[i] = v.number(end.w); n != nil {
			v.add(node, end.p, n)
			read += min(i, 1)
		}
	}
	if read == 2 && ends[1] > ends[2] {
		v.r.Addf(at, "the range from %s to %s is the wrong way round", printed[1].Text, printed[2].Text)
	}
	for _, part := range []struct {
		p quad.IRI
		w strict.Word
	}{{schema.Unit, q.Unit}, {schema.Per, q.Per}, {schema.Period, q.Period}, {schema.Printed, q.Printed}} {
		if part.w.Text != "" {
			v.add(node, part.p, quad.String(part.w.Text))
		}
	}
	if q.Unit.Text == "" && (single || q.Min.Text != "" || q.Max.Text != "") {
		v.r.Addf(at, "a quantity needs a unit, such as USD, workers or percent")
	}
	if q.Approximate {
		v.add(node, schema.Approximate, quad.Bool(true))
	}
	label := q.label() + v.share(node, q, at)
	if q.SameSum != nil {
		same := node + "/same-sum"
		v.add(node, schema.SameSum, same)
		label += " (" + v.quantity(same, q.SameSum, at) + ")"
	}
	v.add(node, schema.Label, quad.String(label))
	return label
}

// share adds the whole that q is a share or a multiple of.
func (v valuer) share(node quad.IRI, q *Quantity, at strict.Pos) string {
	label := ""
	if q.Of != nil {
		of := node + "/of"
		v.add(node, schema.Of, of)
		label = " of " + v.quantity(of, q.Of, at)
	}
	if e, ok := v.known(q.OfThing); ok && q.OfThing.Text != "" {
		v.add(node, schema.Of, e.term)
		label = " of " + e.name
	}
	if e, ok := v.known(q.ComparedTo); ok && q.ComparedTo.Text != "" {
		v.add(node, schema.ComparedTo, e.term)
		label += " compared to " + e.name
		if q.Printed.Text != "" { // how such a comparison is meant depends on the words
			label += fmt.Sprintf(" (%s)", q.Printed.Text)
		}
	}
	return label
}

// plain returns a quantity with its unit in the short form, so that both forms of one
// amount are equal: 2 million EUR is 2000000 EUR, and 40 % is 40 percent.
func (q *Quantity) plain() *Quantity {
	if q == nil {
		return nil
	}
	plain := *q
	plain.Of = q.Of.plain()
	if q.Unit.Text == "%" {
		plain.Unit.Text = "percent"
	}
	word, unit, _ := strings.Cut(q.Unit.Text, " ")
	n := scales[word]
	if unit = strings.TrimSpace(unit); n == 0 || unit == "" {
		return &plain
	}
	plain.Unit.Text = unit
	for _, end := range []*strict.Word{&plain.Value, &plain.Min, &plain.Max} {
		if _, err := schema.ParseNumber(end.Text); err == nil {
			end.Text = scaled(end.Text, n)
		}
	}
	return &plain
}

// label prints a quantity as people read it: about 400 to 500 USD per worker
// per month; about 30 of 49 provinces, the unit once.
func (q *Quantity) label() string {
	var b strings.Builder
	if q.Approximate {
		b.WriteString("about ")
	}
	switch {
	case q.Value.Text != "":
		b.WriteString(q.Value.Text)
	case q.Min.Text != "" && q.Max.Text != "":
		b.WriteString(q.Min.Text + " to " + q.Max.Text)
	case q.Min.Text != "":
		b.WriteString("at least " + q.Min.Text)
	case q.Max.Text != "":
		b.WriteString("at most " + q.Max.Text)
	default:
		b.WriteString(q.Printed.Text)
	}
	if q.Unit.Text != "" && (q.Value.Text+q.Min.Text+q.Max.Text != "") && (q.Of == nil || q.Of.Unit.Text != q.Unit.Text) {
		b.WriteString(" " + q.Unit.Text)
	}
	for _, w := range []strict.Word{q.Per, q.Period} {
		if w.Text != "" {
			b.WriteString(" per " + w.Text)
		}
	}
	return b.String()
}

func (v valuer) date(rel *schema.Relation, o *Object) quad.Value {
	d := o.Date
	if d == nil {
		if o.Quantity != nil || o.Text == "" {
			v.r.Addf(o.Pos, "%s takes a date, such as 2008-03-12 or {edtf: 2008-02, printed: February}", rel.Name)
			return nil
		}
		if d = readDate(v.o, rel, o.Word, v.r); d == nil {
			return nil
		}
	}
	date, err := edtf.Parse(d.EDTF.Text)
	if err != nil {
		v.r.Addf(d.EDTF.Pos, "%v", err)
		return nil
	}
	v.add(v.node, schema.Type, schema.DateClass)
	v.add(v.node, schema.EDTF, date.Literal())
	v.add(v.node, schema.Precision, quad.String(date.Precision()))
	if first, ok := date.Earliest(); ok {
		v.add(v.node, schema.Earliest, day(first))
	}
	if last, ok := date.Latest(); ok {
		v.add(v.node, schema.Latest, day(last))
	}
	if date.Approximate() {
		v.add(v.node, schema.Approximate, quad.Bool(true))
	}
	if date.Uncertain() {
		v.add(v.node, schema.Uncertain, quad.Bool(true))
	}
	label := date.String()
	if d.Printed.Text != "" {
		v.add(v.node, schema.Printed, quad.String(d.Printed.Text))
		label = fmt.Sprintf("%s (%s)", label, d.Printed.Text)
	}
	if d.Resolved && isMonthOrYear(v.doc.Source.Date.Text) {
		v.r.Addf(d.EDTF.Pos, "a date is resolved against the day of publication, and of this source no day is known: write the date alone")
	} else if d.Resolved {
		v.add(v.node, schema.Resolved, day(v.doc.Source.Date.Text))
	}
	v.add(v.node, schema.Label, quad.String(label))
	return v.node
}

// day is a calendar day as a literal.
func day(s string) quad.Value { return quad.TypedString{Value: quad.String(s), Type: edtf.DayType} }
