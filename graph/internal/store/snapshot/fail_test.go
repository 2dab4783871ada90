package snapshot

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kg/internal/testsize"
)

// faulty makes files of which one operation, counted over all, fails.
type faulty struct {
	ops  atomic.Int64
	fail int64
	how  error // io.ErrShortWrite writes half and reports no error
}

func (f *faulty) create(path string) (File, error) {
	if f.ops.Add(1) == f.fail {
		return nil, f.how
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	return &faultyFile{file, f}, nil
}

type faultyFile struct {
	*os.File
	f *faulty
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if f.f.ops.Add(1) == f.f.fail {
		n, _ := f.File.Write(p[:len(p)/2])
		return n, f.f.err()
	}
	return f.File.Write(p)
}

func (f *faultyFile) WriteAt(p []byte, off int64) (int, error) {
	if f.f.ops.Add(1) == f.f.fail {
		n, _ := f.File.WriteAt(p[:len(p)/2], off)
		return n, f.f.err()
	}
	return f.File.WriteAt(p, off)
}

func (f *faultyFile) ReadAt(p []byte, off int64) (int, error) {
	if f.f.ops.Add(1) == f.f.fail {
		return 0, f.f.how
	}
	return f.File.ReadAt(p, off)
}

func (f *faultyFile) Sync() error {
	if f.f.ops.Add(1) == f.f.fail {
		return f.f.how
	}
	return f.File.Sync()
}

func (f *faultyFile) Close() error {
	err := f.File.Close()
	if f.f.ops.Add(1) == f.f.fail {
		return f.f.how
	}
	return err
}

func (f *faulty) err() error {
	if f.how == io.ErrShortWrite {
		return nil
	}
	return f.how
}

// Whichever operation on a file fails, the error comes out, names a file, and
// nothing is left behind.
func TestFailingWrites(t *testing.T) {
	quads := randomQuads(rand.New(rand.NewPCG(1, 5)), 700)
	failures := 0
	step := testsize.Of[int64](8, 1)
	for _, how := range []error{syscall.ENOSPC, io.ErrShortWrite, errors.New("input/output error")} {
		for fail := int64(1); ; fail += step {
			f := &faulty{fail: fail, how: how}
			err := buildFaulty(t, f, quads)
			if f.ops.Load() < fail {
				if err != nil {
					t.Fatalf("nothing failed, and yet: %v", err)
				}
				break
			}
			failures++
			if !errors.Is(err, how) || !strings.Contains(err.Error(), "kg.db") {
				t.Fatalf("operation %d failed, %v, and the error is: %v", fail, how, err)
			}
		}
	}
	if failures < 100/int(step) {
		t.Errorf("only %d operations could fail", failures)
	}
}

// buildFaulty builds, closes and checks what is left.
func buildFaulty(t *testing.T, f *faulty, quads []quadKeys) error {
	path := filepath.Join(t.TempDir(), "kg.db")
	b := NewBuilder(path+".tmp-", 1, 1)
	b.Create = f.create
	batch := b.NewBatch()
	var err error
	for _, q := range quads {
		if err == nil {
			err = batch.Add([]byte(q[0]), []byte(q[1]), []byte(q[2]), []byte(q[3]))
		}
	}
	if e := batch.Close(); err == nil {
		err = e
	}
	finished := b.Finish(t.Context(), path, nil)
	if err != nil && finished == nil {
		t.Errorf("Finish knows nothing of %v", err)
	}
	if err == nil {
		err = finished
	}
	if _, e := os.Stat(path); (finished == nil) != (e == nil) {
		t.Errorf("Finish said %v, and the file: %v", finished, e)
	}
	if e := b.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(path) // if only closing the temporary file failed
	}
	onlyFile(t, path)
	return err
}

func TestFinishTwice(t *testing.T) {
	dir := t.TempDir()
	b := NewBuilder(filepath.Join(dir, "kg.db.tmp-"), 1<<20, 1)
	batch := b.NewBatch()
	if err := b.Finish(t.Context(), filepath.Join(dir, "x"), nil); err == nil || !strings.Contains(err.Error(), "still open") {
		t.Errorf("with an open batch: %v", err)
	}
	if err := batch.Add([]byte("s"), nil, []byte("o"), nil); err == nil {
		t.Error("a quad without a predicate was taken")
	}
	if err := errors.Join(batch.Close(), batch.Close()); err != nil {
		t.Error(err)
	}
	if err := batch.Add([]byte("s"), []byte("p"), []byte("o"), nil); err == nil {
		t.Error("a closed batch took a quad")
	}
	if err := b.Finish(t.Context(), filepath.Join(dir, "x"), nil); err != nil {
		t.Error(err)
	}
	if err := b.Finish(t.Context(), filepath.Join(dir, "y"), nil); err == nil {
		t.Error("finished twice")
	}
	c := NewBuilder(filepath.Join(dir, "kg.db.tmp-"), 1<<20, 1)
	if err := c.Finish(t.Context(), filepath.Join(dir, "x"), nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file that exists: %v", err)
	}
	if err := errors.Join(b.Close(), b.Close(), c.Close()); err != nil {
		t.Error(err)
	}
	onlyFile(t, filepath.Join(dir, "x"))
}

// The end of a context ends Finish and Verify soon, with nothing left.
func TestCancel(t *testing.T) {
	const n = 100_000
	dir := t.TempDir()
	path := filepath.Join(dir, "kg.db")
	for wait := time.Duration(0); wait < 60*time.Millisecond; wait += 12 * time.Millisecond {
		b := NewBuilder(path+".tmp-", 16<<20, 1)
		addGraph(t, b, n, 1)
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		err := b.Finish(ctx, path, nil)
		late(t, ctx)
		cancel()
		if err == nil {
			os.Remove(path)
			t.Logf("done within %v", wait)
		} else if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Fatalf("left behind: %v %v", entries, err)
		}
	}
	r := buildGraph(t, path, n)
	defer r.Close()
	for wait := time.Duration(0); wait < 20*time.Millisecond; wait += 5 * time.Millisecond {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		err := r.Verify(ctx, nil)
		late(t, ctx)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) && err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Verify(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("verifying with a cancelled context: %v", err)
	}
	b := NewBuilder(path+".tmp-", 1<<20, 1)
	defer b.Close()
	if err := b.AddSnapshot(ctx, r, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("adding with a cancelled context: %v", err)
	}
}

// late checks that the end of ctx is not long past.
func late(t *testing.T, ctx context.Context) {
	t.Helper()
	if end, _ := ctx.Deadline(); time.Since(end) > time.Minute { // 100 ms, where nothing else runs
		t.Errorf("returned %v after the end of the context", time.Since(end))
	}
}
