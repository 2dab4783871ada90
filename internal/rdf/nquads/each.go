package nquads

import (
	"io"
	"iter"

	"github.com/cayleygraph/quad"
)

// Each ranges over the statements of N-Quads, up to the first mistake, a *SyntaxError
// that names the input by name.
func Each(r io.Reader, name string) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for quads := NewReader(r, name); ; {
			q, err := quads.Read()
			if err == io.EOF || !yield(q, err) || err != nil {
				return
			}
		}
	}
}
