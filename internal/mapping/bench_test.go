package mapping_test

import (
	"bytes"
	"fmt"
	"testing"

	"kg/internal/mapping"
	"kg/schema"
)

// wideMapping is one for wideTable.
func wideMapping(t testing.TB) *mapping.Mapping {
	t.Helper()
	m, err := mapping.Read("m.yaml", []byte(`
source: {id: wide, title: Wide, publisher: office, annotator: office, date: 2019, language: en}
entities: {office: Authority Harbour Office}
things:
  who: {kind: Person, id: "p-{a}", name: "{b} {c}", also: {column: d, split: ";"}}
  birth: {when: e, kind: Birth, id: "{who}-birth", description: "The birth of {b} {c}"}
  ship: {kind: Vessel, id: "{f}", name: "{f}"}
claims:
  row:
    says: "{b} {c} commands the {f}"
    edges:
      who: {commands: ship, identifier: "{g}", phone: "{h}", email: "{i}", website: "{j}"}
      birth: {born: who, status: done, date: {column: e, date: dmy}}
`), ontology(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wideTable has ten columns.
func wideTable(rows int) []byte {
	var table bytes.Buffer
	table.WriteString("a,b,c,d,e,f,g,h,i,j\n")
	for i := range rows {
		fmt.Fprintf(&table, "%d,Anna,Falk %d,A. Falk; Falk,%d.4.1961,Ship %d,X%d,+47 %d,a%d@example.org,www.example.org/%d\n", i, i, 1+i%28, i%1000, i, i, i, i)
	}
	return table.Bytes()
}

// BenchmarkMapping reads a table of ten columns through a mapping to quads; its cells
// per second are those of processor time, the garbage collector's too.
func BenchmarkMapping(b *testing.B) {
	const rows = 20000
	o, m, table := ontology(b), wideMapping(b), wideTable(rows)
	b.ReportAllocs()
	b.ResetTimer()
	start := processorTime(b)
	for range b.N {
		got, err := m.Read(mapping.SourceTable{Name: "wide.csv", Format: "csv", In: bytes.NewReader(table)}, o, schema.DefaultBase)
		if err != nil {
			b.Fatal(err)
		}
		quads := 0
		for range got.Parts(1)[0] {
			quads++
		}
		if quads < rows*10 {
			b.Fatal(quads)
		}
	}
	b.ReportMetric(float64(b.N*rows*10)/(processorTime(b)-start), "cells/s")
}
