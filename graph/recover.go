package graph

import (
	"context"

	"kg/graph/internal/store/db"
)

// Recovered is what Recover saved of a damaged store, and what it could not.
type Recovered = db.Recovered

// Recover saves what is whole of the damaged store at path to a new file, and
// touches nothing else: see db.Recover, which says what it cannot save.
func Recover(ctx context.Context, path, to string, report func(Progress)) (Recovered, error) {
	return db.Recover(ctx, path, to, func(done, total uint64) {
		if report != nil {
			report(Progress{Doing: "writing", Done: int64(done), Total: int64(total)})
		}
	})
}
