package web

import (
	"context"
	"sync"
	"time"
)

// remembered is a value computed from the whole graph, once per version of it.
type remembered[T any] struct {
	mu      sync.Mutex
	version string
	made    bool
	value   T
}

// get returns the value for a version, and calls make for a new one. Concurrent calls wait
// for the same value, whose computation outlives the request that began it.
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
