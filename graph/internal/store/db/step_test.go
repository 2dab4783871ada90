package db_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

// keysOf are quads as a step has them.
func keysOf(quads ...quad.Quad) (list [][4][]byte) {
	for _, q := range quads {
		var keys [4][]byte
		for i, dir := range quad.Directions {
			if v := q.Get(dir); v != nil {
				var err error
				if keys[i], err = term.Append(nil, v); err != nil {
					panic(err)
				}
			}
		}
		list = append(list, keys)
	}
	return list
}

// ignoreAll ignores what is there, and what is not.
var ignoreAll = graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}

// aStep is a step at random, which the model does too.
func aStep(t *testing.T, r *rand.Rand, model *storetest.SetModel) db.Transition {
	var adds, removes []quad.Quad
	for i := range 60 {
		switch r.IntN(6 + r.IntN(40)) {
		case 0, 1:
			adds = append(adds, numbered(i))
		case 2:
			removes = append(removes, numbered(i))
		}
	}
	var s db.Transition
	if r.IntN(6) == 0 { // all anew
		model.Quads = map[string]quad.Quad{}
		s.Add = keysOf(adds...)
		s.Fill = (&db.Transition{Add: s.Add}).FillAdds
	} else {
		s.Add, s.Remove = keysOf(adds...), keysOf(removes...)
	}
	if err := errors.Join(model.Apply(del(removes...), ignoreAll), model.Apply(add(adds...), ignoreAll)); err != nil {
		t.Fatal(err)
	}
	s.Quads = uint64(len(model.Quads))
	return s
}

var stepLimits = db.Thresholds{Floor: 900, Share: 1 << 30, Memory: 1 << 20, Beside: 30, Bulk: 15, Part: 1 << 20}

// TestStep holds that a store after steps of all sorts, and other writes between them,
// has the quads of a model; that it opens at the position that was told; and that
// stores of one position have the same quads.
func TestStep(t *testing.T) {
	for seed := range testsize.Of[uint64](3, 20) {
		r := rand.New(rand.NewPCG(seed, 3))
		path, model, known := newPath(t), newModel(t), map[db.Position]string{}
		var told db.Position // empty if something else was written since
		for range 20 {
			qs, err := storetest.Open(path, db.Options{Create: true, Still: true, Limits: &stepLimits})
			if err != nil {
				t.Fatal(err)
			}
			has := fmt.Sprint(contents(t, qs))
			at := qs.DB.Opened()
			if want, ok := known[at]; has != fmt.Sprint(model.List()) || ok && has != want || told != "" && at != told {
				t.Fatalf("seed %d: opened at %s with %s; told was %s, and the model has %s", seed, at, has, told, model.List())
			}
			known[at] = has
			if r.IntN(4) == 0 {
				deltas := add(numbered(100 + r.IntN(1000)))
				if err := errors.Join(qs.ApplyDeltas(deltas, ignoreAll), model.Apply(deltas, ignoreAll)); err != nil {
					t.Fatal(err)
				}
				told = ""
			} else {
				s := aStep(t, r, model)
				s.Note = func(p db.Position) error { told = p; return nil }
				if err := qs.DB.Step(t.Context(), s); err != nil || told == "" || qs.DB.Opened() != told {
					t.Fatalf("seed %d: told %q, is at %q: %v", seed, told, qs.DB.Opened(), err)
				}
			}
			if err := qs.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestStepRefused holds that a step that comes to another number of quads, or of which
// nothing could be noted, leaves the store as it is.
func TestStepRefused(t *testing.T) {
	for _, bulk := range []int{0, 1} {
		limits := stepLimits
		limits.Bulk = bulk
		qs := mustOpen(t, newPath(t), db.Options{Create: true, Still: true, Limits: &limits})
		mustApply(t, qs, add(some(10)...))
		before, noted := contents(t, qs), errors.New("the disk is full")
		for want, s := range map[error]db.Transition{
			db.ErrOtherCount: {Add: keysOf(numbered(77)), Quads: 12, Note: func(db.Position) error { return nil }},
			noted:            {Add: keysOf(numbered(77)), Quads: 11, Note: func(db.Position) error { return noted }},
		} {
			if err := qs.DB.Step(t.Context(), s); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
			if got := contents(t, qs); !slices.Equal(got, before) {
				t.Errorf("%v: got %v, want %v", want, got, before)
			}
		}
	}
}

// TestFork holds that a store that others began with stays what it is, and that what is
// written to two that began with the same, at once, is in none but the one.
func TestFork(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	model, last := newModel(t), db.Scratch()
	shown := map[*db.DB]string{last: fmt.Sprint(model.List())}
	for n := range 50 {
		beside, own := newModel(t), []quad.Quad{numbered(100 + n), numbered(200 + n)}
		beside.Quads = maps.Clone(model.Quads)
		if err := beside.Apply(add(own...), ignoreAll); err != nil {
			t.Fatal(err)
		}
		one, other, step := last.Fork(), last.Fork(), aStep(t, r, model)
		var wait sync.WaitGroup
		for fork, s := range map[*db.DB]db.Transition{one: step, other: {Add: keysOf(own...), Quads: uint64(len(beside.Quads))}} {
			wait.Go(func() {
				if err := fork.Step(t.Context(), s); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		shown[one], shown[other] = fmt.Sprint(model.List()), fmt.Sprint(beside.List())
		last = one
	}
	for d, want := range shown {
		if got := fmt.Sprint(contents(t, store.New(d))); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// stepping is the mode of a child that does one step after the other: see childSteps.
const stepping = "stepping"

// stepNote is what a child notes of the positions that a store may be at.
type stepNote map[db.Position]int

func readStepNote(path string) (n stepNote, err error) {
	text, err := os.ReadFile(path + ".note")
	if err == nil {
		err = json.Unmarshal(text, &n)
	}
	return n, err
}

// childSteps takes one step after the other from where the note says that the store is.
// The store has one quad more after each, and its number tells which that is.
func childSteps(path string) {
	limits := stepLimits
	limits.Bulk = 0
	d, err := db.Open(path, db.Options{Create: true, Still: true, Limits: &limits})
	for err == nil {
		note, e := readStepNote(path)
		i, known := note[d.Opened()]
		if e == nil && !known && d.Opened() != "" {
			err = fmt.Errorf("it is at %s, and the note says %v", d.Opened(), note)
			break
		}
		from := d.Opened()
		err = d.Step(context.Background(), db.Transition{Add: keysOf(numbered(i)), Quads: uint64(i + 1), Note: func(to db.Position) error {
			text, err := json.Marshal(stepNote{from: i, to: i + 1})
			if err == nil {
				err = os.WriteFile(path+".note.new", text, 0o600)
			}
			return errors.Join(err, os.Rename(path+".note.new", path+".note"))
		}})
		if err == nil {
			fmt.Println("done", 0, i)
		}
	}
	fmt.Println("failed:", err)
}

// TestKillStep kills a process that takes steps, again and again: the note tells at
// which of them the store is.
func TestKillStep(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes")
	}
	path, most := newPath(t), 0
	for range max(*kills, 8) {
		acked := run(t, stepping, path, rand.N(150*time.Millisecond))
		d, err := db.Open(path, db.Options{ReadOnly: true})
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		note, err := readStepNote(path)
		if errors.Is(err, fs.ErrNotExist) && d.State().Quads() == 0 && acked[0] <= 0 && most == 0 {
			continue // the store was made, and no step was noted yet
		}
		if err != nil {
			t.Fatal(err)
		}
		i, known := note[d.Opened()]
		if got := int(d.State().Quads()); !known || i != got || i < acked[0] || i < most {
			t.Fatalf("the store is at %s with %d quads, %d acknowledged, %d before; the note says %v", d.Opened(), got, acked[0], most, note)
		}
		most = i
	}
	if most == 0 {
		t.Error("no child got anything done")
	}
	t.Logf("%d steps", most)
}
