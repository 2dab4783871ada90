// Package figures reads quantities and dates: spelled so that two compare, as intervals
// that overlap or not, and the dates of events, which order them. It reads the quads of
// one node at a time.
package figures

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Terms are the predicates of a quantity's or a date's value.
var Terms = []quad.IRI{
	schema.Value, schema.MinValue, schema.MaxValue, schema.Unit, schema.Per, schema.Period,
	schema.Of, schema.ComparedTo, schema.EDTF,
}

// Words are the further predicates that are read of a quantity or a date.
var Words = []quad.IRI{schema.Approximate, schema.Uncertain, schema.Printed, schema.Resolved}

// Shown are the predicates that people read of a quantity or a date.
var Shown = slices.Concat(Terms, Words)

// Is reports whether a node has the form of a quantity or a date of a claim.
func Is(node quad.IRI) bool {
	_, _, part, ok := schema.IRI(node).SplitClaim()
	return ok && part != ""
}

// Spell spells the value of a quantity or a date by some predicates, so that the nodes of
// two claims for one figure compare, numbers by value; it returns an empty text for any
// other value.
func Spell(ctx context.Context, r *read.Quads, value quad.Value, terms []quad.IRI) (string, error) {
	iri := read.IRI(value)
	if !Is(iri) {
		return "", nil
	}
	var lines []string
	err := r.Do(ctx, quad.Quad{Subject: iri}, func(q quad.Quad) {
		if p := read.IRI(q.Predicate); slices.Contains(terms, p) {
			lines = append(lines, string(p)+" "+ByValue(q.Object))
		}
	})
	slices.Sort(lines)
	lines = AsExact(lines, string(schema.MinValue)+" ", string(schema.MaxValue)+" ", string(schema.Value)+" ")
	return strings.Join(lines, "\n"), err
}

// AsExact makes a range of one number that number, in sorted lines that begin so.
func AsExact(lines []string, lowest, highest, exact string) []string {
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

// ByValue spells a number by its value, whatever its datatype, and any other term as in
// N-Quads.
func ByValue(value quad.Value) string {
	switch value.(type) {
	case quad.Int, quad.Float, quad.TypedString:
		if n, ok := new(big.Rat).SetString(term.TextOf(value)); ok {
			return n.RatString()
		}
	}
	return quad.StringOf(value)
}
