package document

import (
	"regexp"
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/schema"
	"kg/schema/edtf"
)

// value reads the object of a relation.
func (p *sentenceParser) value(rel *schema.Relation) (Object, bool) {
	switch {
	case p.end():
		p.fail("%s takes %s, and nothing follows", rel.Name, rel.RangeName())
		return Object{}, false
	case isQuantity(rel):
		q, ok := p.quantity()
		return q, ok
	case rel.Range != nil && rel.Range.IRI == schema.DateClass:
		if t := p.tokens[p.i].Text; t == "from" || t == "to" {
			return p.interval()
		}
		return p.date()
	}
	p.ids[p.i] = rel.Range != nil && len(rel.Range.Codes) == 0
	return Object{Word: p.next().Word}, true
}

// date reads a date, and its printed words if they follow.
func (p *sentenceParser) date() (Object, bool) {
	t := p.next()
	if _, err := edtf.Parse(t.Text); err != nil {
		p.r.Addf(t.Pos, "%v", err)
		return Object{}, false
	}
	o := Object{Word: strict.Word{Pos: t.Pos}, Date: &DateValue{EDTF: t.Word}}
	if p.end() || !p.tokens[p.i].printed {
		return o, true
	}
	printed := p.next()
	o.Date.Printed = printed.Word
	if words, ok := strings.CutSuffix(printed.Text, "resolved"); ok && (words == "" || strings.HasSuffix(strings.TrimSpace(words), ",")) {
		o.Date.Resolved = true
		o.Date.Printed.Text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(words), ","))
	}
	return o, true
}

// interval reads from DATE to DATE, or one of the two.
func (p *sentenceParser) interval() (Object, bool) {
	first := p.tokens[p.i]
	ends := map[string]string{"from": "..", "to": ".."}
	for _, word := range []string{"from", "to"} {
		if p.end() || p.tokens[p.i].Text != word {
			continue
		}
		p.i++
		if p.end() {
			p.fail("%q takes a date such as 2019-03, and nothing follows", word)
			return Object{}, false
		}
		if d, err := edtf.Parse(p.tokens[p.i].Text); err != nil || d.Precision() == "interval" {
			p.fail("%q takes a date such as 2019-03, not %q", word, p.tokens[p.i].Text)
			return Object{}, false
		}
		ends[word] = p.next().Text
	}
	text := ends["from"] + "/" + ends["to"]
	if _, err := edtf.Parse(text); err != nil {
		p.r.Addf(first.Pos, "%v", err)
		return Object{}, false
	}
	return Object{Word: strict.Word{Pos: first.Pos}, Date: &DateValue{EDTF: wordAt(text, first.Pos)}}, true
}

// figures are a number, or two that a hyphen joins.
var figures = regexp.MustCompile(`^(-?[0-9]+(?:\.[0-9]+)?)(?:-([0-9]+(?:\.[0-9]+)?))?(%?)$`)

var scales = map[string]int{"thousand": 3, "million": 6, "billion": 9}

// atQuantity reports whether a quantity begins here: figures with a unit. Figures
// without one are a date, or a mistake.
func (p *sentenceParser) atQuantity() bool {
	i := p.i
	switch t := p.tokens[i]; {
	case t.printed:
		return true
	case t.Text == "about":
		return true
	case strings.HasSuffix(t.Text, "%"):
		return figures.MatchString(t.Text)
	case !figures.MatchString(t.Text):
		return false
	}
	return i+1 < len(p.tokens) && isUnit(p.tokens[i+1]) && !p.leads(p.tokens[i+1])
}

// isUnit reports whether a word after figures can be their unit.
func isUnit(t sentenceToken) bool {
	return t.quoted || !t.printed && !figures.MatchString(t.Text) && !isDate(t.Text) && !slices.Contains(schema.SentenceWords, t.Text) && t.Text != "=" && t.Text != "of"
}

// leads reports whether a word begins another detail of the sentence. Behind a
// relation that takes a quantity it is the unit all the same: permits 12000 permits.
func (p *sentenceParser) leads(t sentenceToken) bool {
	if p.short == nil || t.quoted {
		return false
	}
	_, isStatus := p.o.Kind("Status").Code(t.Text)
	rel := p.o.Relation(t.Text)
	return isStatus || p.short.After[t.Text] != nil || rel != nil && rel.Serves(p.kind)
}

func (p *sentenceParser) quantity() (Object, bool) {
	q := &Quantity{}
	o := Object{Word: strict.Word{Pos: p.tokens[p.i].Pos}, Quantity: q}
	if p.tokens[p.i].printed {
		q.Printed = p.next().Word
		return o, true
	}
	if p.tokens[p.i].Text == "about" {
		q.Approximate = true
		p.i++
	}
	if !p.figures(q) || !p.parts(q) {
		return o, false
	}
	if !p.end() && p.tokens[p.i].Text == "=" {
		p.i++
		if p.end() {
			p.fail("behind = stands the same sum in another currency, such as 22000 USD, and nothing follows")
			return o, false
		}
		same, ok := p.quantity()
		if !ok {
			return o, false
		}
		q.SameSum = same.Quantity
	}
	if !p.end() && p.tokens[p.i].printed {
		q.Printed = p.next().Word
	}
	return o, true
}

// figures reads the number or range of a quantity, and its unit.
func (p *sentenceParser) figures(q *Quantity) bool {
	if p.end() || p.tokens[p.i].quoted || !figures.MatchString(p.tokens[p.i].Text) {
		p.fail("a quantity is a number and its unit, such as 45000 USD, 40%%, about 400-500 USD per worker, or printed words in brackets")
		return false
	}
	t := p.next()
	m := figures.FindStringSubmatch(t.Text)
	scale := 0
	if !p.end() && !p.tokens[p.i].quoted && scales[p.tokens[p.i].Text] > 0 {
		scale = scales[p.next().Text]
	}
	if m[2] == "" {
		q.Value = wordAt(scaled(m[1], scale), t.Pos)
	} else {
		q.Min, q.Max = wordAt(scaled(m[1], scale), t.Pos), wordAt(scaled(m[2], scale), t.Pos)
	}
	switch {
	case m[3] != "":
		q.Unit = wordAt("percent", t.Pos)
	case p.end() || !isUnit(p.tokens[p.i]):
		p.fail("a quantity needs a unit behind %s, such as USD, workers or percent", t.Text)
		return false
	default:
		q.Unit = p.next().Word
	}
	return true
}

// periods are the units of time that a quantity is per.
var periods = []string{"second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "decade"}

// parts reads the per and of parts of a quantity.
func (p *sentenceParser) parts(q *Quantity) bool {
	for !p.end() && !p.tokens[p.i].quoted && (p.tokens[p.i].Text == "per" || p.tokens[p.i].Text == "of") {
		word := p.next()
		switch {
		case p.end():
			p.fail("%q is followed by nothing", word.Text)
			return false
		case word.Text == "of" && figures.MatchString(p.tokens[p.i].Text):
			if q.Of = new(Quantity); !p.figures(q.Of) { // printed words are those of the whole
				return false
			}
		case word.Text == "of":
			p.ids[p.i] = true
			q.OfThing = p.next().Word
		case slices.Contains(periods, p.tokens[p.i].Text):
			q.Period = p.next().Word
		default:
			q.Per = p.next().Word
		}
	}
	return true
}

// scaled is a number times ten to the power of n.
func scaled(number string, n int) string {
	whole, fraction, _ := strings.Cut(number, ".")
	if n == 0 {
		return number
	}
	fraction += strings.Repeat("0", max(0, n-len(fraction)))
	whole, fraction = whole+fraction[:n], strings.TrimRight(fraction[n:], "0")
	sign := strings.HasPrefix(whole, "-")
	whole = strings.TrimLeft(strings.TrimPrefix(whole, "-"), "0")
	if whole == "" {
		whole = "0"
	}
	if sign {
		whole = "-" + whole
	}
	if fraction != "" {
		return whole + "." + fraction
	}
	return whole
}

// alone reads a value by itself, after its relation.
func alone(o *schema.Ontology, rel *schema.Relation, w strict.Word, r *strict.Report) (Object, bool) {
	list, ok := tokens(w, r)
	if !ok || len(list) == 0 {
		return Object{}, false
	}
	p := &sentenceParser{o: o, r: r, tokens: list, ids: map[int]bool{}}
	value, ok := p.value(rel)
	if ok && !p.end() {
		behind := rel.RangeName()
		if value.Quantity != nil {
			behind = value.text() + ": a quantity is a number and its unit, such as 45000 USD or 2 million EUR"
		}
		p.fail("%q is not understood behind %s", p.tokens[p.i].Text, behind)
		return Object{}, false
	}
	return value, ok
}

// readQuantity reads a quantity that is written in a line; nil when it has noted a
// mistake.
func readQuantity(o *schema.Ontology, rel *schema.Relation, w strict.Word, r *strict.Report) *Quantity {
	if value, ok := alone(o, rel, w, r); ok {
		return value.Quantity
	}
	return nil
}

// readDate reads a date with its printed words, or nil.
func readDate(o *schema.Ontology, rel *schema.Relation, w strict.Word, r *strict.Report) *DateValue {
	if !strings.ContainsAny(w.Text, " (") {
		return &DateValue{EDTF: w}
	}
	if value, ok := alone(o, rel, w, r); ok {
		return value.Date
	}
	return nil
}
