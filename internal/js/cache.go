package js

import "sync"

// cache keeps the programs compiled last: a program holds no state, so that
// any number of queries can run it.
type cache struct {
	mu    sync.Mutex
	byKey map[string]*Program
	ring  [64]string // texts in the order they came; the oldest makes room
	next  int
}

// maxCached is the greatest length of a cached text.
const maxCached = 8 << 10

func (c *cache) get(text string) *Program {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byKey[text]
}

func (c *cache) put(text string, p *Program) {
	if len(text) > maxCached {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[string]*Program{}
	}
	if _, ok := c.byKey[text]; !ok {
		delete(c.byKey, c.ring[c.next])
		c.ring[c.next] = text
		c.next = (c.next + 1) % len(c.ring)
	}
	c.byKey[text] = p
}
