package suggest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/suggest"
	"kg/schema"
)

// What kg kinds shows as the way to write something is accepted: each kind's line,
// and each relation's, for every kind that has it.
func TestExamplesOfKinds(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	for _, k := range o.Kinds() {
		if k.Abstract || k.Within(o.Kind("Record")) {
			continue
		}
		line := suggest.Line(o, k)
		event := k.Within(o.Kind("Event"))
		edges, entity := "      - "+line+"\n", "  x: "+k.Name+" X\n"
		switch {
		case !event:
			edges, entity = "", "  "+line+"\n  x: "+k.Name+" X\n"
		case len(k.Shorts) > 0:
			edges = "      - '" + line + "'\n"
		}
		for _, r := range o.RelationsOf(k) {
			edges += fmt.Sprintf("      - x: {%s: %s}\n", r.Name, suggest.Value(r))
		}
		file := "source: {id: s, title: T, publisher: p, annotator: p, date: 2019-04-08, language: en}\nentities:\n  p: Person P\n" + entity +
			"claims:\n  - id: c\n    see: https://example.org/\n    edges:\n" + edges
		if problem := apartFrom(o, file); problem != "" {
			t.Errorf("%s: %s: %s", k.Name, line, problem)
		}
	}
}

var unknown = regexp.MustCompile(`unknown entity "([^"]+)"`)

// apartFrom is what is wrong with a file, apart from entities that it does not
// declare, and what an example has twice or not of all that its kinds need.
func apartFrom(o *schema.Ontology, file string) string {
	_, err := data.Read("x.yaml", []byte(file), o, schema.DefaultBase)
	if err == nil {
		return ""
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		if !unknown.MatchString(line) && !strings.Contains(line, "and no claim states it") && !strings.Contains(line, "says twice that") && !strings.Contains(line, "is of kind") {
			return line
		}
	}
	return ""
}
