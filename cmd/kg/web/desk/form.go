package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/schema"
)

// form is the input of a form.
type form struct {
	From                                             string // the version of the file it began from
	Was                                              string // the claim that it changes; empty for a new one
	ID, Words, Start, End                            string
	Entities, Edges                                  string
	Speaker, Stance, Hedge, Says, Via, Note, See, By string
	WasEntity, Entity                                string // the entity that it changes
	WasSource                                        string // "source" if it changes that
	Source                                           sourceForm
	Done, At                                         string // of a review: how many drafts are done, and which of the others it is at
	Review                                           string // it is the form of a review itself
	With                                             string // drafts that are accepted in the same step, by id
}

func readForm(r *http.Request) *form {
	f := &form{}
	for name, field := range f.fields() {
		*field = typed(r, name)
	}
	f.Source = readSource(r)
	return f
}

// typed returns a field as it was typed.
func typed(r *http.Request, name string) string {
	return strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n"))
}

func (f *form) fields() map[string]*string {
	return map[string]*string{
		"from": &f.From, "was": &f.Was, "id": &f.ID, "words": &f.Words, "start": &f.Start, "end": &f.End,
		"entities": &f.Entities, "edges": &f.Edges, "speaker": &f.Speaker, "stance": &f.Stance, "hedge": &f.Hedge,
		"says": &f.Says, "via": &f.Via, "note": &f.Note, "see": &f.See, "derived-from": &f.By,
		"was-entity": &f.WasEntity, "entity": &f.Entity, "was-source": &f.WasSource,
		"done": &f.Done, "at": &f.At, "review": &f.Review, "with": &f.With,
	}
}

// hasClaim reports whether the form has more than entities.
func (f *form) hasClaim() bool {
	return f.Was != "" || f.Edges != "" || f.Words != "" || f.Says != "" || f.See != ""
}

// claim returns the form's claim, with the locator of was if the words are the same.
func (f *form) claim(v *data.Verified, was claimsfile.ClaimText) (claimsfile.ClaimText, error) {
	stance := f.Stance
	if stance == string(schema.Asserts) && was.Values["stance"] == "" {
		stance = ""
	}
	c := claimsfile.ClaimText{ID: f.ID, Values: map[string]string{
		"edges": f.Edges, "speaker": f.Speaker, "stance": stance, "hedge": f.Hedge, "says": f.Says, "via": f.Via,
		"note": f.Note, "see": f.See, "derived-from": f.By, "id": was.Values["id"],
	}}
	start, err1 := strconv.Atoi(f.Start)
	end, err2 := strconv.Atoi(f.End)
	switch {
	case f.Words == "":
	case v != nil && v.State == data.Same && errors.Join(err1, err2) == nil && words(v, start, end) == f.Words:
		at, ok := v.Text.LocatorOf(start, end, v.Body, v.Heading)
		if !ok {
			return c, &mistake{"words", "this passage is in no paragraph, or in two: it must be in one"}
		}
		c.At = at
	case was.At.Words == f.Words || was.At.SHA256 != "" && f.Words == locatorText(was.At) || v != nil && words(v, was.At.Start, was.At.End) == f.Words:
		c.At = was.At
	default:
		c.At = schema.Locator{Words: f.Words}
		if v != nil && v.State == data.Same {
			if at, ok := v.Text.LocatorOfWords(f.Words, v.Body, v.Heading); ok {
				c.At = at
			}
		}
	}
	return c, nil
}

// words returns the text from start to end, as a form sends it.
func words(v *data.Verified, start, end int) string {
	text, _ := v.Text.Passage(start, end, "")
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}
