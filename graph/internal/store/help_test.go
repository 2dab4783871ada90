package store_test

import (
	"testing"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// Short names of what many tests use.
var (
	add        = storetest.Add
	canonical  = storetest.Canonical
	contents   = storetest.Contents
	del        = storetest.Del
	exported   = storetest.Exported
	mustApply  = storetest.Apply
	mustImport = storetest.Import
	newPath    = storetest.Path
	numbered   = storetest.Numbered
	properQuad = storetest.ProperQuad
	randomQuad = storetest.RandomQuad
	some       = storetest.Some
	spell      = storetest.Spell
	text       = storetest.Text
	verify     = storetest.Verify
	values     = storetest.Values
)

func newStore(t testing.TB) *store.QuadStore { return storetest.New(t).QuadStore }

func mustOpen(t testing.TB, path string, o db.Options) *store.QuadStore {
	t.Helper()
	return storetest.MustOpen(t, path, o).QuadStore
}
