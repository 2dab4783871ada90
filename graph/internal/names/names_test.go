package names

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var keys = [][]string{{"kim jong il", "kim"}, {"kim"}, {"delta asia", "bank 12"}, {"", "!!"}, {"동아 일보"}, {"banco delta asia", "banco delta asia"}}

// written is the bytes of a small file.
func written(t testing.TB, budget int) []byte {
	t.Helper()
	d := NewDict()
	var nodes []Node
	for i, list := range keys {
		n := Node{ID: uint32(100 + i), Rank: uint8(i / 2), Set: i % 2, Edges: uint32(i)}
		for as, key := range list {
			n.Names = append(n.Names, Name{Literal: uint32(200 + i), As: uint8(as), Words: d.Append(nil, []byte(key))})
		}
		nodes = append(nodes, n)
	}
	rank := d.Sort()
	f, err := os.Create(filepath.Join(t.TempDir(), "x.names"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := NewWriter(f, len(nodes), d)
	if err != nil {
		t.Fatal(err)
	}
	w.Kinds, w.Sets, w.budget = []uint32{7, 9}, []KindSet{{}, {Kinds: []uint32{7, 9}, Flag: true}}, budget
	w.Order = []uint32{3, 1, 0, 2}
	for _, n := range nodes {
		for _, name := range n.Names {
			for i, word := range name.Words {
				name.Words[i] = rank[word]
			}
		}
		w.Node(n)
	}
	if err := w.End(Snapshot{1}, Rules{2}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// However little memory the nodes of words are put together in, the file is the
// same.
func TestBudget(t *testing.T) {
	want := written(t, postingsBudget)
	for _, budget := range []int{0, 1, 2, 5} {
		if !bytes.Equal(written(t, budget), want) {
			t.Errorf("with %d bytes it is another file", budget)
		}
	}
}

func opened(t testing.TB, data []byte) (*Reader, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.names")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return Open(path)
}

// Written names are read again, and words find the nodes that have them.
func TestWriteAndRead(t *testing.T) {
	r, err := opened(t, written(t, postingsBudget))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Is(Snapshot{1}, Rules{2}) || r.Is(Snapshot{2}, Rules{2}) || r.Is(Snapshot{1}, Rules{}) || r.Verify() != nil || r.Nodes() != len(keys) {
		t.Error("it is another file")
	}
	if sets := r.Sets(); len(sets) != 2 || !sets[1].Flag || !slices.Equal(sets[1].Kinds, []uint32{7, 9}) || sets[1].Nodes != 3 {
		t.Errorf("the sets are %v", sets)
	}
	if r.Ordered() != 4 || r.InOrder(0) != 3 || r.InOrder(3) != 2 {
		t.Errorf("the order has %d nodes, %d first", r.Ordered(), r.InOrder(0))
	}
	for i, list := range keys {
		var got []string
		for _, name := range r.Names(i, nil) {
			got = append(got, string(r.AppendKey(nil, name.Words)))
		}
		if !slices.Equal(got, list) || r.ID(i) != uint32(100+i) || r.Rank(i) != uint8(i/2) || r.SetOf(i) != i%2 || r.Edges(i) != i {
			t.Errorf("node %d is %q", i, got)
		}
	}
	for _, part := range []string{"kim", "a", "lt", "delta", "asia", "12", "일", "x", "im", "!"} {
		var want, got []int
		for i, list := range keys {
			if strings.Contains(strings.Join(list, " "), part) {
				want = append(want, i)
			}
		}
		for _, n := range r.Containing(nil, part) {
			if !strings.Contains(string(r.Word(n)), part) {
				t.Errorf("%q is not in %q", part, r.Word(n))
			}
			r.Having(n, func(node int) { got = append(got, node) })
		}
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%q is in %v, not in %v", part, got, want)
		}
	}
	if from, to := r.Beginning("b"); to-from != 2 {
		t.Errorf("words %d to %d begin with b", from, to)
	}
}

// FuzzRead reads a file in which a byte is another one: it reads the same, or is
// damaged.
func FuzzRead(f *testing.F) {
	data := written(f, postingsBudget)
	for _, at := range []int{0, 9, 13, 20, 81, 130, pageSize - 2, pageSize, pageSize + 5, len(data) - 2} {
		f.Add(uint(at), byte(1))
	}
	all := func(t testing.TB, data []byte) (out string, err error) {
		r, err := opened(t, data)
		if err != nil {
			return "", err
		}
		defer Catch(&err)
		for i := range r.Nodes() {
			out += fmt.Sprint(r.ID(i), r.Rank(i), r.SetOf(i), r.Edges(i), r.Names(i, nil))
		}
		for n := range r.Words() {
			out += string(r.Word(uint32(n)))
			r.Having(uint32(n), func(node int) { out += fmt.Sprint(node) })
		}
		for position := range r.Ordered() {
			out += fmt.Sprint(r.InOrder(position))
		}
		return out + fmt.Sprint(r.Kinds(), r.Sets()), nil
	}
	want, err := all(f, data)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, at uint, with byte) {
		bad := bytes.Clone(data)
		bad[at%uint(len(bad))] ^= with
		got, err := all(t, bad)
		if err != nil && !errors.As(err, new(*DamageError)) || err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("byte %d: %q, %v", at, got, err)
		}
	})
}
