package main

import (
	"bytes"
	"context"
	"io"

	"kg/graph"
)

// bounded runs answer within bounds and prints its output once it is complete. An
// answer that exceeds a bound is an error, never half an answer.
func (a *app) bounded(ctx context.Context, bounds graph.Bounds, answer func(context.Context, io.Writer) error) error {
	w := &pendingOutput{out: a.paged}
	err := bounds.In(ctx, func(ctx context.Context) error {
		w.ctx = ctx
		return answer(ctx, w)
	})
	if err == nil {
		_, err = w.made.WriteTo(a.paged)
	}
	return err
}

// pendingOutput buffers an answer until it is complete. Writes fail when ctx ends.
type pendingOutput struct {
	ctx  context.Context
	out  io.Writer // where it will be printed
	made bytes.Buffer
}

func (w *pendingOutput) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.made.Write(b)
}
