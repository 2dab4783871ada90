// Package desk is the pages of kg serve at which claims files are written: the
// text of a source with what is claimed marked, and a form for a claim.
//
// A file is written as kg fmt would, with all of its comments, and in one step. What
// is saved holds, and nothing else of the file is worse than it was; the store gets
// what of the file holds. It is edited, located, checked and merged by the code that
// kg load uses. What is in the file is all there is: no state is hidden in the server
// but the earlier versions of files, for undo and redo, and to tell who comes second
// what the first has changed.
//
// A form says from which version of the file it began. Saving over another version
// is refused with what changed, and the form keeps what was typed.
//
// Reading and preview need no leave; what writes needs the server's token, in the
// header, as the page's script sends it, or without a script in a field.
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

// Options are what a desk works on.
type Options struct {
	Dir      string // the folder of claims files, without those below it
	Text     string // the file or folder with the texts of sources; may be empty
	Ontology *schema.Ontology
	Base     schema.Base
	Token    string // what lets a client write
	// Load puts a file's claims into the store in place of those it has of the same
	// source; dry finds out only what keeps it from that.
	Load func(ctx context.Context, doc *document.Checked, dry bool) error
	// Known is the entity of the store that goes by a name, nil for none; may be nil.
	Known func(ctx context.Context, name string) (*propose.Known, error)
	// Begins are entities of the store with a word that begins so in a name; may be nil.
	Begins func(ctx context.Context, typed string) ([]propose.Known, error)
	Log    *slog.Logger
}

// Desk serves the pages below /desk/. New is its only constructor.
type Desk struct {
	Options
	files *folder
	mux   *http.ServeMux
	write sync.Mutex // one file is written at a time
	texts texts
	cache openedCache
}

// New makes a Desk of a folder, which must be there.
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

// Mount is the place of the desk under the gate of package web. All of it reads
// files and texts, and so waits its turn; what writes asks for the token itself, for
// a form without a script has it in its body.
func (d *Desk) Mount() web.Mount {
	return web.Mount{Path: "/desk/", Handler: d.mux, Says: "The desk: claims files and their texts", Class: func(*http.Request) web.Class { return web.Ask }}
}

// fail answers with a page that says why there is no other.
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

// refusal is an error that whoever asks is told.
type refusal struct {
	code int
	msg  string
}

func (e *refusal) Error() string { return e.msg }
