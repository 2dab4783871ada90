package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/schema"
)

// opened is a version of a file, taken apart and checked.
type opened struct {
	edited *data.Edited
	doc    *schema.Checked // nil if it does not hold
	bad    error           // what is wrong with it
}

// openedCache keeps the last few: they are asked for as one types.
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
	if o.edited, o.bad = data.OpenEdited(name, file); o.bad == nil {
		o.doc, o.bad = data.Read(name, file, d.Ontology, d.Base)
	}
	d.cache.mu.Lock()
	defer d.cache.mu.Unlock()
	if d.cache.list == nil || len(d.cache.list) >= mostOpened {
		d.cache.list = map[string]*opened{}
	}
	d.cache.list[key] = o
	return o
}

// listed is a file in the list of them.
type listed struct {
	Name, Href string
	Claims     int
	Mistakes   int
}

func (d *Desk) list(w http.ResponseWriter, r *http.Request) error {
	names, err := d.files.names()
	if err != nil {
		return err
	}
	var files []listed
	for _, name := range names {
		file, version, err := d.files.read(name)
		if err != nil {
			return err
		}
		o := d.open(name, file, version)
		l := listed{Name: name, Href: href(name)}
		if o.edited != nil {
			l.Claims = len(o.edited.Claims())
		}
		if o.bad != nil {
			l.Mistakes = len(problems(o.bad))
		}
		files = append(files, l)
	}
	return web.Render(w, r, http.StatusOK, listTemplate(), "The desk", files)
}

// href is the address of a file, with parameters and their values in turn.
func href(name string, more ...string) string {
	v := url.Values{"name": {name}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return "/desk/file?" + v.Encode()
}

// page is what the page of a file shows.
type page struct {
	Name, Action   string
	Claims         []claimRow
	Entities       []entityRow
	Text           []piece
	NoText         string
	Differs        string
	Form           *form
	Stances        []schema.Stance
	Heading        string
	Drafted        string // what drafted the claim in the form; empty if nobody has to confirm it
	New            string // the address of an empty form
	More           bool   // whether the rarer fields are filled
	Said           *schema.Saying
	Wrong          map[string][]string
	Beside         []string
	Conflict       []string
	Notice, Denied string
	Body           int // where the text's paragraphs begin
	After          int // where the next passage may begin
	Undo           bool
}

type claimRow struct {
	ID, Says, Meta, Edit string
	Changed              bool // it was saved just now
}

type entityRow struct {
	ID, Line, Edit string
}

func (d *Desk) show(w http.ResponseWriter, r *http.Request) error {
	name := r.FormValue("name")
	file, version, err := d.files.read(name)
	if err != nil {
		return err
	}
	f := &form{From: version}
	o := d.open(name, file, version)
	v, why, err := d.textOf(r.Context(), name, file, version)
	if err != nil {
		return err
	}
	if o.edited != nil {
		if err := f.fill(o.edited, v, r.FormValue("claim"), r.FormValue("entity")); err != nil {
			return err
		}
	}
	p := d.page(name, o, v, why, f)
	if len(p.Claims) > 0 || o.edited == nil {
		p.Beside = (&proposal{Wrong: map[string][]string{}}).besides(o)
	}
	saved := r.FormValue("saved")
	if saved != "" {
		p.Notice = "Saved, and loaded into the graph."
	}
	for i := range p.Claims {
		p.Claims[i].Changed = p.Claims[i].ID == saved
	}
	p.After, _ = strconv.Atoi(r.FormValue("after"))
	return d.render(w, r, http.StatusOK, p)
}

// besides is what is wrong with a version of a file.
func (p *proposal) besides(o *opened) []string {
	if o.bad == nil {
		return nil
	}
	p.tell(o.bad, o.edited, &form{})
	return p.Beside
}

func (d *Desk) render(w http.ResponseWriter, r *http.Request, code int, p *page) error {
	return web.Render(w, r, code, fileTemplate(), p.Name, p)
}

// page is a file with a form.
func (d *Desk) page(name string, o *opened, v *data.Verified, why string, f *form) *page {
	p := &page{Name: name, Action: href(name), New: href(name), Form: f, Stances: schema.Stances, NoText: why, Heading: "A new claim",
		More: f.Says+f.Via+f.Note+f.See+f.By+f.ID != ""}
	if f.Was != "" {
		p.Heading = "Claim " + f.Was
	}
	if v != nil {
		p.Text, p.Differs, p.Body = pieces(v), difference(v), v.Body
	}
	if o.edited == nil {
		return p
	}
	for _, c := range o.edited.Claims() {
		if by := c.Values["drafted-by"]; by != "" && c.ID == f.Was {
			p.Heading, p.Drafted = "Draft "+f.Was, by
		}
		p.Claims = append(p.Claims, rowOf(name, c, o.doc))
	}
	for _, n := range o.edited.Entities() {
		p.Entities = append(p.Entities, entityRow{n.ID, n.Line, href(name, "entity", n.ID)})
	}
	p.Undo = d.files.before(name, f.From) != nil
	return p
}

// rowOf is a claim in the list of them.
func rowOf(name string, c data.ClaimText, doc *schema.Checked) claimRow {
	row := claimRow{ID: c.ID, Says: c.Values["says"], Edit: href(name, "claim", c.ID)}
	if row.Says == "" {
		row.Says = strings.ReplaceAll(c.Values["edges"], "\n", "; ")
	}
	parts := []string{c.Values["speaker"], c.Values["stance"], c.Values["hedge"]}
	if doc != nil {
		if said, ok := doc.Saying(c.ID); ok {
			row.Says = said.Says
			parts = []string{said.Speaker, said.Stance, said.Hedge}
		}
	}
	if by := c.Values["drafted-by"]; by != "" {
		parts = append([]string{"draft by " + by}, parts...)
	}
	if c.At.Paragraph > 0 {
		parts = append(parts, "paragraph "+strconv.Itoa(c.At.Paragraph))
	}
	row.Meta = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
	return row
}

// fill puts a claim or an entity of the file into the form.
func (f *form) fill(e *data.Edited, v *data.Verified, claim, entity string) error {
	if entity != "" {
		i := slices.IndexFunc(e.Entities(), func(n data.EntityText) bool { return n.ID == entity })
		if i < 0 {
			return &refusal{http.StatusNotFound, fmt.Sprintf("there is no entity %q in this file", entity)}
		}
		f.WasEntity, f.Entity = entity, entity+": "+e.Entities()[i].Line
		return nil
	}
	if claim == "" {
		return nil
	}
	i := slices.IndexFunc(e.Claims(), func(c data.ClaimText) bool { return c.ID == claim })
	if i < 0 {
		return &refusal{http.StatusNotFound, fmt.Sprintf("there is no claim %q in this file", claim)}
	}
	c := e.Claims()[i]
	f.Was = claim
	for key, field := range f.fields() {
		if value := c.Values[key]; value != "" {
			*field = value
		}
	}
	if f.ID == "" && c.Values["id"] == "" && !e.Listed() {
		f.ID = claim
	}
	switch {
	case c.At.Words != "":
		f.Words = c.At.Words
	case v != nil && v.Text.Holds(schema.Locator{Start: c.At.Start, End: c.At.End, SHA256: c.At.SHA256}):
		f.Words, f.Start, f.End = words(v, c.At.Start, c.At.End), strconv.Itoa(c.At.Start), strconv.Itoa(c.At.End)
	case c.At.SHA256 != "":
		f.Words = placeText(c.At)
	}
	return nil
}

// placeText names a place whose words are not at hand.
func placeText(at schema.Passage) string {
	return fmt.Sprintf("paragraph %d, %d to %d", at.Paragraph, at.Start, at.End)
}
