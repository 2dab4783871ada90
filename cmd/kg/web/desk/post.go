package desk

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/document"
)

// acts are the actions of a form, with the words for them in the history.
var acts = map[string]string{"preview": "", "save": "save", "remove": "remove", "accept": "accept", "undo": "", "redo": ""}

// asked is a request about a file: its current version, its text, and the form.
type asked struct {
	name, version string
	file          []byte
	o             *opened
	v             *data.Verified
	why           string // there is no text
	f             *form
}

// ask reads the file of a request.
func (d *Desk) ask(r *http.Request, f *form) (a *asked, err error) {
	a = &asked{name: r.FormValue("name"), f: f}
	if a.file, a.version, err = d.files.read(a.name); err != nil {
		return nil, err
	}
	a.o = d.open(a.name, a.file, a.version)
	a.v, a.why, err = d.textOf(r.Context(), a.name, a.file, a.version)
	return a, err
}

// post previews or carries out a form. It then redirects to the next page, or shows the
// form again with its input and its mistakes.
func (d *Desk) post(w http.ResponseWriter, r *http.Request) error {
	act := r.PostFormValue("act")
	if _, known := acts[act]; !known {
		return &refusal{http.StatusBadRequest, fmt.Sprintf("a form of this page says preview, save, accept, remove, undo or redo, not %q", act)}
	}
	if act != "preview" {
		d.write.Lock()
		defer d.write.Unlock()
	}
	a, err := d.ask(r, readForm(r))
	if err != nil {
		return err
	}
	again := func(code int, change func(*page)) error { return d.again(w, r, a, code, change) }
	switch {
	case act != "preview" && !web.HasToken(r, d.Token):
		w.Header().Set("WWW-Authenticate", `Bearer realm="kg"`)
		return again(http.StatusUnauthorized, func(p *page) { p.Denied = noToken })
	case act != "preview" && a.f.From != a.version:
		changes := d.changes(a.name, a.f.From, a.o)
		a.f.onto(a.o, a.version)
		return again(http.StatusConflict, func(p *page) { p.Conflict = changes })
	case act == "undo", act == "redo":
		return d.undo(w, r, a, act == "redo", again)
	}
	prop := d.propose(a, act)
	loads := prop.standing != nil && prop.standing.Doc != nil
	if prop.ok() && act != "preview" {
		if bad := d.refused(r.Context(), prop.standing); bad != "" {
			if loads = false; bad != d.refused(r.Context(), a.o.standing) {
				prop.Beside = append(prop.Beside, "the graph refuses it: "+bad)
			}
		}
	}
	if !prop.ok() || act == "preview" {
		code := http.StatusOK
		if act != "preview" {
			code = http.StatusUnprocessableEntity
		}
		return again(code, func(p *page) {
			p.Said, p.Wrong, p.Beside, p.Lean = prop.Said, prop.Wrong, prop.Beside, act == "preview"
		})
	}
	if err := d.put(r.Context(), a, prop, loads, act); err != nil {
		return err
	}
	http.Redirect(w, r, a.next(prop, loads), http.StatusSeeOther)
	return nil
}

const noToken = "Nothing was written: that needs the token that kg serve printed. Open the address that it printed in this browser, come back, and save again."

// again shows the page of a form with its input.
func (d *Desk) again(w http.ResponseWriter, r *http.Request, a *asked, code int, change func(*page)) error {
	if a.f.Review != "" {
		return d.showReview(w, r, a, code, change)
	}
	p := d.page(a)
	change(p)
	if p.Lean {
		p.Text, p.Claims, p.Entities = nil, nil, nil // a preview does not use them
	}
	return d.render(w, r, code, p)
}

// onto makes the form continue from another version of the file.
func (f *form) onto(o *opened, version string) {
	f.From = version
	if o.edited != nil && !slices.ContainsFunc(o.edited.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == f.Was }) {
		f.Was = "" // it was removed: saved again it is a new one
	}
}

// refused returns why the graph refuses the valid claims of a file; empty if it does not.
func (d *Desk) refused(ctx context.Context, s *claimsfile.Standing) string {
	if s == nil || s.Doc == nil {
		return ""
	}
	if err := d.Load(ctx, s.Doc, true); err != nil {
		return err.Error()
	}
	return ""
}

// put writes a file, and loads its valid claims.
func (d *Desk) put(ctx context.Context, a *asked, p *proposal, loads bool, act string) error {
	is, err := d.files.replace(a.name, p.file)
	if err != nil {
		return fmt.Errorf("writing %q: %w", a.name, err)
	}
	d.files.wrote(a.name, step{was: a.version, is: is, claim: cmp.Or(a.f.Was, p.id), did: acts[act] + " " + cmp.Or(p.id, a.f.Was, a.f.WasEntity, a.f.WasSource, "entities")})
	if !loads {
		return nil
	}
	return d.load(ctx, a.name, p.standing.Doc)
}

func (d *Desk) load(ctx context.Context, name string, doc *document.Checked) error {
	if err := d.Load(ctx, doc, false); err != nil {
		d.Log.Error("desk: the file is written and not loaded", "file", name, "error", err.Error())
		return &refusal{http.StatusInternalServerError, fmt.Sprintf("%s is written, and could not be loaded into the graph: stop the server, and kg load --replace it", name)}
	}
	return nil
}

// next returns the address after a save: the next draft of a review; the next claim
// without edges, if this one had none; or else the file.
func (a *asked) next(p *proposal, loads bool) string {
	if a.f.Done != "" {
		return reviewHref(a.name, a.doneAfter(p.is), a.f.At)
	}
	more := []string{"saved", cmp.Or(p.id, "1"), "after", cmp.Or(a.f.End, "0")}
	if !loads {
		more = append(more, "graph", "no")
	}
	if a.o.claim(a.f.Was).Values["edges"] == document.Blank {
		past := p.id == "" // it was removed: any that is left
		for _, c := range p.is.Claims() {
			if past && c.Values["edges"] == document.Blank {
				return href(a.name, append(more, "claim", c.ID)...)
			}
			past = past || c.ID == p.id
		}
	}
	return href(a.name, more...)
}

// doneAfter returns the number of drafts done in a review after a step, which may accept
// several.
func (a *asked) doneAfter(is *claimsfile.Edited) int {
	done, _ := strconv.Atoi(a.f.Done)
	if is == nil {
		return done
	}
	return max(0, done+len(a.o.drafts())-len(draftsOf(is)))
}

// undo reverts the last step, or with redo repeats it, byte for byte. The graph gets the
// valid claims.
func (d *Desk) undo(w http.ResponseWriter, r *http.Request, a *asked, redo bool, again func(int, func(*page)) error) error {
	s, file := d.files.back(a.name, a.version, redo)
	if file == nil {
		return again(http.StatusConflict, func(p *page) {
			p.Denied = "There is nothing to undo or redo: nothing was written to this file since the server began, or another program wrote it last."
		})
	}
	is, err := d.files.replace(a.name, file)
	if err != nil {
		return fmt.Errorf("writing %q: %w", a.name, err)
	}
	d.files.went(a.name, redo)
	o := d.open(a.name, file, is)
	act, more := "undo", []string{"after", "0"}
	if redo {
		act = "redo"
	}
	if o.standing == nil || o.standing.Doc == nil || d.refused(r.Context(), o.standing) != "" {
		more = append(more, "graph", "no")
	} else if err := d.load(r.Context(), a.name, o.standing.Doc); err != nil {
		return err
	}
	to := href(a.name, append(more, "saved", act)...)
	if a.f.Done != "" {
		at := a.f.At
		if !redo {
			at = strconv.Itoa(o.draftAt(s.claim))
		}
		to = reviewHref(a.name, a.doneAfter(o.edited), at)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
