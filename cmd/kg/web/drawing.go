package web

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"kg/cmd/kg/web/picture"
)

// drawing is the data of a picture on a page.
type drawing struct {
	SVG     template.HTML // empty when there is nothing to draw
	Rule    string
	Legend  []picture.Class
	Unsure  bool // an edge is dashed
	Denied  bool // an edge is dotted
	Address string
	Late    bool // it takes longer than a page may wait
	Edges   int
	Explore string // the address that goes on from here; empty for none
	// Other is the address of the page with another choice of edges, in words.
	Other, OtherSays string
}

// drawn draws a picture for a page. The page sends the picture alone for param.
func (s *Server) drawn(r *http.Request, param string, p *picture.Picture) (drawing, error) {
	d := drawing{Rule: p.Rule, Legend: p.Classes(), Address: with(r, param, "svg"), Edges: len(p.Edges), Explore: exploreFrom(r)}
	if len(p.Edges) == 0 {
		return d, nil
	}
	for _, e := range p.Edges {
		d.Unsure = d.Unsure || e.Unsure && !e.Denied
		d.Denied = d.Denied || e.Denied
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Picture)
	defer cancel()
	svg, err := s.svg(ctx, p, false)
	if errors.Is(err, context.DeadlineExceeded) && r.Context().Err() == nil {
		d.Late = true
		unkept(r.Context())
		return d, nil
	}
	d.SVG = template.HTML(svg) // Graphviz escapes what it writes; see TestPictureEscapes
	return d, err
}

// formats removes the picture's format if there is no picture.
func (d drawing) formats(all []format) []format {
	if d.Edges > 0 {
		return all
	}
	return slices.DeleteFunc(all, func(f format) bool { return f.Name == "svg" })
}

// svg draws a picture, or returns it from the cache.
func (s *Server) svg(ctx context.Context, p *picture.Picture, legend bool) ([]byte, error) {
	key := p.DOT(legend)
	if b := s.drawnBefore.get(key); b != nil {
		return b, nil
	}
	b, err := s.drawer.SVG(ctx, p, legend)
	if err != nil {
		return nil, err
	}
	s.metrics.drew()
	s.drawnBefore.put(key, b)
	return b, nil
}

// pictureCache caches pictures by their DOT text, up to mostPictureBytes, and drops the
// oldest first.
type pictureCache struct {
	mu    sync.Mutex
	byDOT map[string][]byte
	order []string
	bytes int
}

// mostPictureBytes bounds the cached pictures and their keys, in bytes.
const mostPictureBytes = 16 << 20

func (c *pictureCache) get(dot string) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byDOT[dot]
}

func (c *pictureCache) put(dot string, b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byDOT == nil {
		c.byDOT = map[string][]byte{}
	}
	if c.byDOT[dot] != nil {
		return
	}
	c.byDOT[dot] = b
	c.order = append(c.order, dot)
	c.bytes += len(dot) + len(b)
	for c.bytes > mostPictureBytes && len(c.order) > 1 {
		oldest := c.order[0]
		c.bytes -= len(oldest) + len(c.byDOT[oldest])
		delete(c.byDOT, oldest)
		c.order = c.order[1:]
	}
}

// sendSVG sends a picture as a file.
func (s *Server) sendSVG(w http.ResponseWriter, r *http.Request, p *picture.Picture) error {
	if len(p.Edges) == 0 {
		return refuse(http.StatusNotFound, "there is nothing to draw: no edge is asserted")
	}
	b, err := s.svg(r.Context(), p.At(origin(r)), true)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Vary", vary)
	return Send(w, r, http.StatusOK, b)
}

// origin returns the scheme and host of a request, for absolute links.
func origin(r *http.Request) string {
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
