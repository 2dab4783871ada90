package queries

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"kg/schema/strict"
)

//go:embed *.js
var embedded embed.FS

// Doc is this package's doc.go, which says how a saved query is written.
//
//go:embed doc.go
var Doc string

// Query is a saved question.
type Query struct {
	Name     string
	Question string
	Params   []Param
	Columns  []string // tags, in order
	Count    *Count
	Denied   bool // whether it sees what sources deny
	Examples []Example
	Text     string // the whole file
	Own      bool   // a user's, not one of kg's
}

// Param is a typed parameter; without a value or a default of its own, the one
// in the text holds.
type Param struct {
	Name    string
	Type    string // a kind, entity, text or number
	Default string // as the header gives it, in the words of a call; may be empty
	Meaning string
}

// Count is a column that counts the different values of a tag.
type Count struct{ Tag, Column string }

// Example is a call of the query and the rows it must give.
type Example struct {
	Args []string // name=value
	Rows [][]string
}

// Set is saved queries by name.
type Set map[string]*Query

// Read reads the embedded queries and those of the user's folders. All
// mistakes of all files come back as joined *strict.Errors.
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
	var errs []error
	for _, file := range files {
		q, err := Parse(strings.TrimSuffix(file.Name, ".js"), file.Path, string(file.Data))
		switch {
		case err != nil:
			errs = append(errs, err)
		case s[q.Name] != nil:
			errs = append(errs, fmt.Errorf("reading query %q: there is already a query %s", file.Path, q.Name))
		default:
			q.Own = own
			s[q.Name] = q
		}
	}
	return errors.Join(errs...)
}

// Names lists the queries in order.
func (s Set) Names() []string { return slices.Sorted(maps.Keys(s)) }

// UsageError is a mistake in how a query is called.
type UsageError struct{ Msg string }

func (e *UsageError) Error() string { return e.Msg }

// Find returns the query of that name; the error is a *UsageError that knows
// the nearest.
func (s Set) Find(name string) (*Query, error) {
	if q := s[name]; q != nil {
		return q, nil
	}
	return nil, &UsageError{fmt.Sprintf("unknown query %q%s: kg query lists them", name, strict.DidYouMean(name, s.Names()))}
}

// Signature is the parameters as a call shows them: [of] [entity=kg:…].
func (q *Query) Signature() string {
	var words []string
	for _, p := range q.Params {
		word := p.Name
		if p.Default != "" {
			word += "=" + p.Default
		}
		words = append(words, "["+word+"]")
	}
	return strings.Join(words, " ")
}
