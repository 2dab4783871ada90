package store

import (
	"errors"
	"io/fs"

	"kg/graph/internal/store/db"

	"github.com/cayleygraph/cayley/graph"
)

// Type is the name of the backend in Cayley's registry. Its option is
// "read_only", a bool.
const Type = "kg"

func init() {
	graph.RegisterQuadStore(Type, graph.QuadStoreRegistration{
		NewFunc:      newQuadStore,
		InitFunc:     initQuadStore,
		UpgradeFunc:  nil, // there is but one version of the format
		IsPersistent: true,
	})
}

// newQuadStore opens an existing store.
func newQuadStore(path string, options graph.Options) (graph.QuadStore, error) {
	readOnly, err := options.BoolKey("read_only", false)
	if err != nil {
		return nil, err
	}
	qs, err := Open(path, db.Options{ReadOnly: readOnly})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(graph.ErrNotInitialized, err)
	}
	if err != nil {
		return nil, err // and not a QuadStore that is nil
	}
	return qs, nil
}

// initQuadStore makes an empty store.
func initQuadStore(path string, options graph.Options) error {
	d, err := db.Open(path, db.Options{Create: true})
	if err != nil {
		return err
	}
	if err = d.Init(); errors.Is(err, fs.ErrExist) {
		err = graph.ErrDatabaseExists
	}
	return errors.Join(err, d.Close())
}
