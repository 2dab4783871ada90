package cayleyui

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// format is a format of quads, as Cayley's API lists it.
type format struct {
	ID    string   `json:"id"`
	Read  bool     `json:"read,omitempty"` // it can be sent to write and delete
	Write bool     `json:"write,omitempty"`
	Nodes bool     `json:"nodes,omitempty"` // it can be sent to node/delete
	Ext   []string `json:"ext,omitempty"`
	Mime  []string `json:"mime,omitempty"`

	writer func(io.Writer) quadWriter
}

var known = []format{
	{
		ID: "nquads", Read: true, Write: true, Nodes: true,
		Ext: []string{".nq", ".nt"}, Mime: []string{"application/n-quads", "application/n-triples", "application/x-nquads", "text/x-nquads"},
		writer: func(w io.Writer) quadWriter { return nquads.NewWriter(w) },
	},
	{
		ID: "json", Write: true, Ext: []string{".json"}, Mime: []string{"application/json"},
		writer: func(w io.Writer) quadWriter { return &jsonWriter{w: w} },
	},
	{
		ID: "jsonlines", Write: true, Ext: []string{".jsonl"}, Mime: []string{"application/x-json-stream"},
		writer: func(w io.Writer) quadWriter { return &jsonWriter{w: w, lines: true} },
	},
}

func (h *Handler) formats(w http.ResponseWriter, _ *http.Request) error {
	return answerJSON(w, known)
}

// wanted returns the format that the address names, or the first that the client accepts,
// or N-Quads.
func wanted(r *http.Request) (format, error) {
	if name := r.FormValue("format"); name != "" {
		for _, f := range known {
			if f.ID == name {
				return f, nil
			}
		}
		return format{}, refuse(http.StatusBadRequest, "unknown format %q: /api/v2/formats lists them", name)
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		kind, _, _ := strings.Cut(part, ";")
		for _, f := range known {
			if slices.Contains(f.Mime, strings.ToLower(strings.TrimSpace(kind))) {
				return f, nil
			}
		}
	}
	return known[0], nil
}

// readable checks by its Content-Type that a body is N-Quads; one without a type is
// accepted.
func readable(r *http.Request) error {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	switch kind {
	case "", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded": // what curl and browsers say of anything
		return nil
	}
	if slices.Contains(known[0].Mime, kind) {
		return nil
	}
	return refuse(http.StatusUnsupportedMediaType, "this server reads N-Quads (application/n-quads), not %s", kind)
}

// jsonWriter writes quads in Cayley's JSON format: terms in the syntax of N-Quads, in a
// list or one quad per line.
type jsonWriter struct {
	w     io.Writer
	lines bool
	begun bool
}

// jsonQuad is a quad in JSON.
type jsonQuad struct {
	Subject   string `json:"subject"`
	Predicate string `json:"predicate"`
	Object    string `json:"object"`
	Label     string `json:"label,omitempty"`
}

func (j *jsonWriter) Write(q quad.Quad) error {
	var out jsonQuad
	for _, part := range []struct {
		v quad.Value
		s *string
	}{{q.Subject, &out.Subject}, {q.Predicate, &out.Predicate}, {q.Object, &out.Object}, {q.Label, &out.Label}} {
		if part.v == nil {
			continue
		}
		text, err := nquads.AppendTerm(nil, part.v)
		if err != nil {
			return err
		}
		*part.s = string(text)
	}
	var b strings.Builder
	switch {
	case j.lines:
	case j.begun:
		b.WriteString(",\n\t")
	default:
		b.WriteString("[\n\t")
	}
	j.begun = true
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return err
	}
	text := b.String()
	if !j.lines {
		text = strings.TrimSuffix(text, "\n")
	}
	_, err := io.WriteString(j.w, text)
	return err
}

func (j *jsonWriter) Flush() error {
	if j.lines {
		return nil
	}
	text := "\n]\n"
	if !j.begun {
		text = "[]\n"
	}
	_, err := io.WriteString(j.w, text)
	return err
}
