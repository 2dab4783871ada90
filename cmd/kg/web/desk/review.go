package desk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/schema"
)

// A review shows the drafts of a file one after another. Where it is stands in the
// address: how many drafts are done, and which of the rest is shown. So a page that is
// opened again, or by somebody else, shows what the file has.

// reviewed is what the page of a review shows.
type reviewed struct {
	*page
	Number, Of       int // the draft that is shown, from 1
	Left             int // drafts that are left when all are seen
	Draft            *data.ClaimText
	Passage          passage
	Mend, Skip, Back string // addresses; empty for none
	Again            string
}

// passage is the words of a draft, and those around it.
type passage struct{ Before, Words, After string }

func reviewHref(name string, done int, at string) string {
	return "/desk/review?" + href(name, "done", strconv.Itoa(done), "at", at)[len("/desk/file?"):]
}

// drafts are the claims that nobody has confirmed.
func (o *opened) drafts() (list []data.ClaimText) {
	if o.edited == nil {
		return nil
	}
	return slices.DeleteFunc(o.edited.Claims(), func(c data.ClaimText) bool { return c.Values["drafted-by"] == "" })
}

// draftAt is which of the drafts a claim is; 0 if it is none.
func (o *opened) draftAt(claim string) int {
	return max(0, slices.IndexFunc(o.drafts(), func(c data.ClaimText) bool { return c.ID == claim }))
}

// claim is a claim of the file, or an empty one.
func (o *opened) claim(id string) data.ClaimText {
	if o.edited != nil {
		for _, c := range o.edited.Claims() {
			if c.ID == id && id != "" {
				return c
			}
		}
	}
	return data.ClaimText{}
}

// accept takes the mark of a draft out.
func accept(e *data.Edited, id string, p *proposal) (*data.Edited, error) {
	for _, c := range e.Claims() {
		if c.ID == id {
			delete(c.Values, "drafted-by")
			e, id, err := e.PutClaim(id, c)
			p.id = id
			return e, err
		}
	}
	return nil, fmt.Errorf("there is no claim %q in this file: it was removed meanwhile", id)
}

func (d *Desk) review(w http.ResponseWriter, r *http.Request) error {
	a, err := d.ask(r, &form{Review: "1", Done: r.FormValue("done"), At: r.FormValue("at")})
	if err != nil {
		return err
	}
	a.f.From = a.version
	return d.showReview(w, r, a, http.StatusOK, func(*page) {})
}

// showReview shows the draft that a review is at.
func (d *Desk) showReview(w http.ResponseWriter, r *http.Request, a *asked, code int, change func(*page)) error {
	done, _ := strconv.Atoi(a.f.Done)
	at, _ := strconv.Atoi(a.f.At)
	done, at = max(0, done), max(0, at)
	drafts := a.o.drafts()
	if a.f.Was != "" && code != http.StatusOK {
		at = a.o.draftAt(a.f.Was)
	}
	at = min(at, len(drafts))
	a.f.Done, a.f.At = strconv.Itoa(done), strconv.Itoa(at)
	show := &reviewed{Number: done + at + 1, Of: done + len(drafts), Left: len(drafts)}
	if at < len(drafts) {
		d.draft(a, &drafts[at], show)
		show.Mend = href(a.name, "claim", drafts[at].ID, "done", a.f.Done, "at", a.f.At)
		show.Skip = reviewHref(a.name, done, strconv.Itoa(at+1))
	} else {
		show.page = d.page(a)
	}
	if at > 0 {
		show.Back = reviewHref(a.name, done, strconv.Itoa(at-1))
	}
	show.Again = reviewHref(a.name, done, "0")
	change(show.page)
	return web.Render(w, r, code, reviewTemplate(), a.name, show)
}

// draft fills in a draft: as it would read if it were accepted, what keeps it from
// that, and its passage.
func (d *Desk) draft(a *asked, c *data.ClaimText, show *reviewed) {
	a.f.Was, show.Draft = c.ID, c
	p := d.propose(a, "accept")
	show.page = d.page(a)
	show.Said, show.Beside = p.Said, p.Beside
	if a.v == nil || !a.v.Text.Holds(schema.Locator{Start: c.At.Start, End: c.At.End, SHA256: c.At.SHA256}) {
		return
	}
	const around = 400
	cut := func(from, to int) string {
		words, _ := a.v.Text.Passage(max(0, from), min(to, a.v.Text.Len()), "")
		return words
	}
	show.Passage = passage{cut(c.At.Start-around, c.At.Start), cut(c.At.Start, c.At.End), cut(c.At.End, c.At.End+around)}
}
