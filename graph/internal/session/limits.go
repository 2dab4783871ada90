package session

import (
	"context"

	"github.com/dop251/goja"
)

// limits begins the bounds of a run; the function it returns ends them.
func (s *session) limits() func() {
	s.vm = goja.New()
	cancel := context.CancelFunc(func() {})
	s.ctx = s.parent
	if s.opts.Timeout > 0 {
		s.ctx, cancel = context.WithTimeout(s.parent, s.opts.Timeout)
	}
	stop := context.AfterFunc(s.ctx, func() { s.end(stopContext) })
	if s.ctx.Err() != nil {
		s.end(stopContext) // the function above has yet to begin
	}
	if s.opts.MaxMemory > 0 {
		memory.enter(s)
	}
	return func() {
		stop()
		cancel()
		if s.opts.MaxMemory > 0 {
			memory.leave(s)
		}
	}
}
