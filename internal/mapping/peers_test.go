package mapping_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"kg/internal/cputime"
	"kg/internal/mapping"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// rml says what the mapping of wide says, as far as RML can: no claims, no places, and
// a cell is one name.
const rml = `@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix ex: <https://kg.example/> .
<#who> rml:logicalSource [ rml:source "wide.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "https://kg.example/person/p-{a}" ; rr:class ex:Person ; rr:graph ex:wide ] ;
  rr:predicateObjectMap [ rr:predicate ex:name ; rr:objectMap [ rr:template "{b} {c}" ; rr:termType rr:Literal ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:also ; rr:objectMap [ rml:reference "d" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:commands ; rr:objectMap [ rr:template "https://kg.example/vessel/{f}" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:identifier ; rr:objectMap [ rml:reference "g" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:phone ; rr:objectMap [ rml:reference "h" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:email ; rr:objectMap [ rml:reference "i" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:website ; rr:objectMap [ rml:reference "j" ] ] .
<#birth> rml:logicalSource [ rml:source "wide.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "https://kg.example/source/wide/birth/p-{a}-birth" ; rr:class ex:Birth ; rr:graph ex:wide ] ;
  rr:predicateObjectMap [ rr:predicate ex:description ; rr:objectMap [ rr:template "The birth of {b} {c}" ; rr:termType rr:Literal ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:born ; rr:objectMap [ rr:template "https://kg.example/person/p-{a}" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:status ; rr:objectMap [ rr:constant ex:done ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:date ; rr:objectMap [ rml:reference "e" ] ] .
<#ship> rml:logicalSource [ rml:source "wide.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "https://kg.example/vessel/{f}" ; rr:class ex:Vessel ; rr:graph ex:wide ] ;
  rr:predicateObjectMap [ rr:predicate ex:name ; rr:objectMap [ rml:reference "f" ] ] .
`

const morphConfig = `[CONFIGURATION]
output_file=out.nq
output_format=N-QUADS
number_of_processes=1
logging_level=ERROR
[DataSource1]
mappings=map.ttl
`

// kg and morph-kgc make N-Quads of one table, by the processor time of both. That of
// morph-kgc is of its whole process, and what it takes to import itself is told beside.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	if exec.Command("python3", "-c", "import morph_kgc").Run() != nil {
		t.Skip("morph-kgc is not to be had")
	}
	const rows = 20_000
	m, dir, table := wideMapping(t), t.TempDir(), wideTable(rows)
	for name, text := range map[string][]byte{"wide.csv": table, "map.ttl": []byte(rml), "morph.ini": []byte(morphConfig)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	python := func(args ...string) float64 {
		cmd := exec.Command("python3", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	}
	starting := python("-c", "import morph_kgc")
	theirs := python("-m", "morph_kgc", "morph.ini")
	out, err := os.ReadFile(filepath.Join(dir, "out.nq"))
	if err != nil || bytes.Count(out, []byte("\n")) < 12*rows {
		t.Fatal("morph-kgc made too few quads", err)
	}
	start := processorTime(t)
	got, err := m.Read(mapping.SourceTable{Name: "wide.csv", Format: "csv", In: bytes.NewReader(table)}, ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	quads, w := 0, nquads.NewWriter(io.Discard)
	for q := range got.Parts(1)[0] {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
		quads++
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	ours := processorTime(t) - start
	t.Logf("%d rows of ten columns: %.2f s of processor time by morph-kgc for %d quads, %.2f s of it to start; kg makes %d in %.2f s, %.1f times as fast, %.1f without the start",
		rows, theirs, bytes.Count(out, []byte("\n")), starting, quads, ours, theirs/ours, (theirs-starting)/ours)
}

// processorTime is that of this process, in seconds.
func processorTime(t testing.TB) float64 {
	t.Helper()
	used, err := cputime.Used()
	if err != nil {
		t.Fatal(err)
	}
	return used.Seconds()
}
