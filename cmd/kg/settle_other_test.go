//go:build !linux

package main

import (
	"context"
	"os/exec"
	"testing"
	"time"
)

// settle waits until nothing new is shown for a while: what is typed while the line is
// being drawn may be taken for the place of the cursor.
func (s *watcher) settle(ctx context.Context, _ *testing.T, _ *exec.Cmd) {
	for last, quiet := -1, 0; quiet < 20 && ctx.Err() == nil; quiet++ {
		time.Sleep(50 * time.Millisecond)
		if now := len(s.text()); now != last {
			last, quiet = now, 0
		}
	}
}
