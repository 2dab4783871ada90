package site

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
)

// crawl follows the links of the pages.
type crawl struct {
	Options
	ctx   context.Context
	dir   string
	files map[string]*file // by key
	order []string         // of keys, as they are found
	taken map[string]string
}

// file is a page, a picture or a static file of the copy.
type file struct {
	name    string
	is      string          // the key of the page that its address redirects to
	missing bool            // the server has no such page
	ids     map[string]bool // targets of fragments, if other pages link to them
}

func (f *file) isSVG() bool { return strings.HasSuffix(f.name, ".svg") }

// find records that a page has a link to key.
func (c *crawl) find(key string) error {
	if key == "" || c.files[key] != nil {
		return nil
	}
	if len(c.order) >= most {
		return fmt.Errorf("copying the pages: there are more than %d files, the limit of a folder: --sources copies a part of the graph", most)
	}
	name := nameOf(key)
	if other, ok := c.taken[name]; ok {
		return fmt.Errorf("copying the pages: %q and %q would be one file, %s", other, key, name)
	}
	c.taken[name] = key
	c.files[key] = &file{name: name}
	c.order = append(c.order, key)
	return nil
}

// follow requests every reachable page, and stores it unchanged.
func (c *crawl) follow() error {
	if err := c.find(startKey); err != nil {
		return err
	}
	for i := 0; i < len(c.order); i++ {
		if err := c.keep(c.order[i]); err != nil {
			return err
		}
		c.Report(i+1, len(c.order))
	}
	return nil
}

// keep requests one page, stores it, and finds the pages that it links to.
func (c *crawl) keep(key string) error {
	a, err := c.ask(asked(key))
	if err != nil {
		return err
	}
	f := c.files[key]
	switch {
	case a.code == http.StatusSeeOther:
		if f.is = c.linkOf(a.header.Get("Location")).key; f.is == "" || f.is == key {
			f.is, f.missing = "", true
		}
		return c.find(f.is)
	case a.code >= 400 && a.code < 500:
		f.missing = true
		return nil
	case a.code != http.StatusOK:
		return fmt.Errorf("copying the page %s: status %d: %s", key, a.code, firstLine(a.body.String()))
	}
	b := a.body.Bytes()
	if err := c.write(f.name, b); err != nil {
		return err
	}
	return c.links(f, key, b)
}

// links finds the pages that a page links to.
func (c *crawl) links(f *file, key string, b []byte) error {
	var keys []string
	note := func(href string) { keys = append(keys, c.linkOf(href).key) }
	switch {
	case strings.HasPrefix(f.name, "static/"):
	case f.isSVG():
		if _, err := eachLink(b, func(href string) (string, bool) { note(href); return href, true }); err != nil {
			return fmt.Errorf("reading the picture %s: %w", key, err)
		}
	default:
		p, err := c.parse(b)
		if err != nil {
			return fmt.Errorf("reading the page %s: %w", key, err)
		}
		p.each(func(l link, _ *anchor) { keys = append(keys, l.key) })
		if key == startKey || strings.HasPrefix(key, "/source?") { // others are led to as a whole
			f.ids = p.ids()
		}
	}
	for _, key := range keys {
		if err := c.find(key); err != nil {
			return err
		}
	}
	return nil
}

// finish writes each page in its form for the copy.
func (c *crawl) finish() error {
	for _, key := range c.order {
		f := c.files[key]
		if f.missing || f.is != "" || strings.HasPrefix(f.name, "static/") {
			continue
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
		b, err := c.read(f.name)
		if err != nil {
			return err
		}
		if f.isSVG() {
			b, err = eachLink(b, func(href string) (string, bool) { return c.target(f, c.linkOf(href)) })
		} else {
			b, err = c.page(f, key, b)
		}
		if err != nil {
			return err
		}
		if err := c.write(f.name, b); err != nil {
			return err
		}
	}
	return nil
}

// target returns the address of a link in a file of the copy; ok is false if it has none.
func (c *crawl) target(from *file, l link) (href string, ok bool) {
	if l.outside {
		return l.url.String(), true
	}
	to := c.files[l.key]
	for i := 0; to != nil && to.is != "" && i < 3; i++ {
		to = c.files[to.is]
	}
	if to == nil || to.missing || to.is != "" {
		return "", false
	}
	href = relative(from.name, to.name)
	if l.fragment != "" && to.ids[l.fragment] {
		href += "#" + l.url.EscapedFragment()
	}
	return href, true
}

// answer is an answer of the handler.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(code int) {
	if a.code == 0 {
		a.code = code
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// ask requests an address from the handler.
func (c *crawl) ask(address string) (*answer, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(c.ctx, http.MethodGet, "http://"+Host+address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "text/html")
	r.RequestURI = address
	a := &answer{header: http.Header{}}
	c.Handler.ServeHTTP(a, r)
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	a.WriteHeader(http.StatusOK)
	return a, nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return s[:min(len(s), 200)]
}
