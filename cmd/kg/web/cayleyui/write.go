package cayleyui

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/rdf/nquads"
)

const (
	// MaxBody is the maximum size of a body of N-Quads to write, unpacked, in bytes.
	// Larger files are for kg load.
	MaxBody = 32 << 20
	maxTerm = 128 << 10
)

// writing disables an endpoint if the server only reads.
func (h *Handler) writing(e endpoint) endpoint {
	return func(w http.ResponseWriter, r *http.Request) error {
		if h.Apply == nil {
			w.Header().Set("Allow", "")
			return refuse(http.StatusMethodNotAllowed, "this server only reads: kg serve --writable starts one that writes")
		}
		return e(w, r)
	}
}

// done is the answer to a write.
type done struct {
	Result string `json:"result"`
	Count  int    `json:"count"`
}

func (h *Handler) write(w http.ResponseWriter, r *http.Request) error {
	// As in Cayley's server, adding an existing quad is not an error.
	n, err := h.change(w, r, cayley.Add, cayley.IgnoreOpts{IgnoreDup: true})
	if err != nil {
		return err
	}
	return answerJSON(w, done{"Successfully wrote " + numbered(n, "quad"), n})
}

func (h *Handler) delete(w http.ResponseWriter, r *http.Request) error {
	n, err := h.change(w, r, cayley.Delete, cayley.IgnoreOpts{})
	if err != nil {
		return err
	}
	return answerJSON(w, done{"Successfully deleted " + numbered(n, "quad"), n})
}

// change adds or deletes the quads of the body, and returns their number.
func (h *Handler) change(w http.ResponseWriter, r *http.Request, action cayley.Procedure, ignore cayley.IgnoreOpts) (int, error) {
	if err := readable(r); err != nil {
		return 0, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody)) // before the turn: who sends slowly keeps nobody waiting
	if err != nil {
		return 0, err
	}
	over, err := h.turn(r)
	if err != nil {
		return 0, err
	}
	defer over()
	deltas, err := h.deltas(w, r, body, action)
	if err != nil {
		return 0, err
	}
	if err := h.Apply(deltas, ignore); err != nil {
		return 0, applied(err)
	}
	return len(deltas), nil
}

// applied turns the graph's refusal of a statement into an error of the client.
func applied(err error) error {
	var unfit *graph.ConflictError
	if errors.As(err, &unfit) {
		return refuse(http.StatusBadRequest, "%v; nothing was changed", unfit)
	}
	var delta *cayley.DeltaError
	if !errors.As(err, &delta) {
		return err
	}
	var line bytes.Buffer
	w := nquads.NewWriter(&line)
	if w.Write(delta.Delta.Quad) != nil || w.Flush() != nil {
		return err
	}
	code := http.StatusBadRequest
	if errors.Is(err, cayley.ErrQuadNotExist) {
		code = http.StatusNotFound
	}
	return refuse(code, "%v: %s; nothing was changed", delta.Err, bytes.TrimSpace(line.Bytes()))
}

// turn waits until no other write runs. A write lasts from parsing its quads, which take
// up to thirty times the memory of the body, to its end.
func (h *Handler) turn(r *http.Request) (done func(), err error) {
	select {
	case h.writes <- struct{}{}:
	default:
		select {
		case h.writes <- struct{}{}:
		case <-r.Context().Done():
			return nil, refuse(http.StatusServiceUnavailable, "other writes took too long, and nothing was changed: try again")
		}
	}
	return func() { <-h.writes }, nil
}

// deltas parses the whole body before anything is changed.
func (h *Handler) deltas(w http.ResponseWriter, r *http.Request, body []byte, action cayley.Procedure) ([]cayley.Delta, error) {
	text, err := unpacked(w, r, body)
	if err != nil {
		return nil, err
	}
	var deltas []cayley.Delta
	for q, err := range nquads.Each(text, "body") {
		if err != nil {
			return nil, err
		}
		if q.Label == nil {
			q.Label = h.Base.Source("manual")
		}
		deltas = append(deltas, cayley.Delta{Quad: q, Action: action})
	}
	if len(deltas) == 0 {
		return nil, refuse(http.StatusBadRequest, "there is no statement in the body: send N-Quads, each with its \" .\" on a line")
	}
	return deltas, nil
}

// unpacked returns the body, which may be compressed by gzip. The unpacked size is
// bounded.
func unpacked(w http.ResponseWriter, r *http.Request, body []byte) (io.Reader, error) {
	switch kind := r.Header.Get("Content-Encoding"); kind {
	case "", "identity":
		return bytes.NewReader(body), nil
	case "gzip":
		zr, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "unpacking the body: %v", err)
		}
		return http.MaxBytesReader(w, zr, MaxBody), nil
	default:
		return nil, refuse(http.StatusUnsupportedMediaType, "this server unpacks gzip, not %s", kind)
	}
}

// deleteNode deletes a term with all quads that contain it, in any direction.
func (h *Handler) deleteNode(w http.ResponseWriter, r *http.Request) error {
	if err := readable(r); err != nil {
		return err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxTerm))
	if err != nil {
		return err
	}
	node, err := term(string(body))
	if err != nil {
		return refuse(http.StatusBadRequest, "reading the node: %v", err)
	}
	over, err := h.turn(r)
	if err != nil {
		return err
	}
	defer over()
	qs := h.View(true).Cayley()
	deltas, err := with(r, qs, node)
	if err != nil {
		return err
	}
	if len(deltas) == 0 {
		return refuse(http.StatusNotFound, "no statement has %s", quad.StringOf(node))
	}
	// A quad that was deleted meanwhile is not an error.
	if err := h.Apply(deltas, cayley.IgnoreOpts{IgnoreMissing: true}); err != nil {
		return applied(err)
	}
	return answerJSON(w, done{"Successfully deleted " + numbered(1, "node"), 1})
}

// with returns the deletions of all quads that contain a term, without duplicates.
func with(r *http.Request, qs cayley.QuadStore, node quad.Value) ([]cayley.Delta, error) {
	ref, err := qs.ValueOf(node)
	if err != nil || ref == nil {
		return nil, err
	}
	seen := map[quad.Quad]bool{}
	var deltas []cayley.Delta
	for _, d := range quad.Directions {
		it := qs.QuadIterator(d, ref).Iterate()
		for it.Next(r.Context()) {
			q, err := qs.Quad(it.Result())
			if err != nil {
				it.Close()
				return nil, err
			}
			if !seen[q] {
				seen[q] = true
				deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
			}
		}
		err := errors.Join(it.Err(), it.Close(), r.Context().Err())
		if err != nil {
			return nil, err
		}
	}
	return deltas, nil
}

// numbered returns a count in words, as "1 quad." or "2 quads.".
func numbered(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s.", n, what)
}
