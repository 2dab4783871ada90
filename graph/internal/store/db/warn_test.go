package db_test

import (
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// A failure when a store is closed, or while it is compacted, lost no commit: it is a
// warning, and the next writer makes up for it.
func TestCloseWarns(t *testing.T) {
	t.Parallel()
	tried := 0
	for k := 1; ; k++ {
		d, path := &storetest.Faulty{}, newPath(t)
		var warnings []error
		qs, err := storetest.Open(path, db.Options{Create: true, Warn: func(err error) { warnings = append(warnings, err) }, Disk: d})
		if err != nil {
			t.Fatal(err)
		}
		mustApply(t, qs, add(some(5)...))
		d.FailAt = d.Calls + k
		if err := qs.Close(); err != nil {
			t.Errorf("call %d, a %s: %v", k, d.Kind, err)
		}
		if d.Kind == "" {
			break // no call is left that has not failed
		}
		tried++
		if len(warnings) != 1 {
			t.Errorf("call %d, a %s: told %v", k, d.Kind, warnings)
		}
		again := mustOpen(t, path, db.Options{})
		if got := contents(t, again); len(got) != 5 {
			t.Errorf("call %d, a %s: %d quads are left", k, d.Kind, len(got))
		}
		verify(t, again)
	}
	if tried < 10 {
		t.Errorf("only %d calls were tried", tried)
	}
}
