package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"kg/graph/internal/names"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/internal/files"
)

// Keep makes the file of names beside a store that was written to, if its snapshot has
// changed and has so many nodes that reading their names takes long. Without the file all
// searches have the same results, but slower: failures are passed to warn, which may be
// nil.
func Keep(path string, warn func(error)) {
	err := MakeFile(context.Background(), path)
	if err != nil && warn != nil {
		warn(fmt.Errorf("what was written is in, but names are found slowly: making %q: %w", path+FileEnd, err))
	}
}

// MakeFile is Keep with its error.
func MakeFile(ctx context.Context, path string) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see Fault
	defer snapshot.Catch(&err)
	qs, err := store.Open(path, db.Options{ReadOnly: true})
	if err != nil {
		return nil // nothing was written, or it is gone
	}
	defer qs.Close()
	all, err := qs.IDs()
	if err != nil {
		return err
	}
	path = qs.Path() + FileEnd
	ids, identity := all.Snapshot()
	if ids == nil || ids.Nodes() <= MostNameless || isMade(path, identity) {
		return nil
	}
	if !names.Ours(path) {
		return errors.New("there is a file that kg did not make: give it another name")
	}
	b, err := buildNames(ctx, ids)
	if err != nil {
		return err
	}
	x, err := b.kindsNow(ctx, read.Of(qs))
	if err != nil {
		return err
	}
	return replaceFile(path, qs.Path(), func(f *os.File) error { return b.write(f, identity, x.Kinds) })
}

// isMade reports whether the file of names is whole, and of the snapshot.
func isMade(path string, snapshot names.Snapshot) bool {
	r, err := names.Open(path)
	return err == nil && r.Is(snapshot, namingRules) && r.Verify() == nil
}

// kindsNow are the kinds of the index as the graph has them.
func (b *building) kindsNow(ctx context.Context, r *read.Quads) (*NameIndex, error) {
	x := newIndex()
	for _, id := range b.kinds {
		iri, err := b.iri(term.ID(id))
		if err != nil {
			return nil, err
		}
		x.kind(iri)
	}
	return x, x.readKinds(ctx, r)
}

// replaceFile writes a file beside a store and puts it in place, with the store's
// permissions. It is not synced: a file damaged by a power loss is detected and made
// again. A temporary file is removed by the next writer, as is a replaced one that others
// still read.
func replaceFile(path, store string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(store)+".tmp-names-")
	if err != nil {
		return err
	}
	err = write(f)
	if info, e := os.Stat(store); e == nil {
		err = errors.Join(err, os.Chmod(f.Name(), info.Mode().Perm()))
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = files.Move(f.Name(), path)
	}
	if files.InUse(err) { // Windows replaces nothing that is mapped, but renames it
		if err = files.Move(path, f.Name()+"-old"); err == nil {
			err = files.Move(f.Name(), path)
		}
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
