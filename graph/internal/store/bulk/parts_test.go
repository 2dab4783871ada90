package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/storetest"
)

// parted is a list of parts; a nil quad is what is none.
type parted struct {
	list   [][]*quad.Quad
	end    error
	closed *int
}

func (p *parted) Next() (bulk.Part, error) {
	if len(p.list) == 0 {
		return nil, p.end
	}
	part := p.list[0]
	p.list = p.list[1:]
	return func(add func(quad.Quad) error, reject func([]byte, error) error) error {
		for i, q := range part {
			err := error(nil)
			if q != nil {
				err = add(*q)
			} else {
				err = reject([]byte("none"), fmt.Errorf("%d of %d", i, len(part)))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func (p *parted) Close() error {
	*p.closed++
	return nil
}

// Parts and texts of the same quads are the same store, side by side in one import;
// what is no quad is put aside in its order, or ends the import, the first of them.
func TestParts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 9))
	var quads []quad.Quad
	var list [][]*quad.Quad
	var rejected strings.Builder
	for range 40 {
		var part []*quad.Quad
		size := 1 + r.IntN(300)
		for i := range size {
			if r.IntN(50) == 0 {
				part = append(part, nil)
				fmt.Fprintf(&rejected, "# %d of %d\nnone\n", i, size)
				continue
			}
			q := properQuad(r)
			q.Label = quad.IRI("a:label")
			quads, part = append(quads, q), append(part, &q)
		}
		list = append(list, part)
	}
	closed := 0
	in := func(end error) bulk.Input {
		return bulk.Input{Name: "parts", Parts: func() (bulk.Parts, error) { return &parted{list, end, &closed}, nil }}
	}
	before, after := text("a.nq", "<a:a> <a:p> <a:o> <a:g> .\n"), text("b.nq", "<a:b> <a:p> <a:o> <a:g> .\n")
	qs := newStore(t)
	var rejects bytes.Buffer
	got := mustImport(t, qs, bulk.Options{NeedLabel: true, Blank: "a:node/", Rejects: &rejects}, before, in(io.EOF), after)
	if int(got.Read) != len(quads)+2 || rejects.String() != rejected.String() || int(got.Rejected) != strings.Count(rejected.String(), "#") {
		t.Errorf("%+v of %d quads, rejected\n%swant\n%s", got, len(quads), rejects.String(), rejected.String())
	}
	other := newStore(t)
	mustImport(t, other, bulk.Options{}, before, text("quads.nq", canonical(t, quads)), after)
	if exported(t, qs) != exported(t, other) {
		t.Error("the parts are another graph than the text")
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(rejected.String(), "# "), "\n")
	if _, err := qs.Import(context.Background(), []bulk.Input{in(io.EOF)}, bulk.Options{}); err == nil || !strings.HasSuffix(err.Error(), first) {
		t.Errorf("got %v, want %s", err, first)
	}
	if _, err := qs.Import(context.Background(), []bulk.Input{in(storetest.ErrFull)}, bulk.Options{Rejects: io.Discard}); !errors.Is(err, storetest.ErrFull) {
		t.Errorf("got %v", err)
	}
	long := quad.Make(quad.IRI("a:s"), quad.IRI("a:p"), quad.String(strings.Repeat("x", 16<<20)), quad.IRI("a:g"))
	list = [][]*quad.Quad{{&long}}
	if _, err := qs.Import(context.Background(), []bulk.Input{in(io.EOF)}, bulk.Options{}); err == nil {
		t.Error("a quad that has no line in N-Quads is taken")
	}
	if closed != 4 {
		t.Errorf("closed %d times", closed)
	}
}
