package schema_test

import (
	"testing"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// A claim, what is under it, and what is neither are told apart under every base.
func TestSplitClaim(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		source := base.Source("herald")
		claim := base.Claim("herald", "c1")
		for iri, part := range map[quad.IRI]string{claim: "", claim + "/sale/price": "sale/price"} {
			s, c, p, ok := schema.IRI(iri).SplitClaim()
			if s != source || c != claim || p != part || !ok {
				t.Errorf("%s: got %s, %s, %q, %v", iri, s, c, p, ok)
			}
			if got := schema.IRI(iri).Source(); got != source {
				t.Errorf("%s is of %s", iri, got)
			}
		}
		for _, rest := range []quad.IRI{"source/herald", "source/herald/claim", "source/herald/sale/s1", "resource/herald/claim/c1", "open-source/herald/claim/c1"} {
			if _, _, _, ok := schema.IRI(quad.IRI(base) + rest).SplitClaim(); ok {
				t.Errorf("%s%s is taken for a claim", base, rest)
			}
		}
		if !schema.IRI(base.Source("background")).IsBackground() || schema.IRI(source).IsBackground() || schema.IRI(quad.IRI(base)+"resource/background").IsBackground() {
			t.Errorf("background is not told under %s", base)
		}
	}
}
