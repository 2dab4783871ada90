package schema_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

var decided = time.Date(2026, 5, 4, 3, 2, 1, 123456789, time.FixedZone("", 3600))

// matched is a decision about two things.
func matched(t *testing.T, base schema.Base) *schema.Decision {
	t.Helper()
	d, err := base.NewMatch(schema.Same, "https://kg.example/person/b", "https://kg.example/person/a", "one  birthday", "Ann Lee", decided)
	if err != nil {
		t.Fatal(err)
	}
	other, err := base.NewMatch(schema.Same, "https://kg.example/person/a", "https://kg.example/person/b", "one birthday", "Ann Lee", decided)
	if err != nil || *other != *d || d.On != "https://kg.example/person/a" {
		t.Errorf("%+v and %+v: %v", d, other, err)
	}
	return d
}

func decision(t *testing.T, base schema.Base, retracts bool) *schema.Decision {
	t.Helper()
	d, err := base.NewDecision(retracts, "https://kg.example/source/x", "it was  withdrawn\n", "Ann Lee", decided)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a decision becomes reads back as that decision, whatever the base; without
// one of its quads, with one twice, or with another content it is none.
func TestDecisionReadsBack(t *testing.T) {
	t.Parallel()
	for _, base := range []schema.Base{schema.DefaultBase, "https://x.example/a#"} {
		for _, d := range []*schema.Decision{decision(t, base, true), decision(t, base, false), matched(t, base)} {
			if d.Verdict == "" && d.Reason != "it was withdrawn" || !d.At.Equal(decided.Truncate(time.Microsecond)) {
				t.Errorf("the decision is %+v", d)
			}
			quads := d.Quads()
			got, err := schema.ReadDecision(d.IRI, quads)
			if err != nil || *got != *d {
				t.Errorf("read %+v, %v, not %+v", got, err, d)
			}
			for i, q := range quads {
				if q.Label != base.Decisions() {
					t.Errorf("%v is not labelled %s", q, base.Decisions())
				}
				refused(t, d.IRI, slices.Delete(slices.Clone(quads), i, i+1), "without a quad")
				refused(t, d.IRI, append(slices.Clone(quads), q), "a quad twice")
				for _, other := range []quad.Value{quad.String("other"), quad.IRI("a:other"), schema.RetractionClass, schema.RestorationClass, schema.MatchClass, quad.Time(time.Unix(0, 0))} {
					if other != q.Object {
						altered := slices.Clone(quads)
						altered[i].Object = other
						refused(t, d.IRI, altered, "another object")
					}
				}
				elsewhere := slices.Clone(quads)
				elsewhere[i].Label = quad.IRI("a:label")
				refused(t, d.IRI, elsewhere, "another label")
			}
		}
	}
}

func refused(t *testing.T, iri quad.IRI, quads []quad.Quad, what string) {
	t.Helper()
	if d, err := schema.ReadDecision(iri, quads); err == nil {
		t.Errorf("%s: it is the decision %+v", what, d)
	}
}

func TestDecisionNeedsReasonAndAuthor(t *testing.T) {
	t.Parallel()
	for _, bad := range [][2]string{{"", "Ann"}, {" \n", "Ann"}, {"why", ""}, {"why", "\t"}, {"\xff", "Ann"}, {"why", "\xff"}} {
		if d, err := schema.DefaultBase.NewDecision(true, "a:x", bad[0], bad[1], decided); err == nil {
			t.Errorf("%q by %q is the decision %+v", bad[0], bad[1], d)
		}
	}
}

// Of two decisions exactly one holds, and the later one does.
func TestDecisionAfter(t *testing.T) {
	t.Parallel()
	a, b := decision(t, schema.DefaultBase, true), decision(t, schema.DefaultBase, false)
	if a.After(b) == b.After(a) || a.After(a) {
		t.Error("of two decisions of one instant not one holds")
	}
	c, err := schema.DefaultBase.NewDecision(false, a.On, "why", "Ann", decided.Add(time.Microsecond))
	if err != nil || !c.After(a) || !c.After(b) || a.After(c) {
		t.Errorf("the later decision does not hold: %v", err)
	}
}

func TestDecisionLabel(t *testing.T) {
	t.Parallel()
	id := "/" + strings.Repeat("0", 32)
	for iri, want := range map[quad.IRI]bool{
		quad.IRI("https://kg.example/decisions" + id):            true,
		quad.IRI("https://kg.example/#decisions" + id):           true,
		quad.IRI("https://kg.example/mydecisions" + id):          false,
		quad.IRI("https://kg.example/decisions/x" + id):          false,
		quad.IRI("https://kg.example/decisions" + id + "0"):      false,
		quad.IRI("https://kg.example/decisions/" + "x" + id):     false,
		quad.IRI("decisions" + id):                               false,
		"https://kg.example/decisions":                           false,
		quad.IRI("https://kg.example/decisions" + id[:32] + "g"): false,
	} {
		if label, ok := schema.IRI(iri).DecisionLabel(); ok != want || ok && !schema.IRI(iri).Under(label) {
			t.Errorf("%s: %s, %v", iri, label, ok)
		}
	}
}
