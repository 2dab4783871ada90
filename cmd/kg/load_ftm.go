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

// ofSource is the form that the label of a dataset has.
var ofSource = regexp.MustCompile(`[/#]source/[^/]+$`)

// entities are the texts of entities of a load, as they are read.
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

// parts gives a text of entities as quads.
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

// entityText is a text of entities that is read.
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

// tell tells how many entities were read, and of which properties values had no place
// in the ontology.
func (e *entities) tell(to io.Writer) {
	if e == nil {
		return
	}
	for _, r := range e.readers {
		report := r.Report()
		fmt.Fprintf(to, "entities: %s\n", thousands(report.Entities))
		for _, k := range report.Kept {
			if k.Unknown {
				fmt.Fprintf(to, "warning: FollowTheMoney has no property %q of %s%s: kept as it is, %s, first at %s\n", k.Property, k.Schema, k.Nearest, plural(k.Count, "value"), k.Place)
				continue
			}
			fmt.Fprintf(to, "no place in the ontology: %s.%s: %s, kept\n", k.Schema, k.Property, plural(k.Count, "value"))
		}
	}
}
