package mapping_test

import (
	"regexp"
	"strings"
	"testing"

	"kg/internal/mapping"
	"kg/internal/testsize"
	"kg/schema"
)

var mappingWord = regexp.MustCompile(`[a-zA-Z][a-zA-Z-]*`)

// Any wrong words of a mapping, together too, have an answer: the table is read, or the
// mistakes are reported with their positions. A word wrong beside another has no kind, no
// thing or no relation to be suggested for.
func TestMappingWithWrongWords(t *testing.T) {
	t.Parallel()
	rules, table := string(file(t, "testdata/crews.map.yaml")), string(file(t, "testdata/crews.csv"))
	o := ontology(t)
	words := mappingWord.FindAllStringIndex(rules, -1)
	instead := []string{"", "zz", "''", "[]", "{}", "~", "'{name}'", "Thing", "Person", "{column: ship}"}
	try := func(changed string) {
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("%v of the mapping:\n%s", p, changed)
			}
		}()
		m, err := mapping.Read("crews.map.yaml", []byte(changed), o)
		if err == nil {
			_, err = m.Read(mapping.SourceTable{Name: "crews.csv", Format: "csv", In: strings.NewReader(table)}, o, schema.DefaultBase)
		}
		if err != nil && !strings.Contains(err.Error(), `"crews.`) {
			t.Errorf("no position in %q of the mapping:\n%s", err, changed)
		}
	}
	words = words[:len(words)/testsize.Of(8, 1)]
	for _, w := range words {
		for _, other := range instead {
			try(rules[:w[0]] + other + rules[w[1]:])
		}
	}
	for i, a := range words {
		for _, b := range words[i+1:] {
			try(rules[:a[0]] + "zz" + rules[a[1]:b[0]] + "zz" + rules[b[1]:])
		}
	}
}
