package web

import (
	"context"
	"sync"
	"time"
)

// remembered is something that is made from the whole graph once, and again
// when the graph is another one.
type remembered[T any] struct {
	mu      sync.Mutex
	version string
	made    bool
	value   T
}

// get returns what make made for this version. Who asks while it is being made
// waits. It is made for all who wait, so it outlives the request that began it.
func (r *remembered[T]) get(version string, make func(context.Context) (T, error)) (T, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.made && r.version == version {
		return r.value, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	value, err := make(ctx)
	if err != nil {
		return value, err
	}
	r.value, r.version, r.made = value, version, true
	return value, nil
}
