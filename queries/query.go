package queries

import (
	"embed"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"kg/internal/strict"
)

//go:embed *.js
var embedded embed.FS

// Query is a saved question.
type Query struct {
	Name     string
	Question string
	Params   []Param
	Columns  []string // tags, in order
	Counted  string   // the tag whose different values the last column counts; empty for none
	Count    string   // the name of that column
	Denied   bool     // whether it sees what sources deny
	None     string   // what having no answer means, with {name} for the values of parameters
	Examples []Example
	Text     string // the whole file
	Own      bool   // a user's, not one of kg's
	File     string // that it was read from; empty for one that is embedded alone
	Mistakes error  // that keep the file from being a query; its other fields say nothing
}

// Param is a typed parameter; without a value or a default of its own, the one
// in the text holds.
type Param struct {
	Name    string
	Type    string // a kind, entity, text or number
	Default string // as the header gives it, in the words of a call; may be empty
	Meaning string
}

// Example is a call of the query and the rows it must give.
type Example struct {
	Args []string // name=value
	Rows [][]string
}

// Set is saved queries by name.
type Set map[string]*Query

// Read reads the embedded queries and those of the user's folders. A file with
// mistakes does not keep the others from being queries: it is in the set with its
// Mistakes. The error is of a folder that cannot be read.
func Read(own ...fs.FS) (Set, error) {
	set := Set{}
	errs := []error{set.add(embedded, false)}
	for _, folder := range own {
		errs = append(errs, set.add(folder, true))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return set, nil
}

func (s Set) add(folder fs.FS, own bool) error {
	files, err := strict.ReadFolder("queries", folder, ".js")
	if err != nil {
		return err
	}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name, ".js")
		q, err := &Query{Name: name}, file.Err
		if err == nil {
			q, err = Parse(name, file.Path, string(file.Data))
		}
		known := s[name]
		switch {
		case err == nil && known != nil && known.Text == q.Text:
			known.File = file.Path // one of kg's, in the folder it is made in
			continue
		case err == nil && known != nil:
			err = strict.Problemf("query", file.Path, "there is already a query %s: give the file another name", name)
		}
		if err != nil {
			q = &Query{Name: name, Mistakes: err}
			name = file.Path // beside one of that name
		}
		q.Own = own
		if own {
			q.File = file.Path
		}
		s[name] = q
	}
	return nil
}

// Names lists the queries in order.
func (s Set) Names() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s)), func(name string) bool { return s[name].Mistakes != nil })
}

// Mistakes lists the files that are no queries, in order; each has Mistakes.
func (s Set) Mistakes() []*Query {
	var list []*Query
	for _, key := range slices.Sorted(maps.Keys(s)) {
		if s[key].Mistakes != nil {
			list = append(list, s[key])
		}
	}
	return list
}

// UsageError is a mistake in how a query is called.
type UsageError struct{ Msg string }

func (e *UsageError) Error() string { return e.Msg }

// Find returns the query of that name. The error is that of a file of that name
// with mistakes, or a *UsageError that knows the nearest.
func (s Set) Find(name string) (*Query, error) {
	if q := s[name]; q != nil && q.Mistakes == nil {
		return q, nil
	}
	for _, broken := range s.Mistakes() {
		if broken.Name == name {
			return nil, broken.Mistakes
		}
	}
	return nil, &UsageError{strict.Sprintf("unknown query %q%s: kg query lists them", name, strict.DidYouMean(name, s.Names()))}
}

// Signature is the parameters as a call shows them, each with what it is: party:
// who pays or is paid.
func (q *Query) Signature() string {
	var words []string
	for _, p := range q.Params {
		words = append(words, p.Name+": "+p.Role())
	}
	return strings.Join(words, "; ")
}
