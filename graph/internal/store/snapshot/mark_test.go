package snapshot

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// marked is a file of a few quads with a mark.
func marked(t *testing.T, m Mark) (path string, bare []byte) {
	t.Helper()
	path = build(t, 1<<20, randomQuads(rand.New(rand.NewPCG(1, 2)), 20))
	bare = read(t, path)
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := WriteMark(f, r.ID(), m); err != nil {
		t.Fatal(err)
	}
	if err := WriteMark(f, Identity{}, m); err == nil || !strings.Contains(err.Error(), "another file") {
		t.Errorf("a mark was written to a file that is another: %v", err)
	}
	return path, bare
}

// A mark is found, and changes nothing of what the snapshot is.
func TestMark(t *testing.T) {
	t.Parallel()
	one, two := [8]byte{1}, [8]byte{2}
	path, bare := marked(t, Mark{one, two})
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m, err := r.Mark()
	if err != nil || !m.Names(one) || !m.Names(two) || m.Names([8]byte{3}) || m.Names([8]byte{}) {
		t.Errorf("got %v, %v", m, err)
	}
	if err := r.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	plain, err := newReader(path, bare)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := plain.Mark(); err != nil || m != (Mark{}) || plain.ID() != r.ID() || plain.Size() != r.Size() {
		t.Errorf("without a mark: %v, %v", m, err)
	}
	if got := read(t, path); !bytes.Equal(got[:len(bare)], bare) {
		t.Error("the mark changed the snapshot")
	}
}

// A mark that is cut or has a wrong byte is damage, and the snapshot before it
// is not. What is longer than a mark is damage of the file.
func TestDamagedMark(t *testing.T) {
	t.Parallel()
	path, bare := marked(t, Mark{{1}, {1}})
	data := read(t, path)
	look := func(data []byte) error {
		r, err := newReader(path, data)
		if err != nil {
			return err
		}
		if err := r.Verify(t.Context(), nil); err != nil {
			t.Fatalf("the snapshot: %v", err)
		}
		m, err := r.Mark()
		if err != nil && m != (Mark{}) {
			t.Fatalf("got %v, %v", m, err)
		}
		return err
	}
	for n := len(bare) + 1; n < len(data); n++ {
		checkDamage(t, look(data[:n]), path)
	}
	for at := len(bare); at < len(data); at++ {
		bad := bytes.Clone(data)
		bad[at] ^= 1 << (at % 8)
		checkDamage(t, look(bad), path)
	}
	checkDamage(t, look(append(bytes.Clone(data), 0)), path)
	if err := look(bare); err != nil {
		t.Error(err)
	}
}
