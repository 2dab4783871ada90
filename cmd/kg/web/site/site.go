// Package site writes the pages of a server into a folder that a browser opens
// from a disk: a static copy of start, lists, entities, claims, sources, answers
// and pictures.
//
// Write asks the server's handler in process, from the start page on, and follows
// the links among the addresses that a copy has (address.go). A second pass
// writes the pages when all are known: links become relative paths of files, and
// parts that need a server are removed (page.go, svg.go). All files are written
// into a folder beside the requested one, which it replaces as a whole (folder.go).
//
// The same graph and the same kg give the same bytes: pages are followed in the
// order of their links, and no page has the current date.
package site

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// Host is the host name of the requests of Write. It is reserved (RFC 2606):
// no source has an address there.
const Host = "kg.invalid"

// most bounds the files of a copy.
const most = 500_000

// Options select what is copied.
type Options struct {
	Handler http.Handler // the pages; it answers to the name Host
	Answers []string     // the saved queries whose answers, without parameters, are copied
	Graph   string       // the hash of the graph
	Version string       // of kg
	// Report is called with the numbers of files done and known so far; it may be nil.
	Report func(done, known int)
}

// Counts are the numbers of files of a copy, by their type.
type Counts struct{ Pages, Pictures, Static int }

// Write writes the copy into dir, which is new, empty, or a copy that kg wrote. After
// an error dir is as it was.
func Write(ctx context.Context, dir string, o Options) (n Counts, err error) {
	f, err := begin(dir, o)
	if err != nil {
		return n, err
	}
	defer func() {
		if err != nil {
			f.drop()
		}
	}()
	c := &crawl{Options: o, ctx: ctx, dir: f.temp, files: map[string]*file{}, taken: map[string]string{}}
	if c.Report == nil {
		c.Report = func(int, int) {}
	}
	if err := c.follow(); err != nil {
		return n, err
	}
	if err := c.finish(); err != nil {
		return n, err
	}
	var names []string
	for _, key := range c.order {
		switch one := c.files[key]; {
		case one.missing || one.is != "":
			continue
		case strings.HasPrefix(one.name, "static/"):
			n.Static++
			names = append(names, one.name)
		case one.isSVG():
			n.Pictures++
			names = append(names, one.name)
		default:
			n.Pages++
			names = append(names, one.name)
		}
	}
	if err := ctx.Err(); err != nil {
		return n, err
	}
	return n, f.install(names)
}

// write writes one file of the copy.
func (c *crawl) write(name string, b []byte) error {
	path := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(path, b, 0o666); err != nil {
		return fmt.Errorf("writing a page: %w", err)
	}
	return nil
}

func (c *crawl) read(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(name)))
}
