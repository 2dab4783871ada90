package snapshot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash/maphash"
	"sync"
)

// Verify checks everything: all checksums, and every invariant of the format:
// sorted keys and rows, offsets, ranks, that the four orders hold the same
// quads, that every term is used, that nothing is spelt in a second way.
// progress may be nil; it gets steps of work and their total. Damage is
// returned as *DamageError, an end of ctx as its error. It needs memory of one
// bit for each term.
func (r *Reader) Verify(ctx context.Context, progress func(done, total uint64)) (err error) {
	defer Catch(&err)
	v := &verifier{Reader: r, ctx: ctx, steps: &steps{progress: progress}, used: newIDSet(r.h.terms), seed: maphash.MakeSeed()}
	v.total = r.h.size/pageSize + r.h.blocks() + 4*r.h.quads
	for _, step := range []func() error{v.checksums, v.tables, v.keys, v.bothOrders} {
		if err := step(); err != nil {
			return err
		}
	}
	v.terms()
	if progress != nil {
		progress(v.total, v.total)
	}
	return ctx.Err()
}

// verifier is the work of Verify. Each goroutine has its own.
type verifier struct {
	*Reader
	*steps
	ctx  context.Context
	own  uint64 // steps that are not counted in done yet
	used *idSet
	seed maphash.Seed
}

// steps are how much of the work is done.
type steps struct {
	mu          sync.Mutex
	progress    func(done, total uint64)
	done, total uint64
}

// step counts a step of work, and checks ctx from time to time.
func (v *verifier) step() error {
	const often = 4096
	if v.own++; v.own < often {
		return nil
	}
	v.own = 0
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.done += often; v.progress != nil {
		v.progress(v.done, v.total)
	}
	return v.ctx.Err()
}

// checksums reads all pages, those that were read before too.
func (v *verifier) checksums() error {
	table, root := &v.sec[secChecksums], &v.sec[secRoot]
	for i := range pages(uint64(len(table.data))) {
		table.compare(i, binary.LittleEndian.Uint32(root.data[4*i:]))
	}
	if sum := sha256.Sum256(table.data); sum != v.h.digest {
		table.throw(0, "the digest is %x, not %x", sum, v.h.digest)
	}
	for i := range v.sec[:secChecksums] {
		s := &v.sec[i]
		for page := range pages(uint64(len(s.data))) {
			s.compare(page, binary.LittleEndian.Uint32(table.data[4*(s.off>>pageBits+page):]))
			if err := v.step(); err != nil {
				return err
			}
		}
	}
	return v.padding()
}

// padding checks that the bytes between the sections are zero.
func (v *verifier) padding() error {
	if binary.LittleEndian.Uint32(v.sec[secChecksums].data) != 0 {
		v.sec[secChecksums].throw(0, "the header has a checksum in the table")
	}
	for i := range v.sec {
		s := &v.sec[i]
		end := s.off + uint64(len(s.data))
		for at := end; at%pageSize != 0; at++ {
			if v.data[at] != 0 {
				s.throw(at-s.off, "a byte after the section is not zero")
			}
		}
	}
	if rest := v.data[headerSections+16*sections : headerCRC]; len(bytes.Trim(rest, "\x00")) > 0 {
		panic(&DamageError{v.path, "header", headerSections + 16*sections, "the rest of the header is not zero"})
	}
	return nil
}

// tables checks that predicates and labels ascend and are terms.
func (v *verifier) tables() error {
	for i, t := range []*table{&v.predicates, &v.labels} {
		last := int64(-1)
		for rank := range t.n {
			id := t.id(rank)
			if int64(id) <= last || id > v.Terms() || i == 0 && id == 0 {
				t.throw(4*uint64(rank), "entry %d is term %d of %d, after %d", rank, id, v.h.terms, last)
			}
			last = int64(id)
			v.used.add(uint32(id))
		}
	}
	return nil
}

// keys checks that keys ascend and that blocks are as the Builder writes them.
func (v *verifier) keys() error {
	var last, key []byte
	blocks := &v.Reader.keys
	text := &verifySink{section: blocks}
	w := dictWriter{out: text, offsets: newAgainFrames(&v.keyOffsets)}
	for i := range v.h.blocks() {
		b := v.block(i)
		for k := range b.n {
			key = b.append(key[:0], k)
			if bytes.Compare(key, last) <= 0 {
				blocks.throw(b.at, "keys are not ascending")
			}
			last = append(last[:0], key...)
			w.add(key)
		}
		if err := v.step(); err != nil {
			return err
		}
	}
	w.finish()
	text.end()
	w.offsets.flush()
	v.keyOffsets.end(w.offsets)
	return nil
}

// terms checks that every term is in a quad.
func (v *verifier) terms() {
	for id := uint32(1); id <= v.h.terms; id++ {
		if !v.used.has(id) {
			v.Reader.keys.throw(0, "term %d is in no quad", id)
		}
	}
}

// verifySink is a sink that compares the written bytes with a section.
type verifySink struct {
	*section
	at uint64
}

func (a *verifySink) put(p []byte) {
	if n := uint64(len(p)); n > uint64(len(a.data))-a.at || !bytes.Equal(a.data[a.at:a.at+n], p) {
		a.throw(a.at, "it is not what its Builder writes")
	}
	a.at += uint64(len(p))
}

// end checks that all was compared.
func (a *verifySink) end() {
	if a.at != uint64(len(a.data)) {
		a.throw(a.at, "it goes on where it should end")
	}
}

// newAgainFrames returns a writer that compares its frames with f.
func newAgainFrames(f *frames) *framesWriter {
	return &framesWriter{data: &verifySink{section: &f.section}, dir: &verifySink{section: &f.section, at: f.dir}}
}

// end checks that all of f was compared.
func (f *frames) end(w *framesWriter) {
	if data := w.data.(*verifySink); data.at != f.dir {
		f.throw(data.at, "it goes on where its directory should begin")
	}
	w.dir.(*verifySink).end()
}
