package cayleyui

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph"
)

const (
	// MaxBody is the largest body the API takes, unpacked: N-Quads to write.
	// What is larger is for kg load.
	MaxBody = 32 << 20
	maxTerm = 128 << 10
)

// writing lets an endpoint be if the server only reads.
func (h *Handler) writing(e endpoint) endpoint {
	return func(w http.ResponseWriter, r *http.Request) error {
		if h.Apply == nil {
			w.Header().Set("Allow", "")
			return refuse(http.StatusMethodNotAllowed, "this server only reads: kg serve --writable starts one that writes")
		}
		return e(w, r)
	}
}

// done is the answer to what was written.
type done struct {
	Result string `json:"result"`
	Count  int    `json:"count"`
}

func (h *Handler) write(w http.ResponseWriter, r *http.Request) error {
	deltas, err := h.deltas(w, r, cayley.Add)
	if err != nil {
		return err
	}
	// As Cayley's server: what is there already is no mistake.
	if err := h.Apply(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
		return applied(err)
	}
	return answerJSON(w, done{fmt.Sprintf("Successfully wrote %d quads.", len(deltas)), len(deltas)})
}

func (h *Handler) delete(w http.ResponseWriter, r *http.Request) error {
	deltas, err := h.deltas(w, r, cayley.Delete)
	if err != nil {
		return err
	}
	if err := h.Apply(deltas, cayley.IgnoreOpts{}); err != nil {
		return applied(err)
	}
	return answerJSON(w, done{fmt.Sprintf("Successfully deleted %d quads.", len(deltas)), len(deltas)})
}

// applied words what the graph refuses for the statement's sake.
func applied(err error) error {
	var unfit *graph.QuadError
	if errors.As(err, &unfit) {
		return refuse(http.StatusBadRequest, "%v; nothing was changed", unfit)
	}
	var delta *cayley.DeltaError
	if !errors.As(err, &delta) {
		return err
	}
	line, bad := graph.AppendQuad(nil, delta.Delta.Quad)
	if bad != nil {
		return err
	}
	code := http.StatusBadRequest
	if errors.Is(err, cayley.ErrQuadNotExist) {
		code = http.StatusNotFound
	}
	return refuse(code, "%v: %s; nothing was changed", delta.Err, line[:len(line)-1])
}

// deltas reads the whole body before anything is changed.
func (h *Handler) deltas(w http.ResponseWriter, r *http.Request, action cayley.Procedure) ([]cayley.Delta, error) {
	if err := readable(r); err != nil {
		return nil, err
	}
	body, err := unpacked(w, r)
	if err != nil {
		return nil, err
	}
	var deltas []cayley.Delta
	for q, err := range graph.ReadQuads(body, "body") {
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

// unpacked is the body, which may be gzipped. Its size is bounded unpacked.
func unpacked(w http.ResponseWriter, r *http.Request) (io.Reader, error) {
	body := http.MaxBytesReader(w, r.Body, MaxBody)
	switch kind := r.Header.Get("Content-Encoding"); kind {
	case "", "identity":
		return body, nil
	case "gzip":
		zr, err := gzip.NewReader(body)
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "unpacking the body: %v", err)
		}
		return http.MaxBytesReader(w, zr, MaxBody), nil
	default:
		return nil, refuse(http.StatusUnsupportedMediaType, "this server unpacks gzip, not %s", kind)
	}
}

// deleteNode deletes a term with all the quads it is in, as any part of them.
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
	qs := h.View(true).Cayley()
	deltas, err := with(r, qs, node)
	if err != nil {
		return err
	}
	if len(deltas) == 0 {
		return refuse(http.StatusNotFound, "no statement has %s", quad.StringOf(node))
	}
	// A statement that went away meanwhile is as good as deleted.
	if err := h.Apply(deltas, cayley.IgnoreOpts{IgnoreMissing: true}); err != nil {
		return applied(err)
	}
	return answerJSON(w, done{"Successfully deleted 1 nodes.", 1})
}

// with lists the deletion of each quad that has a term, each once.
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
