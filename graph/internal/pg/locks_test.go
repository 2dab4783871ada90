package pg_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"kg/graph/internal/pg"
	"kg/graph/internal/store/bulk"
)

// TestManySources holds that a load of more sources than a server has room for locks is
// one as any other, beside others.
func TestManySources(t *testing.T) {
	const sources = 15_000
	_, address := open(t, pg.Options{Write: true})
	var all sync.WaitGroup
	for w := range 3 {
		all.Go(func() {
			var b strings.Builder
			for i := range sources {
				fmt.Fprintf(&b, "<https://x.example/a%d> <https://x.example/b> <https://x.example/c> <https://x.example/w%d/l%d/claim/x> .\n", i%100, w, i)
			}
			s, err := pg.Open(t.Context(), address, pg.Options{Write: true, Ask: true})
			if err != nil {
				t.Error(err)
				return
			}
			got, err := s.Import(t.Context(), text("a", b.String()), bulk.Options{})
			for errors.Is(err, pg.ErrAgain) {
				if err = s.More(); err == nil {
					got, err = s.Import(t.Context(), text("a", b.String()), bulk.Options{})
				}
			}
			if err := errors.Join(err, s.Close()); err != nil || got.Added != sources {
				t.Errorf("added %d: %v", got.Added, err)
			}
		})
	}
	all.Wait()
	if err := session(t, address, pg.Options{}).Check(t.Context()); err != nil {
		t.Error(err)
	}
}
