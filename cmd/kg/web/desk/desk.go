// Package desk has the pages of kg serve for writing claims files: the text of a source
// with the passages of claims highlighted, and a form for a claim.
//
// A file is written atomically, in the layout of kg fmt, with all its comments. A saved
// claim is valid, and a save makes no other claim of the file invalid; the store gets the
// valid claims. Editing, locating, checking and merging use the code of kg load. All
// state is in the file, except earlier versions of files in memory, for undo and redo,
// and for showing a second writer the changes of the first.
//
// A form contains the version of the file that it began from. Saving over another version
// is refused with the changes, and the form keeps its input.
//
// Reading and preview are open to all; writing needs the server's token, in the header,
// as the page's script sends it, or in a field of the form.
package desk

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"

	"kg/cmd/kg/web"
	"kg/internal/document"
	"kg/internal/propose"
	"kg/schema"
)

// Options configure a Desk.
type Options struct {
	Dir      string // the folder of claims files, without those below it
	Text     string // the file or folder with the texts of sources; may be empty
	Ontology *schema.Ontology
	Base     schema.Base
	Token    string // lets a client write
	// Load loads a file's claims into the store, and replaces those of the same source.
	// With dry it only returns the error that a load would return.
	Load func(ctx context.Context, doc *document.Checked, dry bool) error
	// Known returns the entity of the store with a name, or nil; may be nil.
	Known func(ctx context.Context, name string) (*propose.Known, error)
	// Begins returns entities of the store with a name that has a word with this prefix;
	// may be nil.
	Begins func(ctx context.Context, typed string) ([]propose.Known, error)
	Log    *slog.Logger
}

// Desk serves the pages below /desk/. New is its only constructor.
type Desk struct {
	Options
	files *folder
	mux   *http.ServeMux
	write sync.Mutex // one file is written at a time
	texts textCache
	cache openedCache
}

// New makes a Desk of a folder, which must exist.
func New(o Options) (*Desk, error) {
	files, err := openFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	d := &Desk{Options: o, files: files, mux: http.NewServeMux()}
	for pattern, handle := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /desk/{$}":       d.list,
		"GET /desk/file":      d.show,
		"POST /desk/file":     d.post,
		"POST /desk/complete": d.complete,
		"GET /desk/review":    d.review,
		"GET /desk/new":       d.begin,
		"POST /desk/new":      d.make,
	} {
		d.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := handle(w, r); err != nil {
				d.fail(w, r, err)
			}
		})
	}
	return d, nil
}

// Mount returns the mount of the desk behind the gate of package web. All pages read
// files and texts, and need a slot. Writing checks the token itself, since without a
// script the token is in the body.
func (d *Desk) Mount() web.Mount {
	return web.Mount{Path: "/desk/", Handler: d.mux, Says: "The desk: claims files and their texts", Class: func(*http.Request) web.Class { return web.Ask }}
}

// fail sends the page of an error.
func (d *Desk) fail(w http.ResponseWriter, r *http.Request, err error) {
	code, msg := http.StatusInternalServerError, "internal error; the server's log has the details"
	refused := (*refusal)(nil)
	switch {
	case errors.As(err, &refused):
		code, msg = refused.code, refused.msg
	case errors.Is(err, fs.ErrNotExist):
		code, msg = http.StatusNotFound, "there is no such claims file in the folder of this desk"
	default:
		d.Log.Error("desk", "path", r.URL.Path, "error", err.Error())
	}
	if err := web.Render(w, r, code, failTemplate(), http.StatusText(code), msg); err != nil {
		d.Log.Error("desk", "path", r.URL.Path, "error", err.Error())
	}
}

// refusal is an error that the client is shown.
type refusal struct {
	code int
	msg  string
}

func (e *refusal) Error() string { return e.msg }
