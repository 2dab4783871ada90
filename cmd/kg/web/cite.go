package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// hashes caches the hash of the graph. The hash is computed in the background, since it
// reads the whole graph; a page does not wait long for it.
type hashes struct {
	mu      sync.Mutex
	version string
	value   string
	making  chan struct{} // closed when it is made; nil if nobody makes it
}

// mostHashing bounds the time to compute the hash.
const mostHashing = 10 * time.Minute

// graphHash returns the hash of the current graph, or why there is none yet.
func (s *Server) graphHash(ctx context.Context) string {
	if s.Hash == nil {
		return ""
	}
	version, h := s.Version(), &s.hashed
	h.mu.Lock()
	if h.value != "" && h.version == version {
		defer h.mu.Unlock()
		return h.value
	}
	if h.making == nil {
		h.making = make(chan struct{})
		go s.makeHash(version)
	}
	made := h.making
	h.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, s.limits.Beside)
	defer cancel()
	select {
	case <-made:
	case <-ctx.Done():
		unkept(ctx)
		return ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.version != version {
		unkept(ctx)
		return ""
	}
	return h.value
}

// hash calls Options.Hash. A store that is overwritten meanwhile is an error.
func (s *Server) hash(ctx context.Context) (value string, err error) {
	err = faultless(func() error {
		value, err = s.Hash(ctx)
		return err
	})
	return value, err
}

func (s *Server) makeHash(version string) {
	ctx, cancel := context.WithTimeout(context.Background(), mostHashing)
	defer cancel()
	value, err := s.hash(ctx)
	if err != nil {
		s.log.Error("hashing the graph", "error", err.Error())
	}
	h := &s.hashed
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil && s.Version() == version {
		h.version, h.value = version, value
	}
	close(h.making)
	h.making = nil
}

// absolute returns the address of a page with scheme and host; a copy has none.
func (s *Server) absolute(r *http.Request, path string) string {
	if s.Copied {
		return ""
	}
	return origin(r) + path
}

// citation is the citation of a claim in a source, or of a source.
type citation struct {
	Says, Who, Sure          string // of a claim
	Title, Publisher, Issued string
	Locator                  string // in the source's text
	SHA256                   string // of the passage, or of the source's text
	See                      string
	Graph                    string // the hash of the graph
	Address                  string
}

// Text returns the citation as one line of text.
func (c citation) Text() string {
	var b strings.Builder
	add := func(before, text, after string) {
		if text != "" {
			b.WriteString(before + text + after)
		}
	}
	add("“", c.Says, "” ")
	add("(", c.Who, "; ")
	add("", c.Sure, ") ")
	add("", c.Title, "")
	add(", ", c.Publisher, "")
	add(", ", day(c.Issued), "")
	add(", ", c.Locator, "")
	add(", see ", c.See, "")
	b.WriteString(".")
	add(" SHA-256 ", c.SHA256, ".")
	add(" Graph ", c.Graph, ".")
	add(" ", c.Address, "")
	return b.String()
}
