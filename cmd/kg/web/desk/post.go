package desk

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/schema"
)

// post previews what a form would do, or does it: then it leads to the file's page,
// and else shows the form again with all that was typed, and what is wrong.
func (d *Desk) post(w http.ResponseWriter, r *http.Request) error {
	name, act, f := r.FormValue("name"), r.PostFormValue("act"), readForm(r)
	switch act {
	case "preview", "save", "remove", "undo":
	default:
		return &refusal{http.StatusBadRequest, fmt.Sprintf("a form of this page says preview, save, remove or undo, not %q", act)}
	}
	if act != "preview" {
		d.write.Lock()
		defer d.write.Unlock()
	}
	file, version, err := d.files.read(name)
	if err != nil {
		return err
	}
	o := d.open(name, file, version)
	v, why, err := d.textOf(r.Context(), name, file, version)
	if err != nil {
		return err
	}
	again := func(code int, change func(*page)) error {
		p := d.page(name, o, v, why, f)
		change(p)
		return d.render(w, r, code, p)
	}
	switch {
	case act != "preview" && !web.HasToken(r, d.Token):
		w.Header().Set("WWW-Authenticate", `Bearer realm="kg"`)
		return again(http.StatusUnauthorized, func(p *page) {
			p.Denied = "Nothing was written: that needs the token that kg serve printed. Open the address that it printed in this browser, come back, and save again."
		})
	case act != "preview" && f.From != version:
		changes := d.changes(name, f.From, o)
		f.onto(o, version)
		return again(http.StatusConflict, func(p *page) { p.Conflict = changes })
	case act == "undo":
		return d.undo(w, r, name, version, again)
	}
	prop := d.propose(r.Context(), name, file, v, f, act)
	if prop.ok() && act != "preview" {
		if err := d.Load(r.Context(), prop.doc, true); err != nil {
			prop.Beside = append(prop.Beside, "the graph does not take it: "+err.Error())
		}
	}
	if !prop.ok() || act == "preview" {
		code := http.StatusOK
		if act != "preview" {
			code = http.StatusUnprocessableEntity
		}
		return again(code, func(p *page) { p.Said, p.Wrong, p.Beside = prop.Said, prop.Wrong, prop.Beside })
	}
	if err := d.put(r, name, version, prop.file, prop.doc); err != nil {
		return err
	}
	http.Redirect(w, r, href(name, "saved", cmp.Or(prop.id, "1"), "after", cmp.Or(f.End, "0")), http.StatusSeeOther)
	return nil
}

// onto has the form go on from another version of the file.
func (f *form) onto(o *opened, version string) {
	f.From = version
	if o.edited != nil && !slices.ContainsFunc(o.edited.Claims(), func(c data.ClaimText) bool { return c.ID == f.Was }) {
		f.Was = "" // it was removed: saved again it is a new one
	}
}

// put writes a file that holds, and loads it.
func (d *Desk) put(r *http.Request, name, was string, file []byte, doc *schema.Checked) error {
	if err := d.files.replace(name, was, file); err != nil {
		return fmt.Errorf("writing %q: %w", name, err)
	}
	if err := d.Load(r.Context(), doc, false); err != nil {
		d.Log.Error("desk: the file is written and not loaded", "file", name, "error", err.Error())
		return &refusal{http.StatusInternalServerError, fmt.Sprintf("%s is written, and could not be loaded into the graph: stop the server, and kg load --replace it", name)}
	}
	return nil
}

// undo puts the version before the last write in its place, if that holds.
func (d *Desk) undo(w http.ResponseWriter, r *http.Request, name, version string, again func(int, func(*page)) error) error {
	before := d.files.before(name, version)
	if before == nil {
		return again(http.StatusConflict, func(p *page) {
			p.Denied = "There is nothing to undo: nothing was written to this file since the server began, or another program wrote it last."
		})
	}
	doc, err := data.Read(name, before, d.Ontology, d.Base)
	if err == nil {
		err = d.Load(r.Context(), doc, true)
	}
	if err != nil {
		return again(http.StatusUnprocessableEntity, func(p *page) {
			p.Denied = "Nothing was undone: the file as it was before does not hold by itself: " + problems(err)[0].Msg + "."
		})
	}
	if err := d.put(r, name, version, before, doc); err != nil {
		return err
	}
	d.files.undone(name)
	http.Redirect(w, r, href(name, "saved", "1"), http.StatusSeeOther)
	return nil
}

// changes says what became of a file since a version of it.
func (d *Desk) changes(name, from string, is *opened) (list []string) {
	file := d.files.version(from)
	if file == nil || is.edited == nil {
		return []string{"what changed cannot be told: the version that this form began from is not remembered"}
	}
	was := d.open(name, file, from)
	if was.edited == nil {
		return []string{"the file was no claims file before"}
	}
	old, now := claimsByID(was.edited), claimsByID(is.edited)
	for _, c := range is.edited.Claims() {
		before, known := old[c.ID]
		switch {
		case !known:
			list = append(list, "claim "+c.ID+" is new: "+summary(c))
		case !reflect.DeepEqual(before.At, c.At) || !maps.Equal(before.Values, c.Values):
			list = append(list, "claim "+c.ID+" changed, and is now: "+summary(c))
		}
	}
	for _, c := range was.edited.Claims() {
		if _, there := now[c.ID]; !there {
			list = append(list, "claim "+c.ID+" was removed; it was: "+summary(c))
		}
	}
	for _, n := range is.edited.Entities() {
		if !slices.Contains(was.edited.Entities(), n) {
			list = append(list, "entity "+n.ID+" is now: "+n.Line)
		}
	}
	for _, n := range was.edited.Entities() {
		if !slices.ContainsFunc(is.edited.Entities(), func(o data.EntityText) bool { return o.ID == n.ID }) {
			list = append(list, "entity "+n.ID+" was removed")
		}
	}
	if len(list) == 0 {
		list = []string{"its source, its comments or its layout"}
	}
	return list
}

func claimsByID(e *data.Edited) map[string]data.ClaimText {
	m := map[string]data.ClaimText{}
	for _, c := range e.Claims() {
		m[c.ID] = c
	}
	return m
}

// summary is a claim in a line.
func summary(c data.ClaimText) string {
	row := rowOf("", c, nil)
	if edges := c.Values["edges"]; edges != row.Says && c.Values["says"] != "" {
		row.Says += " (" + edges + ")"
	}
	if row.Meta != "" {
		row.Says += " · " + row.Meta
	}
	return row.Says
}
