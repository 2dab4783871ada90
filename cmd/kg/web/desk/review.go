package desk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kg/cmd/kg/web"
	"kg/internal/claimsfile"
	"kg/schema"
)

// A review shows the drafts of a file one after another. Its state is in the address: the
// number of drafts done, and which of the others is shown. So a page that is opened again,
// or by another person, shows the current file.

// reviewed is the data of the page of a review.
type reviewed struct {
	*page
	Number, Of       int // the draft that is shown, from 1
	Left             int // drafts that are left when all are seen
	Draft            *claimsfile.ClaimText
	Passage          passage
	Mend, Skip, Back string // addresses; empty for none
	Again            string
	With             []other // drafts that have to be accepted with this one, or before it
}

// other is another draft with its address.
type other struct{ ID, Href string }

// passage is the passage of a draft with its context.
type passage struct{ Before, Words, After string }

func reviewHref(name string, done int, at string) string {
	return "/desk/review?" + href(name, "done", strconv.Itoa(done), "at", at)[len("/desk/file?"):]
}

// drafts returns the unconfirmed claims.
func (o *opened) drafts() (list []claimsfile.ClaimText) {
	if o.edited == nil {
		return nil
	}
	return draftsOf(o.edited)
}

func draftsOf(e *claimsfile.Edited) []claimsfile.ClaimText {
	return slices.DeleteFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.Values["drafted-by"] == "" })
}

// draftAt returns the number of a claim among the drafts; 0 if it is not a draft.
func (o *opened) draftAt(claim string) int {
	return max(0, slices.IndexFunc(o.drafts(), func(c claimsfile.ClaimText) bool { return c.ID == claim }))
}

// claim returns a claim of the file, or an empty one.
func (o *opened) claim(id string) claimsfile.ClaimText {
	if o.edited != nil {
		for _, c := range o.edited.Claims() {
			if c.ID == id && id != "" {
				return c
			}
		}
	}
	return claimsfile.ClaimText{}
}

// accept removes drafted-by from a draft, and from the others that it depends on.
func accept(e *claimsfile.Edited, id string, with []string, p *proposal) (*claimsfile.Edited, error) {
	for i, next := range append([]string{id}, with...) {
		at := slices.IndexFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == next })
		if at < 0 {
			return nil, fmt.Errorf("there is no claim %q in this file: it was removed meanwhile", next)
		}
		c := e.Claims()[at]
		delete(c.Values, "drafted-by")
		var err error
		if e, next, err = e.PutClaim(next, c); err != nil {
			return nil, err
		}
		if i == 0 {
			p.id = next
		}
	}
	return e, nil
}

// restsOn returns the drafts that must be accepted with one: those about the same events,
// or from which it is derived. An event has its status from any of its claims, and drafts
// do not count.
func (d *Desk) restsOn(a *asked, c *claimsfile.ClaimText) (with []string) {
	holds := func(with ...string) bool {
		f := *a.f
		f.With = strings.Join(with, " ")
		next := *a
		next.f = &f
		return d.propose(&next, "accept").ok()
	}
	events := eventsOf(c)
	for _, other := range a.o.drafts() {
		derived := slices.Contains(strings.FieldsFunc(c.Values["derived-from"], func(r rune) bool { return r == ',' || r == ' ' }), other.ID)
		if other.ID != c.ID && (derived || slices.ContainsFunc(eventsOf(&other), func(e string) bool { return slices.Contains(events, e) })) {
			with = append(with, other.ID)
		}
	}
	const most = 12 // drafts of one event: each try checks the whole file
	if len(with) == 0 || len(with) > most || !holds(with...) {
		return nil
	}
	for i := 0; i < len(with); { // as few as will do
		if less := slices.Delete(slices.Clone(with), i, i+1); len(less) > 0 && holds(less...) {
			with = less
		} else {
			i++
		}
	}
	return with
}

// eventsOf returns the ids that the edges of a claim begin with.
func eventsOf(c *claimsfile.ClaimText) (ids []string) {
	for line := range strings.Lines(c.Values["edges"]) {
		if id, _, ok := strings.Cut(line, ":"); ok && !strings.Contains(id, " ") {
			ids = append(ids, id)
		}
	}
	return ids
}

func (d *Desk) review(w http.ResponseWriter, r *http.Request) error {
	a, err := d.ask(r, &form{Review: "1", Done: r.FormValue("done"), At: r.FormValue("at")})
	if err != nil {
		return err
	}
	a.f.From = a.version
	return d.showReview(w, r, a, http.StatusOK, func(*page) {})
}

// showReview shows the current draft of a review.
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

// draft fills in a draft: its sentence and edges if it were accepted, what prevents that,
// and its passage.
func (d *Desk) draft(a *asked, c *claimsfile.ClaimText, show *reviewed) {
	a.f.Was, show.Draft = c.ID, c
	p := d.propose(a, "accept")
	show.page = d.page(a)
	show.Said, show.Beside = p.Said, p.Beside
	if !p.ok() {
		for _, id := range d.restsOn(a, c) {
			done, _ := strconv.Atoi(a.f.Done)
			show.With = append(show.With, other{id, reviewHref(a.name, done, strconv.Itoa(a.o.draftAt(id)))})
		}
	}
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
