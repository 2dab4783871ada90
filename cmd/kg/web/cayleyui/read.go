package cayleyui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"

	"kg/graph"
	"kg/internal/rdf/nquads"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// read writes the quads with given values in given directions; without values all quads.
// They are in the store's order.
func (h *Handler) read(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return refuse(http.StatusBadRequest, "reading the form: %v", err)
	}
	f, err := wanted(r)
	if err != nil {
		return err
	}
	var quads shape.Quads
	for _, part := range []struct {
		name string
		d    quad.Direction
	}{{"sub", quad.Subject}, {"pred", quad.Predicate}, {"obj", quad.Object}, {"label", quad.Label}} {
		values, err := terms(part.name, r.FormValue(part.name))
		if err != nil {
			return err
		}
		if len(values) > 0 {
			quads = append(quads, shape.QuadFilter{Dir: part.d, Values: shape.Lookup(values)})
		}
	}
	// iri=short is for people: kg:person/x is not the IRI it stands for.
	var name func(quad.IRI) quad.IRI
	switch iri := r.FormValue("iri"); iri {
	case "", "full":
	case "short":
		name = func(iri quad.IRI) quad.IRI { return quad.IRI(h.Base.Short(iri)) }
	default:
		return refuse(http.StatusBadRequest, "iri=%q: use short or full", iri)
	}
	w.Header().Set("Content-Type", f.Mime[0])
	out := &counted{Writer: w}
	err = send(r.Context(), h.View(r.FormValue("denied") == "true").Cayley(), quads, f.writer(out), name)
	if err != nil && out.n > 0 {
		h.Log.Error("reading quads broke off", "error", err.Error())
		panic(http.ErrAbortHandler) // the client must not take half for the whole
	}
	return err
}

// counted counts bytes.
type counted struct {
	io.Writer
	n int
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.n += n
	return n, err
}

// quadWriter writes quads in a format.
type quadWriter interface {
	Write(quad.Quad) error
	Flush() error
}

func send(ctx context.Context, qs cayley.QuadStore, quads shape.Quads, w quadWriter, name func(quad.IRI) quad.IRI) error {
	it := shape.BuildIterator(ctx, qs, quads).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			return err
		}
		if name != nil {
			for _, d := range quad.Directions {
				if iri, ok := q.Get(d).(quad.IRI); ok {
					q.Set(d, name(iri))
				}
			}
		}
		if err := w.Write(q); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil { // Cayley's iterators end early and silently when it is cancelled
		return err
	}
	return w.Flush()
}

// terms parses a list of terms as Cayley's clients write it: separated by commas, each in
// the syntax of N-Quads or else a plain text.
func terms(name, list string) ([]quad.Value, error) {
	var values []quad.Value
	for list != "" {
		var part string
		part, list = cutTerm(list)
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if !strings.HasPrefix(part, "<") && !strings.HasPrefix(part, `"`) && !strings.HasPrefix(part, "_:") {
			values = append(values, quad.String(part))
			continue
		}
		v, err := term(part)
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "reading %s: %v", name, err)
		}
		values = append(values, v)
	}
	return values, nil
}

// cutTerm splits a list at the first comma outside a term.
func cutTerm(list string) (term, rest string) {
	end := byte(0) // what ends the term we are in
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case end == '"' && c == '\\':
			i++
		case end != 0:
			if c == end {
				end = 0
			}
		case c == '<':
			end = '>'
		case c == '"':
			end = '"'
		case c == ',':
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// term parses one term strictly, as part of a statement.
func term(text string) (quad.Value, error) {
	text = strings.TrimSpace(text)
	const before = "<t:s> <t:p> "
	next, stop := iter.Pull2(nquads.Each(strings.NewReader(before+text+" .\n"), "term"))
	defer stop()
	q, err, ok := next()
	if _, _, more := next(); ok && err == nil && q.Label == nil && !more {
		return q.Object, nil
	}
	if syntax := new(graph.SyntaxError); errors.As(err, &syntax) {
		return nil, fmt.Errorf("%q is no term of N-Quads, such as <https://example.org/x> or \"a text\": %s", text, syntax.Msg)
	}
	return nil, fmt.Errorf("%q is no term of N-Quads, such as <https://example.org/x> or \"a text\"", text)
}
