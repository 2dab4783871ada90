package queries

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema/strict"
)

// Bind returns the query's text with a var line before it for each argument,
// name=value. Values are checked against the parameters' types: an entity must
// be in the graph and of the kind asked for. A default that the header gives is
// such a value too: the one in the text may be of another base. A mistake is a
// *UsageError or a *graph.UnknownError.
func (q *Query) Bind(ctx context.Context, v *graph.View, args []string) (string, error) {
	var lines strings.Builder
	var given []string
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return "", &UsageError{fmt.Sprintf("query %s: expected name=value, found %q%s", q.Name, arg, q.takes())}
		}
		i := slices.IndexFunc(q.Params, func(p Param) bool { return p.Name == name })
		if i < 0 {
			return "", &UsageError{fmt.Sprintf("query %s: unknown parameter %q%s%s", q.Name, name, strict.DidYouMean(name, q.paramNames()), q.takes())}
		}
		if slices.Contains(given, name) {
			return "", &UsageError{fmt.Sprintf("query %s: parameter %s is given twice", q.Name, name)}
		}
		given = append(given, name)
		if err := q.bind(ctx, v, &lines, q.Params[i], value); err != nil {
			return "", err
		}
	}
	for _, p := range q.Params {
		if p.Default != "" && !slices.Contains(given, p.Name) {
			if err := q.bind(ctx, v, &lines, p, p.Default); err != nil {
				return "", err
			}
		}
	}
	return lines.String() + q.Text, nil
}

func (q *Query) bind(ctx context.Context, v *graph.View, lines *strings.Builder, p Param, value string) error {
	literal, err := p.value(ctx, v, value)
	if err != nil {
		return fmt.Errorf("query %s: parameter %s: %w", q.Name, p.Name, err)
	}
	fmt.Fprintf(lines, "var %s = %s;\n", p.Name, literal)
	return nil
}

func (q *Query) paramNames() []string {
	var names []string
	for _, p := range q.Params {
		names = append(names, p.Name)
	}
	return names
}

func (q *Query) takes() string {
	if len(q.Params) == 0 {
		return ": it takes no parameters"
	}
	return ": it takes " + strings.Join(q.paramNames(), ", ")
}

// value checks a value and writes it as JavaScript.
func (p Param) value(ctx context.Context, v *graph.View, value string) (string, error) {
	switch p.Type {
	case "text":
		return encodeText(value)
	case "number":
		return encodeNumber(value)
	}
	iri, err := v.Find(ctx, value)
	if err != nil {
		return "", err
	}
	if p.Type != "entity" {
		ok, err := v.IsA(ctx, iri, p.Type)
		if err != nil {
			return "", err
		}
		if !ok {
			return "", &UsageError{fmt.Sprintf("%s is no %s", v.Base.Short(iri), p.Type)}
		}
	}
	return encodeIRI(iri)
}

// encodeIRI, encodeText and encodeNumber are the only ways for a value into a
// query's text. A string literal of JSON is one of JavaScript: json.Marshal
// escapes quotes, backslashes, control characters, <, > and the two line
// separators that JavaScript does not take.
func encodeIRI(iri quad.IRI) (string, error) {
	literal, err := encodeString(string(iri))
	return "g.IRI(" + literal + ")", err
}

// encodeText makes a quad.String of it, for Gizmo would read a plain string
// that looks like <iri> or _:node as one.
func encodeText(s string) (string, error) {
	literal, err := encodeString(s)
	return "str(" + literal + ")", err
}

func encodeString(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", &UsageError{fmt.Sprintf("%q is not valid UTF-8", s)}
	}
	literal, err := json.Marshal(s)
	return string(literal), err
}

var numberPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$`)

func encodeNumber(s string) (string, error) {
	if !numberPattern.MatchString(s) {
		return "", &UsageError{fmt.Sprintf("%q is no number such as 12000 or 2.5", s)}
	}
	return s, nil
}
