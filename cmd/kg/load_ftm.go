package main

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/ftm"
	"kg/schema"
)

// ftmFormat is the format of entities of FollowTheMoney.
const ftmFormat = "ftm"

// statementsFormat is the format of statements of FollowTheMoney, for an export.
const statementsFormat = "statements"

// ofSource matches the label of a dataset.
var ofSource = regexp.MustCompile(`[/#]source/[^/]+$`)

// entities reads the entities of a load, and counts what it read.
type entities struct {
	model   *ftm.Model
	base    schema.Base
	label   quad.IRI
	readers []*ftm.Reader
}

// entitiesOf prepares the reading of entities, if one of the files has any.
func (a *app) entitiesOf(names []string, f quadsFlags, opt graph.LoadOptions) (*entities, error) {
	if !slices.ContainsFunc(names, func(name string) bool { return f.formatOf(name) == ftmFormat }) {
		return nil, nil
	}
	if opt.Label != "" && !ofSource.MatchString(string(opt.Label)) {
		return nil, usagef("--label %s: the label of entities names a source, such as kg:source/ofac", f.label)
	}
	o, err := a.ontology()
	if err != nil {
		return nil, err
	}
	m, err := ftm.NewModel(o)
	return &entities{model: m, base: opt.Base, label: opt.Label}, err
}

// parts returns a function that reads a text of entities as quads.
func (e *entities) parts(name string, open func() (io.ReadCloser, error)) func() (graph.QuadParts, error) {
	return func() (graph.QuadParts, error) {
		in, err := open()
		if err != nil {
			return nil, err
		}
		dataset := strings.TrimSuffix(filepath.Base(name), ".gz")
		for _, ending := range []string{".json", ".jsonl", ".csv", ".ftm", ".entities", ".nested", ".statements"} {
			dataset = strings.TrimSuffix(dataset, ending)
		}
		if name == "-" {
			dataset = "stdin"
		}
		r := e.model.Read(in, ftm.Options{Base: e.base, Name: name, Label: e.label, Dataset: dataset})
		e.readers = append(e.readers, r)
		return &entityText{r, in}, nil
	}
}

// entityText is an open text of entities.
type entityText struct {
	*ftm.Reader
	in io.Closer
}

// Close stops the reading before it closes the text.
func (t *entityText) Close() error {
	err := t.Reader.Close()
	if closed := t.in.Close(); err == nil {
		err = closed
	}
	return err
}

// tell prints how many entities were read, and the properties with values that
// the ontology has no relation for.
func (e *entities) tell(to io.Writer) {
	if e == nil {
		return
	}
	for _, r := range e.readers {
		report := r.Report()
		fmt.Fprintf(to, "entities: %s\n", thousands(report.Entities))
		for _, k := range report.Kept {
			if k.Unknown {
				fmt.Fprintf(to, "warning: FollowTheMoney has no property %q of %s%s: kept as it is, %s, first at %s\n", k.Property, k.Schema, k.Nearest, plural(k.Count, "value"), k.Position)
				continue
			}
			fmt.Fprintf(to, "no place in the ontology: %s.%s: %s, kept\n", k.Schema, k.Property, plural(k.Count, "value"))
		}
	}
}
