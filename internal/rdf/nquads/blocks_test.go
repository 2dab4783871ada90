package nquads_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
)

// readBlocks reads a whole text through blocks, as raw terms, and goes on after
// bad lines, which it gives with their errors.
func readBlocks(src io.Reader, size int) (quads []quad.Quad, rejects []string, err error) {
	blocks := nquads.NewBlocksOf(src, "x.nq", size)
	var block nquads.Block
	var r nquads.Reader
	for {
		if err := blocks.Next(&block); errors.Is(err, io.EOF) {
			return quads, rejects, nil
		} else if err != nil {
			return quads, rejects, err
		}
		r.Reset(&block)
		more, bad, err := drain(&r)
		quads, rejects = append(quads, more...), append(rejects, bad...)
		if err != nil {
			return quads, rejects, err
		}
	}
}

// drain reads to the end as raw terms, skipping bad lines.
func drain(r *nquads.Reader) (quads []quad.Quad, rejects []string, err error) {
	for {
		var terms [4]nquads.Term
		err := r.ReadTerms(&terms)
		if errors.Is(err, io.EOF) {
			return quads, rejects, nil
		}
		if err != nil {
			line, ok := r.Skip()
			if !ok {
				return quads, rejects, err
			}
			rejects = append(rejects, fmt.Sprintf("%.80q: %v", line, err))
			continue
		}
		quads = append(quads, quad.Quad{
			Subject: terms[0].Value(), Predicate: terms[1].Value(), Object: terms[2].Value(), Label: terms[3].Value(),
		})
	}
}

// Wherever a text is cut, its lines and their numbers are the same.
func TestBlocks(t *testing.T) {
	t.Parallel()
	const good, bad = `<a:s> <a:p> "é" <a:g> .`, `<a:s> "x" .`
	text := "\r\n" + good + "\r" + bad + "\r\r\n" + good + "\n\n" + bad + "\n\r" + good + "\r\n" + bad + "\r\n"
	text += strings.Repeat(good+"\r\n"+bad+"\r", 500) + good
	quads, rejects, err := drain(nquads.NewReader(strings.NewReader(text), "x.nq"))
	if err != nil || len(quads) != 504 || len(rejects) != 503 {
		t.Fatal(len(quads), len(rejects), err)
	}
	if want := `"<a:s> \"x\" .": reading quads "x.nq":1010:7: expected a predicate (IRI), found '"'`; rejects[502] != want {
		t.Errorf("got %s, want %s", rejects[502], want)
	}
	for size := 1; size < 3*len(text); size += 1 + size/testsize.Of(1, 7) {
		for name, src := range map[string]io.Reader{
			"whole": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text)),
			"halves": iotest.HalfReader(strings.NewReader(text)), "with EOF": iotest.DataErrReader(strings.NewReader(text)),
		} {
			q, r, err := readBlocks(src, size)
			if err != nil || !slices.Equal(q, quads) || !slices.Equal(r, rejects) {
				t.Fatalf("blocks of %d, %s: %d quads, %d rejects, %v", size, name, len(q), len(r), err)
			}
		}
	}
}

// Several Readers share the blocks of a text.
func TestParallelBlocks(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&text, "<a:%d> <a:p> \"%d\" .\n", i, i)
	}
	blocks := nquads.NewBlocks(strings.NewReader(text.String()), "x.nq")
	var seen [100_000]int
	var mu sync.Mutex
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			var block nquads.Block
			var r nquads.Reader
			for blocks.Next(&block) == nil {
				r.Reset(&block)
				quads, rejects, err := drain(&r)
				if err != nil || len(rejects) > 0 || block.Len() < 1<<10 {
					t.Error(rejects, err, block.Len())
				}
				mu.Lock()
				for _, q := range quads {
					var i int
					if _, err := fmt.Sscan(string(q.Object.(quad.String)), &i); err != nil {
						t.Error(err)
					}
					seen[i]++
				}
				mu.Unlock()
			}
		})
	}
	work.Wait()
	for i, n := range seen {
		if n != 1 {
			t.Fatalf("quad %d was seen %d times", i, n)
		}
	}
}

// Every sort of bad line can be skipped, those too long to be held as well.
func TestSkip(t *testing.T) {
	t.Parallel()
	const good = "<a:s> <a:p> <a:o> .\n"
	long := "<a:long> " + strings.Repeat("x", 40<<20)
	text := "\ufeff" + good + good + "# \xff\n" + good + long + "\r\n" + good + "<a:s> <a:p> \"x\n" + long + "\n" + good + long
	tooLong := fmt.Sprintf("%.80q", long[:80])
	want := []string{
		`"\ufeff<a:s> <a:p> <a:o> .": reading quads "x.nq":1:1: expected UTF-8 without a byte order mark, found U+FEFF`,
		`"# \xff": reading quads "x.nq":3:3: expected UTF-8, found byte 0xFF`,
		tooLong + `: reading quads "x.nq":5:16777217: expected a line of at most 16777216 bytes, found a longer one`,
		`"<a:s> <a:p> \"x": reading quads "x.nq":7:15: expected '"' at the end of the literal, found the end of the line`,
		tooLong + `: reading quads "x.nq":8:16777217: expected a line of at most 16777216 bytes, found a longer one`,
		tooLong + `: reading quads "x.nq":10:16777217: expected a line of at most 16777216 bytes, found a longer one`,
	}
	r := nquads.NewReader(strings.NewReader(text), "x.nq")
	if _, ok := r.Skip(); ok {
		t.Error("a line was skipped that was not read")
	}
	quads, rejects, err := drain(r)
	if err != nil || len(quads) != 4 || !slices.Equal(rejects, want) {
		t.Errorf("%d quads, %v, rejects\n%s", len(quads), err, strings.Join(rejects, "\n"))
	}
	if _, ok := r.Skip(); ok {
		t.Error("the end was skipped")
	}
	quads, rejects, err = readBlocks(strings.NewReader(text), 1<<20)
	if err != nil || len(quads) != 4 || !slices.Equal(rejects, want) {
		t.Errorf("%d quads, %v, rejects\n%s", len(quads), err, strings.Join(rejects, "\n"))
	}
}

// An error of the source ends the reading for good, after what came before it.
func TestBlocksSourceError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	src := io.MultiReader(strings.NewReader("<a:s> <a:p> <a:o> .\nx\n<a:s> <a:p> <a:o> ."), iotest.ErrReader(broken))
	blocks := nquads.NewBlocks(src, "x.nq")
	var block nquads.Block
	if err := blocks.Next(&block); err != nil || block.Len() != len("<a:s> <a:p> <a:o> .\nx\n") {
		t.Fatal(block.Len(), err)
	}
	for range 2 {
		if err := blocks.Next(&block); !errors.Is(err, broken) || err.Error() != `reading quads "x.nq": line 3: broken pipe` {
			t.Error(err)
		}
	}
	src = io.MultiReader(strings.NewReader("x\ny"), iotest.ErrReader(broken))
	_, rejects, err := drain(nquads.NewReader(src, "x.nq"))
	if len(rejects) != 1 || !errors.Is(err, broken) {
		t.Error(rejects, err)
	}
	if _, err := nquads.NewReader(idle{}, "x.nq").Read(); !errors.Is(err, io.ErrNoProgress) {
		t.Error(err)
	}
}

// idle has nothing and never ends.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
