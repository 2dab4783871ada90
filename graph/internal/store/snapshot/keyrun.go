package snapshot

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"sort"
)

// runBlockKeys is how many keys of a run are coded one after the other.
const runBlockKeys = 256

// keyRun is an ascending sequence of distinct keys in a scratch, each coded as
// the length it shares with the key before, the length of the rest, the rest.
type keyRun struct {
	blob   *blob
	n      uint32
	blocks []keyRunBlock
}

type keyRunBlock struct {
	first []byte
	off   int64
}

// keyRunWriter writes a run.
type keyRunWriter struct {
	run  *keyRun
	prev []byte
	buf  []byte
}

func (s *scratch) newKeyRun() *keyRunWriter {
	return &keyRunWriter{run: &keyRun{blob: s.newBlob()}}
}

// add appends a key, which must be greater than the one before.
func (w *keyRunWriter) add(key []byte) {
	if w.run.n%runBlockKeys == 0 {
		w.flush()
		w.run.blocks = append(w.run.blocks, keyRunBlock{bytes.Clone(key), w.run.blob.size})
		w.prev = w.prev[:0]
	}
	shared := commonPrefix(w.prev, key)
	w.buf = binary.AppendUvarint(w.buf, uint64(shared))
	w.buf = binary.AppendUvarint(w.buf, uint64(len(key)-shared))
	w.buf = append(w.buf, key[shared:]...)
	w.prev = append(w.prev[:shared], key[shared:]...)
	w.run.n++
}

func (w *keyRunWriter) flush() {
	w.run.blob.put(w.buf)
	w.buf = w.buf[:0]
}

func (w *keyRunWriter) finish() (*keyRun, error) {
	w.flush()
	return w.run, w.run.blob.finish()
}

// keyCursor goes through the keys of a run that lie in a range.
type keyCursor struct {
	run   *keyRun
	index int // of the run
	hi    []byte
	skip  int // bytes all keys of the range have in common at the beginning
	key   []byte
	word  uint64 // eight bytes of key after skip
	rank  uint32 // of key in the run
	block int
	left  int // keys of the block
	p     []byte
	tmp   []byte
}

// start goes to the first key of [lo, hi), nil being no bound, and reports whether there
// is one.
func (c *keyCursor) start(lo []byte) (bool, error) {
	c.block = 0
	if lo != nil {
		c.block = max(0, sort.Search(len(c.run.blocks), func(i int) bool {
			return bytes.Compare(c.run.blocks[i].first, lo) > 0
		})-1)
	}
	c.rank = uint32(c.block*runBlockKeys) - 1
	c.left = 0
	for {
		ok, err := c.next()
		if !ok || err != nil || lo == nil || bytes.Compare(c.key, lo) >= 0 {
			return ok, err
		}
	}
}

// next goes to the next key.
func (c *keyCursor) next() (bool, error) {
	if c.left == 0 {
		if c.block == len(c.run.blocks) {
			return false, nil
		}
		if err := c.load(); err != nil {
			return false, err
		}
	}
	c.left--
	shared, i := uvarint(c.p)
	rest, j := uvarint(c.p[i:])
	end := i + j + int(rest)
	c.key = append(c.key[:shared], c.p[i+j:end]...)
	c.p = c.p[end:]
	c.rank++
	if c.hi != nil && bytes.Compare(c.key, c.hi) >= 0 {
		return false, nil
	}
	c.word = wordAt(c.key, c.skip)
	return true, nil
}

func (c *keyCursor) load() (err error) {
	from, to := c.run.blocks[c.block].off, c.run.blob.size
	c.left = int(c.run.n) - c.block*runBlockKeys
	c.block++
	if c.block < len(c.run.blocks) {
		to, c.left = c.run.blocks[c.block].off, runBlockKeys
	}
	c.key = c.key[:0]
	c.p, c.tmp, err = c.run.blob.read(from, int(to-from), 0, c.tmp)
	if err != nil {
		return fmt.Errorf("merging terms: %w", err)
	}
	return nil
}

// less reports whether the key of c comes before that of o; both are of one
// range.
func (c *keyCursor) less(o *keyCursor) bool {
	if c.word != o.word {
		return c.word < o.word
	}
	return bytes.Compare(c.key[c.skip:], o.key[c.skip:]) < 0
}

// wordAt returns eight bytes of key from at on, zeros after its end, as a
// number that compares as they do.
func wordAt(key []byte, at int) uint64 {
	if at+8 <= len(key) {
		return binary.BigEndian.Uint64(key[at:])
	}
	w := uint64(0)
	for i := at; i < len(key); i++ {
		w |= uint64(key[i]) << (56 - 8*(i-at))
	}
	return w
}
