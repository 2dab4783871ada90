package main

import (
	"bytes"
	"context"
	"io"

	"kg/graph"
)

// bounded makes an answer within bounds, and prints it once it is whole: what is
// too much is an error, and not half an answer.
func (a *app) bounded(ctx context.Context, bounds graph.Bounds, answer func(context.Context, io.Writer) error) error {
	w := &whole{out: a.paged}
	err := bounds.In(ctx, func(ctx context.Context) error {
		w.ctx = ctx
		return answer(ctx, w)
	})
	if err == nil {
		_, err = w.made.WriteTo(a.paged)
	}
	return err
}

// whole keeps what is to be printed, until its context ends.
type whole struct {
	ctx  context.Context
	out  io.Writer // where it will be printed
	made bytes.Buffer
}

func (w *whole) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.made.Write(b)
}
