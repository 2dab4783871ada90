package cayleyui

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/query"

	"kg/cmd/kg/web"
	"kg/graph"
)

const (
	usualRows = 100     // what Cayley's API gives
	maxQuery  = 1 << 20 // bytes of a query's text
	maxAnswer = 8 << 20 // bytes of an answer, as they are in memory
)

// answer is the answer of a query. Truncated and Limit are set if it was cut.
type answer struct {
	Result    []any `json:"result"`
	Truncated bool  `json:"truncated,omitempty"`
	Limit     int   `json:"limit,omitempty"`
}

func (h *Handler) query(w http.ResponseWriter, r *http.Request) error {
	if err := language(r.URL.Query().Get("lang")); err != nil {
		return err
	}
	limit, err := h.limit(r.URL.Query().Get("limit"))
	if err != nil {
		return err
	}
	text, err := queryText(w, r)
	if err != nil {
		return err
	}
	form := query.Options{Limit: limit + 1, Collation: query.JSON} // one more tells whether there are more
	kind := "application/json"
	if wantsJSONLD(r.Header.Get("Accept")) {
		form.Collation, kind = query.JSONLD, "application/ld+json"
	}
	v := h.View(r.URL.Query().Get("denied") == "true")
	var body []byte
	err = v.Bounds.In(r.Context(), func(ctx context.Context) error {
		a, err := h.run(ctx, v, text, form)
		if err == nil {
			body, err = marshal(a)
		}
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	return web.Send(w, r, http.StatusOK, body)
}

func (h *Handler) run(ctx context.Context, v *graph.View, text string, form query.Options) (answer, error) {
	a := answer{Result: []any{}}
	it, err := v.CayleySession(nil).Execute(ctx, text, form)
	if err != nil {
		return a, err
	}
	defer it.Close()
	room := maxAnswer
	for it.Next(ctx) {
		if room = left(it.Result(), room); room < 0 {
			return a, refuse(http.StatusServiceUnavailable, "the answer has more than %d bytes: ask for fewer rows or shorter values", maxAnswer)
		}
		if len(a.Result) == form.Limit-1 {
			a.Truncated, a.Limit = true, form.Limit-1
			return a, nil
		}
		a.Result = append(a.Result, it.Result())
	}
	return a, it.Err()
}

// left returns the bytes of room left after a value, below 0 if it is too large. A text
// that a script outputs ten thousand times is one text in memory, but ten thousand in
// JSON.
func left(v any, room int) int {
	const each = 8 // bytes of a value in JSON, as a guess
	room -= each
	switch v := v.(type) {
	case string:
		room -= len(v)
	case []any:
		for i := 0; i < len(v) && room >= 0; i++ {
			room = left(v[i], room)
		}
	case map[string]any:
		for name, member := range v {
			if room -= len(name); room < 0 {
				break
			}
			room = left(member, room)
		}
	}
	return room
}

// marshal encodes before anything is sent.
func marshal(a answer) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(a)
	return b.Bytes(), err
}

func language(name string) error {
	switch name {
	case "gizmo":
		return nil
	case "":
		return refuse(http.StatusBadRequest, "the address names no query language: add ?lang=gizmo")
	case "graphql", "mql", "sexp", "linkedql":
		return refuse(http.StatusBadRequest, "this server does not run %s, which has no bounds on time and memory in Cayley: choose gizmo", name)
	}
	return refuse(http.StatusBadRequest, "unknown query language %q: this server runs gizmo", name)
}

// limit returns the requested number of rows, up to the server's maximum.
func (h *Handler) limit(text string) (int, error) {
	if text == "" {
		return min(usualRows, h.Rows), nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, refuse(http.StatusBadRequest, "limit %q is no number of rows (0: as many as the server gives, %d)", text, h.Rows)
	}
	if n == 0 || n > h.Rows {
		n = h.Rows
	}
	return n, nil
}

// queryText returns the text of a query, from the address or the body.
func queryText(w http.ResponseWriter, r *http.Request) (string, error) {
	text := r.URL.Query().Get("qu")
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuery))
		if err != nil {
			return "", err
		}
		text = string(body)
	}
	if strings.TrimSpace(text) == "" {
		return "", refuse(http.StatusBadRequest, "the query is empty: send its text as the body, or as qu in the address")
	}
	return text, nil
}

// wantsJSONLD reports whether a client prefers JSON-LD to JSON, or names it first with the
// same quality.
func wantsJSONLD(accept string) bool {
	best, ld := 0.0, false
	for part := range strings.SplitSeq(accept, ",") {
		kind, params, _ := strings.Cut(part, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
		if kind != "application/json" && kind != "application/ld+json" {
			continue
		}
		q := 1.0
		if _, value, ok := strings.Cut(params, "q="); ok {
			value, _, _ = strings.Cut(value, ";")
			if parsed, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil {
				q = parsed
			}
		}
		if q > best {
			best, ld = q, kind == "application/ld+json"
		}
	}
	return ld
}
