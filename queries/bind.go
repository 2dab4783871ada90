package queries

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/strict"
	"kg/schema"
)

// Bind returns the values of parameters by their names, which the query's text sees as
// global variables: IRIs, texts and numbers. Arguments are name=value. Values are checked
// against the parameters' types: an entity must be in the graph and of the kind asked
// for. A default in the header is such a value, too: the one in the text may be of another
// base. A mistake is a *UsageError or a *graph.UnknownError, and an unknown default a
// *DefaultError that wraps the latter.
func (q *Query) Bind(ctx context.Context, v *graph.View, args []string) (map[string]quad.Value, error) {
	params := map[string]quad.Value{}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, &UsageError{strict.Sprintf("query %s: expected name=value, found %q%s", q.Name, arg, q.takes())}
		}
		i := slices.IndexFunc(q.Params, func(p Param) bool { return p.Name == name })
		if i < 0 {
			return nil, &UsageError{strict.Sprintf("query %s: unknown parameter %q%s%s", q.Name, name, strict.DidYouMean(name, q.paramNames()), q.takes())}
		}
		if params[name] != nil {
			return nil, &UsageError{strict.Sprintf("query %s: parameter %s is given twice", q.Name, name)}
		}
		if err := q.bind(ctx, v, params, q.Params[i], value); err != nil {
			return nil, err
		}
	}
	for _, p := range q.Params {
		if p.Default != "" && params[p.Name] == nil {
			if err := q.bind(ctx, v, params, p, p.Default); errors.As(err, new(*graph.UnknownError)) {
				return nil, &DefaultError{q.Name, p, err}
			} else if err != nil {
				return nil, err
			}
		}
	}
	return params, nil
}

// DefaultError is of a parameter that is not given, and whose default is of another
// graph.
type DefaultError struct {
	Query string
	Param Param
	err   error
}

func (e *DefaultError) Error() string {
	return fmt.Sprintf("query %s: parameter %s is not given, and its default %s is not in this graph: give %s=NAME, %s",
		e.Query, e.Param.Name, e.Param.Default, e.Param.Name, e.Param.Role())
}

// Unwrap returns the *graph.UnknownError of the default.
func (e *DefaultError) Unwrap() error { return e.err }

func (q *Query) bind(ctx context.Context, v *graph.View, params map[string]quad.Value, p Param, text string) error {
	value, err := p.value(ctx, v, text)
	if err != nil {
		return fmt.Errorf("query %s: parameter %s: %w", q.Name, p.Name, err)
	}
	params[p.Name] = value
	return nil
}

// Script returns the query's text with a var line before it for each parameter,
// to be run by a session that is handed none, such as that of Cayley's web UI.
func (q *Query) Script(params map[string]quad.Value) (string, error) {
	var lines strings.Builder
	for _, p := range q.Params {
		value := params[p.Name]
		if value == nil {
			fmt.Fprintf(&lines, "var %s;\n", p.Name)
			continue
		}
		literal, err := encode(value)
		if err != nil {
			return "", fmt.Errorf("query %s: parameter %s: %w", q.Name, p.Name, err)
		}
		fmt.Fprintf(&lines, "var %s = %s;\n", p.Name, literal)
	}
	return lines.String() + q.Text, nil
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

// value checks a value.
func (p Param) value(ctx context.Context, v *graph.View, text string) (quad.Value, error) {
	switch p.Type {
	case "text":
		if !utf8.ValidString(text) {
			return nil, &UsageError{strict.Sprintf("%q is not valid UTF-8", text)}
		}
		return quad.String(text), nil
	case "number":
		n, err := schema.ParseNumber(text)
		if err != nil {
			return nil, &UsageError{err.Error()}
		}
		return n, nil
	}
	iri, err := v.FindOf(ctx, text, p.Type)
	if err != nil {
		return nil, err
	}
	if p.Type != "entity" {
		ok, err := v.IsA(ctx, iri, p.Type)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, &UsageError{strict.Sprintf("%s is no %s", v.Base.Short(iri), p.Type)}
		}
	}
	return iri, nil
}

// encode is the only way for a value into a query's text. A string literal of
// JSON is one of JavaScript: json.Marshal escapes quotes, backslashes, control
// characters, <, > and the two line separators that JavaScript does not take.
// A text is written as a quad.String, for Gizmo would read a plain string that
// looks like <iri> or _:node as one.
func encode(value quad.Value) (string, error) {
	switch t := value.(type) {
	case quad.IRI:
		literal, err := json.Marshal(string(t))
		return "g.IRI(" + string(literal) + ")", err
	case quad.String:
		literal, err := json.Marshal(string(t))
		return "str(" + string(literal) + ")", err
	case quad.Int:
		return strconv.FormatInt(int64(t), 10), nil
	case quad.Float:
		return strconv.FormatFloat(float64(t), 'f', -1, 64), nil
	}
	return "", fmt.Errorf("a value of type %T cannot be written into a query", value)
}
