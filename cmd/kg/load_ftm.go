package main

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/data/ftm"
	"kg/graph"
	"kg/schema"
)

// ftmFormat is the format of entities of FollowTheMoney.
const ftmFormat = "ftm"

// statementsFormat is the format of statements of FollowTheMoney, for an export.
const statementsFormat = "statements"

// ofSource is the form that the label of a dataset has.
var ofSource = regexp.MustCompile(`/source/[^/]+$`)

// entities are the texts of entities of a load, as they are read.
type entities struct {
	model   *ftm.Model
	base    schema.Base
	label   quad.IRI
	rejects io.Writer
	readers []*ftm.Reader
}

// entitiesOf prepares the reading of entities, if one of the files has any.
func (a *app) entitiesOf(names []string, f quadsFlags, opt graph.QuadsOptions) (*entities, error) {
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
	return &entities{model: m, base: opt.Base, label: opt.Label, rejects: opt.Rejects}, err
}

// open gives a text of entities as one of quads.
func (e *entities) open(name string, open func() (io.ReadCloser, error)) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
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
		r := e.model.Read(in, ftm.Options{Base: e.base, Name: name, Label: e.label, Dataset: dataset, Rejects: e.rejects})
		e.readers = append(e.readers, r)
		return &entityText{r, in, name}, nil
	}
}

// entityText is the text of quads that entities become.
type entityText struct {
	*ftm.Reader
	in   io.Closer
	name string
}

// Read tells mistakes in the text from trouble with the disk. A text without an entity
// is a copy that failed, rather than a list of nobody.
func (t *entityText) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	if _, mistake := err.(*ftm.Error); mistake {
		err = inputError{err}
	}
	if err != io.EOF {
		return n, err
	}
	if report := t.Report(); report.Entities+report.Rejected == 0 {
		err = inputError{fmt.Errorf("reading entities %q: there are none in it", t.name)}
	}
	return n, err
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
// in the ontology. It gives how many lines were rejected.
func (e *entities) tell(to io.Writer) (rejected uint64) {
	if e == nil {
		return 0
	}
	for _, r := range e.readers {
		report := r.Report()
		rejected += uint64(report.Rejected)
		fmt.Fprintf(to, "entities: %s\n", thousands(report.Entities))
		for _, k := range report.Kept {
			if k.Unknown {
				fmt.Fprintf(to, "warning: FollowTheMoney has no property %q of %s%s: kept as it is, %s, first at %s\n", k.Property, k.Schema, k.Nearest, plural(k.Count, "value"), k.Place)
				continue
			}
			fmt.Fprintf(to, "no place in the ontology: %s.%s: %s, kept\n", k.Schema, k.Property, plural(k.Count, "value"))
		}
	}
	return rejected
}
