package graph

import (
	"context"

	"kg/graph/internal/store/db"
)

// Recover saves the intact part of the damaged store at path to a new file and changes
// nothing else: see db.Recover for what it cannot save. It returns what was saved, what
// was lost, and the damage.
func Recover(ctx context.Context, path, to string, report func(Progress)) (db.Recovered, error) {
	return db.Recover(ctx, path, to, func(done, total uint64) {
		if report != nil {
			report(Progress{Doing: "writing", Done: int64(done), Total: int64(total)})
		}
	})
}
