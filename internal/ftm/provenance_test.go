package ftm

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"kg/schema"
)

// An entity has one provenance, and statements have one each: the shared values are the
// entity's, the others are lost, and counted as lost. Nothing is made of two of them.
func TestProvenanceOfStatements(t *testing.T) {
	t.Parallel()
	m := model(t)
	const head = "entity_id,canonical_id,schema,prop,value,dataset,lang,original_value,first_seen,last_seen,origin\n"
	for _, c := range []struct {
		name, rows string
		want       string // behind the properties
		lost       map[string]int
	}{
		{"all alike", "p,p,Person,name,Ann,one,eng,ANN,2021-01-01,2024-01-01,crawl\np,p,Person,alias,A.,one,eng,ANN,2021-01-01,2024-01-01,crawl\n",
			`,"dataset":"one","first_seen":"2021-01-01","lang":"eng","last_seen":"2024-01-01","origin":"crawl","original_value":"ANN"}`, nil},
		{"of one value", "p,p,Person,name,Ann,one,eng,,2021-01-01,2024-01-01,crawl\np,p,Person,birthDate,1970,one,,19.2.1970,2021-01-01,2024-01-01,enrich\n",
			`,"dataset":"one","first_seen":"2021-01-01","last_seen":"2024-01-01"}`,
			map[string]int{"the lang of single values": 1, "the origin of single values": 2, "the original value of single values": 1}},
		{"of two datasets", "p,p,Person,name,Ann,one,,,2021-01-01,2024-01-01,\np,p,Person,alias,A.,two,,,2020-01-01,2025-01-01,\n",
			`,"datasets":["one","two"],"first_seen":"2020-01-01","last_seen":"2025-01-01"}`,
			map[string]int{"the datasets of single values": 2, "the first seen of single values": 2, "the last seen of single values": 2}},
	} {
		r := m.Read(strings.NewReader(head+c.rows), Options{Base: schema.DefaultBase, Name: "in"})
		var out bytes.Buffer
		w := write(t, m, quadsOf(t, r), &out)
		if _, got, _ := strings.Cut(strings.TrimSpace(out.String()), "]}"); got != c.want {
			t.Errorf("%s: it comes back with %s\nwant %s", c.name, got, c.want)
		}
		lost := map[string]int{}
		for l, n := range w.Losses {
			if l.Entity == entityIRI(schema.DefaultBase, "p") {
				lost[l.What] += n
			}
		}
		if !maps.Equal(lost, c.lost) {
			t.Errorf("%s: lost are %v, not %v", c.name, lost, c.lost)
		}
	}
}
