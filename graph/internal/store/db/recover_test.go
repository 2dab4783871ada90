package db_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/storetest"
	"kg/internal/testsize"
)

// damagedStore is a store of snapshot and journal, and what it held after each
// of its commits.
type damagedStore struct {
	path   string
	states [][]string
	ends   []int64 // of the journal, after each commit
	files  map[string][]byte
}

func newDamaged(t *testing.T, base, commits int) *damagedStore {
	t.Helper()
	s := &damagedStore{path: newPath(t), files: map[string][]byte{}}
	fill(t, s.path, 1, db.Usual)
	qs := mustOpen(t, s.path, db.Options{Create: true, Limits: &storetest.Unfolded})
	mustApply(t, qs, add(some(base)[1:]...))
	if err := qs.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.states = append(s.states, contents(t, qs))
	for i := range commits {
		mustApply(t, qs, append(add(numbered(base+2*i), numbered(base+2*i+1)), del(numbered(base+2*i-1))...))
		s.states = append(s.states, contents(t, qs))
		s.ends = append(s.ends, qs.DB.Journal().Size())
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", db.JournalEnd} {
		s.files[end] = readFile(t, s.path+end)
	}
	return s
}

// spoilt is a copy of the store of which one file is another.
func (s *damagedStore) spoilt(t *testing.T, end string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kg.db")
	for e, whole := range s.files {
		if e == end {
			whole = data
		}
		if err := os.WriteFile(path+e, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// recovered recovers a store, which must stay as it is, and gives what is saved.
func recovered(t *testing.T, path string) (r db.Recovered, got []string, err error) {
	t.Helper()
	before := folderOf(t, filepath.Dir(path))
	to := filepath.Join(t.TempDir(), "new.db")
	r, err = db.Recover(t.Context(), path, to, nil)
	if after := folderOf(t, filepath.Dir(path)); !maps.Equal(before, after) {
		t.Fatal("the damaged store was touched")
	}
	left, _ := os.ReadDir(filepath.Dir(to))
	if err != nil {
		if len(left) > 0 {
			t.Fatalf("%v, and it leaves %v", err, left)
		}
		return r, nil, err
	}
	if len(left) != 1 {
		t.Fatalf("it leaves %v", left)
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the new store can be read by others: %v", info.Mode())
	}
	qs := mustOpen(t, to, db.Options{ReadOnly: true})
	verify(t, qs)
	if got = contents(t, qs); uint64(len(got)) != r.Quads {
		t.Fatalf("saved %d quads, said %d", len(got), r.Quads)
	}
	return r, got, nil
}

// spoilBytes gives a copy of data with a byte changed, or cut.
func spoilBytes(r *rand.Rand, data []byte, i int) (bad []byte, at int) {
	at = r.IntN(len(data))
	if i%3 == 0 {
		return bytes.Clone(data[:at]), at
	}
	bad = bytes.Clone(data)
	bad[at] ^= byte(1 + r.IntN(255))
	return bad, at
}

// A journal that is damaged anywhere yields the commits before the damage: whole ones,
// all of them, and no others.
func TestRecoverJournal(t *testing.T) {
	t.Parallel()
	s := newDamaged(t, 50, 12)
	r := rand.New(rand.NewPCG(1, 5))
	for i := range testsize.Of(15, 75) {
		bad, at := spoilBytes(r, s.files[db.JournalEnd], i)
		n := 0
		for at >= 64 && n < len(s.ends) && s.ends[n] <= int64(at) {
			n++
		}
		said, got, err := recovered(t, s.spoilt(t, db.JournalEnd, bad))
		unseen := i%3 == 0 && (at == 64 || slices.Contains(s.ends, int64(at))) // cut after a commit
		switch {
		case err != nil && at >= 8 && at < 16 && strings.Contains(err.Error(), "made by a newer kg"):
		case err != nil:
			t.Fatalf("case %d, byte %d: %v", i, at, err)
		case !slices.Equal(got, s.states[n]) || said.Commits != n:
			t.Fatalf("case %d, byte %d: %d commits and %d quads, want %d and %d", i, at, said.Commits, len(got), n, len(s.states[n]))
		case (len(said.Damage) == 0) != unseen:
			t.Fatalf("case %d, byte %d: told %v", i, at, said.Damage)
		}
	}
}

// A snapshot with a damaged byte yields all quads except those reported lost, and the
// journal's commits.
func TestRecoverSnapshot(t *testing.T) {
	t.Parallel()
	s := newDamaged(t, 3000, 3)
	all := s.states[len(s.states)-1]
	r := rand.New(rand.NewPCG(2, 5))
	lossless := 0
	for i := range testsize.Of(12, 60) {
		bad, at := spoilBytes(r, s.files[""], i)
		said, got, err := recovered(t, s.spoilt(t, "", bad))
		if i%3 == 0 && len(bad) < len(s.files[""])-40 || at < 4096 {
			if err == nil || !strings.Contains(err.Error(), "nothing of it can be saved") {
				t.Fatalf("case %d, byte %d, of a header or cut: %v", i, at, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("case %d, byte %d: %v", i, at, err)
		}
		for _, q := range got {
			if _, ok := slices.BinarySearch(all, q); !ok {
				t.Fatalf("case %d, byte %d: a quad that was never there", i, at)
			}
		}
		if missing := len(all) - len(got); missing > int(said.LostQuads) || said.Commits != 3 || missing > 0 && len(said.Damage) == 0 {
			t.Fatalf("case %d, byte %d: %d quads are missing, and it says %+v", i, at, missing, said)
		}
		if len(got) == len(all) {
			lossless++
		} else if d := said.Damage[0].What; !strings.HasPrefix(d, "dictionary") && !strings.HasPrefix(d, "predicates") && !strings.HasPrefix(d, "labels") {
			t.Fatalf("case %d, byte %d: only %d quads are saved, though rows stand there twice: %s", i, at, len(got), d)
		}
	}
	if lossless < testsize.Of(1, 15) {
		t.Errorf("only %d of the damaged bytes lost nothing", lossless)
	}
}

// A young store can be saved from its journal alone, an older one cannot; a
// store that is whole is copied.
func TestRecoverOther(t *testing.T) {
	t.Parallel()
	young := storeOf(t, 4, storetest.Unfolded)
	os.Remove(young)
	if r, got, err := recovered(t, spoiltCopy(t, young)); err != nil || len(got) != 4 || r.Commits != 4 {
		t.Errorf("the journal alone: %+v, %v", r, err)
	}
	s := newDamaged(t, 20, 2)
	if r, got, err := recovered(t, s.spoilt(t, "none", nil)); err != nil || !slices.Equal(got, s.states[2]) || len(r.Damage)+int(r.LostQuads) > 0 {
		t.Errorf("a whole store: %+v, %v", r, err)
	}
	path := s.spoilt(t, "", nil)
	if _, _, err := recovered(t, path); err == nil || !strings.Contains(err.Error(), "nothing of it can be saved") {
		t.Errorf("an empty snapshot: %v", err)
	}
	os.Remove(path)
	if _, _, err := recovered(t, path); err == nil || !strings.Contains(err.Error(), "nothing of it can be saved") {
		t.Errorf("no snapshot: %v", err)
	}
	path = s.spoilt(t, "", s.files[""])
	os.Remove(path + db.JournalEnd)
	if r, got, err := recovered(t, path); err != nil || !slices.Equal(got, s.states[0]) || len(r.Damage) != 1 {
		t.Errorf("no journal: %+v, %v", r, err)
	}
	if _, err := db.Recover(t.Context(), s.path, path, nil); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("to a file that is there: %v", err)
	}
	if _, err := snapshot.Open(path); err != nil {
		t.Errorf("it was written over: %v", err)
	}
}

// spoiltCopy is a copy of the journal of a store.
func spoiltCopy(t *testing.T, path string) string {
	t.Helper()
	to := newPath(t)
	if err := os.WriteFile(to+db.JournalEnd, readFile(t, path+db.JournalEnd), 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}
