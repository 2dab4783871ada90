package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// opened is a version of a file, parsed and checked.
type opened struct {
	edited   *claimsfile.Edited
	standing *claimsfile.Standing // its valid claims
	bad      error                // why it cannot be parsed; the others are nil then
}

// doc returns its valid claims, or nil.
func (o *opened) doc() *document.Checked {
	if o.standing == nil {
		return nil
	}
	return o.standing.Doc
}

// openedCache caches the last few: previews need them at each keystroke.
type openedCache struct {
	mu   sync.Mutex
	list map[string]*opened // by name and version
}

const mostOpened = 16

func (d *Desk) open(name string, file []byte, version string) *opened {
	key := name + " " + version
	d.cache.mu.Lock()
	o := d.cache.list[key]
	d.cache.mu.Unlock()
	if o != nil {
		return o
	}
	o = &opened{}
	if o.edited, o.bad = claimsfile.OpenEdited(name, file); o.bad == nil {
		o.standing = o.edited.Stand(d.Ontology, d.Base)
	}
	d.cache.mu.Lock()
	defer d.cache.mu.Unlock()
	if d.cache.list == nil || len(d.cache.list) >= mostOpened {
		d.cache.list = map[string]*opened{}
	}
	d.cache.list[key] = o
	return o
}

// href returns the address of a file; more alternates parameters and values.
func href(name string, more ...string) string {
	v := url.Values{"name": {name}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return "/desk/file?" + v.Encode()
}

// page is the data of the page of a file.
type page struct {
	Name, Action   string
	Claims         []claimRow
	Entities       []entityRow
	Text           []span
	NoText         string
	Differs        string
	Form           *form
	Stances        []schema.Stance
	Heading        string
	Drafted        string // what drafted the claim in the form; empty if nobody has to confirm it
	New            string // the address of an empty form
	More           bool   // whether the rarer fields are filled
	Said           *document.Claim
	Wrong          map[string][]string
	Beside         []string
	Conflict       []string
	Notice, Denied string
	Body           int // where the text's paragraphs begin
	After          int // where the next passage may begin
	Undo, Redo     string
	Open           []openRow
	Drafts         int
	Review         string // the address of the review of its drafts
	SourceHref     string
	FixedID        bool // the source has an id, which stays
	Lean           bool // it is a preview: the text and the lists are left out
}

// openRow is a mistake or a blank, with the address of its form.
type openRow struct{ Where, Msg, Href string }

type claimRow struct {
	ID, Says, Meta, Edit string
	Changed              bool // it was saved just now
}

type entityRow struct {
	ID, Line, Edit string
}

// blank marks a value to be filled in.
const blank = document.Blank

func (d *Desk) show(w http.ResponseWriter, r *http.Request) error {
	a, err := d.ask(r, &form{Done: r.FormValue("done"), At: r.FormValue("at")})
	if err != nil {
		return err
	}
	a.f.From = a.version
	if a.o.edited != nil {
		if r.FormValue("source") != "" {
			a.f.WasSource, a.f.Source = "source", sourceOf(a.o.edited)
		} else if err := a.f.fill(a.o.edited, a.v, r.FormValue("claim"), r.FormValue("entity")); err != nil {
			return err
		}
	}
	p := d.page(a)
	saved := r.FormValue("saved")
	if saved != "" {
		p.Notice = notice(saved, a.o, r.FormValue("graph") != "no")
	}
	for i := range p.Claims {
		p.Claims[i].Changed = p.Claims[i].ID == saved
	}
	p.After, _ = strconv.Atoi(r.FormValue("after"))
	return d.render(w, r, http.StatusOK, p)
}

// notice returns a note of what was saved, and of what the graph has of it.
func notice(saved string, o *opened, loaded bool) string {
	done := map[string]string{"undo": "Undone", "redo": "Done again", "new": "Begun"}[saved]
	done = cmp.Or(done, "Saved")
	switch {
	case o.edited == nil:
		return done + "."
	case o.standing.Doc == nil:
		return done + ". The graph gets nothing of it until the mistakes in its source are corrected: see below."
	case saved == "new":
		return done + ". Select a passage of the text, and write what it claims."
	case !loaded:
		return done + ". The graph still refuses the file: kg load --replace --dry-run says why."
	case len(o.standing.Left) > 0:
		return fmt.Sprintf("%s. The graph has its valid claims, without %d that are open.", done, len(o.standing.Left))
	}
	return done + ", and loaded into the graph."
}

func (d *Desk) render(w http.ResponseWriter, r *http.Request, code int, p *page) error {
	return web.Render(w, r, code, fileTemplate(), p.Name, p)
}

// page returns the page of a file with a form.
func (d *Desk) page(a *asked) *page {
	name, f, v, o := a.name, a.f, a.v, a.o
	p := &page{Name: name, Action: href(name), New: href(name), Form: f, Stances: schema.Stances, NoText: a.why, Heading: "A new claim",
		More: f.Says+f.Via+f.Note+f.See+f.By+f.ID != "", SourceHref: href(name, "source", "1"), Review: reviewHref(name, 0, "0")}
	if f.Was != "" {
		p.Heading = "Claim " + f.Was
	}
	if v != nil {
		p.Text, p.Differs, p.Body = spans(v), difference(v), v.Body
	}
	if s, file := d.files.back(name, f.From, false); file != nil {
		p.Undo = s.did
	}
	if s, file := d.files.back(name, f.From, true); file != nil {
		p.Redo = s.did
	}
	if o.edited == nil {
		p.Beside = saidBy(o.bad)
		return p
	}
	id := o.edited.Source()["id"]
	p.FixedID = id != "" && id != blank
	for _, c := range o.edited.Claims() {
		if by := c.Values["drafted-by"]; by != "" {
			if p.Drafts++; c.ID == f.Was {
				p.Heading, p.Drafted = "Draft "+f.Was, by
			}
		}
		row := rowOf(name, c, o.doc())
		if row.Says == blank {
			row.Says = "Nothing is claimed of this yet"
			if v != nil && v.Text.Holds(c.At) {
				row.Says += ": “" + strict.Brief(words(v, c.At.Start, c.At.End)) + "”"
			}
		}
		p.Claims = append(p.Claims, row)
	}
	for _, n := range o.edited.Entities() {
		p.Entities = append(p.Entities, entityRow{n.ID, n.Line, href(name, "entity", n.ID)})
	}
	p.Open = openRows(name, o)
	return p
}

// openRows returns the mistakes and blanks of a file, without those that follow from
// others.
func openRows(name string, o *opened) (list []openRow) {
	for _, open := range o.standing.Open {
		row := openRow{Msg: open.Msg, Href: href(name), Where: "the file"}
		switch {
		case open.Follows:
			continue
		case open.Claim != "":
			row.Where, row.Href = "claim "+open.Claim, href(name, "claim", open.Claim)
		case open.Entity != "":
			row.Where, row.Href = "entity "+open.Entity, href(name, "entity", open.Entity)
		case open.Field != "" || strings.Contains(open.Msg, "source"):
			row.Where, row.Href = "the source", href(name, "source", "1")
		}
		list = append(list, row)
	}
	return list
}

// rowOf returns the entry of a claim in the list.
func rowOf(name string, c claimsfile.ClaimText, doc *document.Checked) claimRow {
	row := claimRow{ID: c.ID, Says: c.Values["says"], Edit: href(name, "claim", c.ID)}
	if row.Says == "" {
		row.Says = strings.ReplaceAll(c.Values["edges"], "\n", "; ")
	}
	parts := []string{c.Values["speaker"], c.Values["stance"], c.Values["hedge"]}
	if doc != nil {
		if said, ok := doc.Saying(c.ID); ok {
			row.Says = said.Says.Text
			parts = []string{said.Speaker.Text, said.Stance.Text, said.Hedge.Text}
		}
	}
	if by := c.Values["drafted-by"]; by != "" {
		parts = append([]string{"draft by " + by}, parts...)
	}
	if c.At.Paragraph > 0 {
		parts = append(parts, c.At.ParagraphText())
	}
	row.Meta = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
	return row
}

// fill fills the form with a claim or an entity of the file.
func (f *form) fill(e *claimsfile.Edited, v *data.Verified, claim, entity string) error {
	if entity != "" {
		i := slices.IndexFunc(e.Entities(), func(n claimsfile.EntityText) bool { return n.ID == entity })
		if i < 0 {
			return &refusal{http.StatusNotFound, fmt.Sprintf("there is no entity %q in this file", entity)}
		}
		f.WasEntity, f.Entity = entity, entity+": "+e.Entities()[i].Line
		return nil
	}
	if claim == "" {
		return nil
	}
	i := slices.IndexFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == claim })
	if i < 0 {
		return &refusal{http.StatusNotFound, fmt.Sprintf("there is no claim %q in this file", claim)}
	}
	c := e.Claims()[i]
	f.Was = claim
	for key, field := range f.fields() {
		if value := c.Values[key]; value != "" && value != blank {
			*field = value
		}
	}
	if f.ID == "" && c.Values["id"] == "" && !e.Listed() {
		f.ID = claim
	}
	switch {
	case c.At.Words != "":
		f.Words = c.At.Words
	case v != nil && v.Text.Holds(c.At):
		f.Words, f.Start, f.End = words(v, c.At.Start, c.At.End), strconv.Itoa(c.At.Start), strconv.Itoa(c.At.End)
	case c.At.SHA256 != "":
		f.Words = locatorText(c.At)
	}
	return nil
}

// locatorText returns a locator in words, for a passage whose text is not given.
func locatorText(at schema.Locator) string {
	return fmt.Sprintf("%s, %d to %d", at.ParagraphText(), at.Start, at.End)
}
