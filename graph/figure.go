package graph

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// figureTerms are what a quantity or a date says.
var figureTerms = []quad.IRI{
	schema.Value, schema.MinValue, schema.MaxValue, schema.Unit, schema.Per, schema.Period,
	schema.Of, schema.ComparedTo, schema.EDTF,
}

// figureWords are what is read of a quantity or a date besides.
var figureWords = []quad.IRI{schema.Approximate, schema.Uncertain, schema.Printed, schema.Resolved}

// figures spells what a quantity or a date says, so that two claims' nodes for
// one figure compare, numbers by value; it is empty for any other value.
func (v *View) figures(ctx context.Context, value quad.Value) (string, error) {
	return v.figure(ctx, value, figureTerms)
}

// Same spells a value so that two compare which people read alike: a quantity or
// a date by what is read of it, though each claim has a node of its own for it.
func (v *View) Same(ctx context.Context, value quad.Value) (string, error) {
	if text, ok := v.alike[value]; ok {
		return text, nil
	}
	figure, err := v.figure(ctx, value, slices.Concat(figureTerms, figureWords))
	if err != nil || figure == "" {
		return quad.StringOf(value), err
	}
	v.alike[value] = figure
	return figure, nil
}

// AppendSame is Same at the end of a text.
func (v *View) AppendSame(ctx context.Context, dst []byte, value quad.Value) ([]byte, error) {
	iri, ok := value.(quad.IRI)
	if _, _, part, is := schema.IRI(iri).SplitClaim(); ok && !(is && part != "") {
		return append(append(append(dst, '<'), iri...), '>'), nil // no figure
	}
	text, err := v.Same(ctx, value)
	return append(dst, text...), err
}

func (v *View) figure(ctx context.Context, value quad.Value, terms []quad.IRI) (string, error) {
	iri, _ := value.(quad.IRI)
	if _, _, part, ok := schema.IRI(iri).SplitClaim(); !ok || part == "" {
		return "", nil
	}
	var lines []string
	err := v.each(ctx, quad.Quad{Subject: iri}, func(q quad.Quad) {
		if p := iriOf(q.Predicate); slices.Contains(terms, p) {
			lines = append(lines, string(p)+" "+byValue(q.Object))
		}
	})
	slices.Sort(lines)
	lines = asExact(lines, string(schema.MinValue)+" ", string(schema.MaxValue)+" ", string(schema.Value)+" ")
	return strings.Join(lines, "\n"), err
}

// asExact makes a range of one number that number, in sorted lines that begin so.
func asExact(lines []string, lowest, highest, exact string) []string {
	least := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, lowest) })
	most := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, highest) })
	if least < 0 || most < 0 || lines[least][len(lowest):] != lines[most][len(highest):] {
		return lines
	}
	value := exact + lines[least][len(lowest):]
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, lowest) || strings.HasPrefix(l, highest) })
	lines = append(lines, value)
	slices.Sort(lines)
	return lines
}

// byValue spells a number by its value, whatever its datatype, and any other term
// as N-Quads do.
func byValue(value quad.Value) string {
	switch value.(type) {
	case quad.Int, quad.Float, quad.TypedString:
		if n, ok := new(big.Rat).SetString(Text(value)); ok {
			return n.RatString()
		}
	}
	return quad.StringOf(value)
}
