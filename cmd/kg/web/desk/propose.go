package desk

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kg/data"
	"kg/schema"
	"kg/schema/strict"
)

// form is what somebody typed.
type form struct {
	From                                             string // the version of the file it began from
	Was                                              string // the claim that it changes; empty for a new one
	ID, Words, Start, End                            string
	Entities, Edges                                  string
	Speaker, Stance, Hedge, Says, Via, Note, See, By string
	WasEntity, Entity                                string // the entity that it changes
}

func readForm(r *http.Request) *form {
	f := &form{}
	for name, field := range f.fields() {
		*field = strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n"))
	}
	return f
}

func (f *form) fields() map[string]*string {
	return map[string]*string{
		"from": &f.From, "was": &f.Was, "id": &f.ID, "words": &f.Words, "start": &f.Start, "end": &f.End,
		"entities": &f.Entities, "edges": &f.Edges, "speaker": &f.Speaker, "stance": &f.Stance, "hedge": &f.Hedge,
		"says": &f.Says, "via": &f.Via, "note": &f.Note, "see": &f.See, "derived-from": &f.By,
		"was-entity": &f.WasEntity, "entity": &f.Entity,
	}
}

// hasClaim reports whether the form has more than entities.
func (f *form) hasClaim() bool {
	return f.Was != "" || f.Edges != "" || f.Words != "" || f.Says != "" || f.See != ""
}

// claim is the form's, with the place of was if its words are still those.
func (f *form) claim(v *data.Verified, was data.ClaimText) (data.ClaimText, error) {
	stance := f.Stance
	if stance == string(schema.Asserts) && was.Values["stance"] == "" {
		stance = ""
	}
	c := data.ClaimText{ID: f.ID, Values: map[string]string{
		"edges": f.Edges, "speaker": f.Speaker, "stance": stance, "hedge": f.Hedge, "says": f.Says, "via": f.Via,
		"note": f.Note, "see": f.See, "derived-from": f.By, "id": was.Values["id"],
	}}
	start, err1 := strconv.Atoi(f.Start)
	end, err2 := strconv.Atoi(f.End)
	switch {
	case f.Words == "":
	case v != nil && v.State == data.Same && errors.Join(err1, err2) == nil && words(v, start, end) == f.Words:
		at, ok := v.Text.PlaceOf(start, end, v.Body, v.Heading)
		if !ok {
			return c, &mistake{"words", "this passage is in no paragraph, or in two: a claim is taken from one"}
		}
		c.At = at
	case was.At.Words == f.Words || was.At.SHA256 != "" && f.Words == placeText(was.At) || v != nil && words(v, was.At.Start, was.At.End) == f.Words:
		c.At = was.At
	default:
		c.At = schema.Passage{Words: f.Words}
		if v != nil && v.State == data.Same {
			if at, ok := v.Text.PlaceOfWords(f.Words, v.Body, v.Heading); ok {
				c.At = at
			}
		}
	}
	return c, nil
}

// words are those of the text from start to end, as a form sends them.
func words(v *data.Verified, start, end int) string {
	text, _ := v.Text.Passage(start, end, "")
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// mistake is what is wrong with a field of the form.
type mistake struct{ field, msg string }

func (m *mistake) Error() string { return m.msg }

// proposal is the file as it would be.
type proposal struct {
	file   []byte
	id     string // of the claim in it
	doc    *schema.Checked
	Said   *schema.Saying      // the claim, if the whole file holds
	Wrong  map[string][]string // what is wrong, by field of the form
	Beside []string            // what is wrong elsewhere in the file
}

func (p *proposal) ok() bool { return len(p.Wrong) == 0 && len(p.Beside) == 0 }

func (p *proposal) wrong(field, msg string) {
	if !slices.Contains(p.Wrong[field], msg) {
		p.Wrong[field] = append(p.Wrong[field], msg)
	}
}

// propose makes the file as the form would have it, and checks it as kg load does.
func (d *Desk) propose(ctx context.Context, name string, file []byte, v *data.Verified, f *form, act string) *proposal {
	p := &proposal{Wrong: map[string][]string{}}
	is, err := data.OpenEdited(name, file)
	if err == nil {
		is, err = d.edit(is, v, f, act, p)
	}
	if err != nil {
		var m *mistake
		if errors.As(err, &m) {
			p.wrong(m.field, m.msg)
		} else {
			p.tell(err, nil, f)
		}
		return p
	}
	p.file = is.File()
	if v != nil && v.State == data.Same && hasWords(is) {
		located, err := data.Locate(name, p.file, v.Text.Text)
		if err != nil {
			p.tell(err, is, f)
			return p
		}
		if is, err = data.OpenEdited(name, located); err != nil {
			p.tell(err, nil, f)
			return p
		}
		p.file = is.File()
	}
	if p.doc, err = data.Read(name, p.file, d.Ontology, d.Base); err != nil {
		p.tell(err, is, f)
		return p
	}
	if said, ok := p.doc.Saying(p.id); ok {
		p.Said = &said
	}
	return p
}

// edit makes the edits of the form.
func (d *Desk) edit(e *data.Edited, v *data.Verified, f *form, act string, p *proposal) (*data.Edited, error) {
	var err error
	switch {
	case act == "remove" && f.WasEntity != "":
		return e.RemoveEntity(f.WasEntity)
	case act == "remove":
		return e.RemoveClaim(f.Was)
	case f.WasEntity != "":
		n := data.ParseEntityText(f.Entity)
		n.ID = cmp.Or(n.ID, f.WasEntity)
		if e, _, err = e.PutEntity(f.WasEntity, n); err != nil {
			return nil, &mistake{"entity", err.Error()}
		}
		return e, nil
	}
	for line := range strings.SplitSeq(f.Entities, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if e, _, err = e.PutEntity("", data.ParseEntityText(line)); err != nil {
			return nil, &mistake{"entities", err.Error()}
		}
	}
	if !f.hasClaim() {
		if act == "save" && strings.TrimSpace(f.Entities) == "" {
			return nil, &mistake{"edges", "there is nothing to save: say what the words say, as in ann-lee owns blue-line"}
		}
		return e, nil
	}
	var was data.ClaimText
	if i := slices.IndexFunc(e.Claims(), func(c data.ClaimText) bool { return c.ID == f.Was }); f.Was != "" && i >= 0 {
		was = e.Claims()[i]
	}
	c, err := f.claim(v, was)
	if err != nil {
		return nil, err
	}
	e, id, err := e.PutClaim(f.Was, c)
	if err != nil {
		return nil, &mistake{"edges", err.Error()}
	}
	p.id = id
	return e, nil
}

func hasWords(e *data.Edited) bool {
	return slices.ContainsFunc(e.Claims(), func(c data.ClaimText) bool { return c.At.Words != "" })
}

// fieldOf is the field of the form for a field of a claim. What is wrong with the
// claim as a whole is as a rule that it has no place.
func (f *form) fieldOf(field string) string {
	switch {
	case field == "at", field == "" && f.Words == "":
		return "words"
	case field == "":
		return "edges"
	}
	return field
}

// tell sorts what is wrong with a file to where it can be mended.
func (p *proposal) tell(err error, is *data.Edited, f *form) {
	added := map[string]bool{}
	for line := range strings.SplitSeq(f.Entities, "\n") {
		added[data.ParseEntityText(line).ID] = true
	}
	for _, problem := range problems(err) {
		var at data.Spot
		if is != nil {
			at = is.SpotOf(problem.Pos.Line)
		}
		switch {
		case p.id != "" && at.Claim == p.id && at.Field == "edges" && strings.Contains(f.Edges, "\n"):
			p.wrong("edges", "line "+strconv.Itoa(at.Row+1)+": "+problem.Msg)
		case p.id != "" && at.Claim == p.id:
			p.wrong(f.fieldOf(at.Field), problem.Msg)
		case at.Entity != "" && at.Entity == f.WasEntity:
			p.wrong("entity", problem.Msg)
		case at.Entity != "" && added[at.Entity]:
			p.wrong("entities", problem.Msg)
		default:
			where := ""
			switch {
			case at.Claim != "":
				where = "claim " + at.Claim + ": "
			case at.Entity != "":
				where = "entity " + at.Entity + ": "
			case problem.Pos.Line > 0:
				where = "line " + strconv.Itoa(problem.Pos.Line) + ": "
			}
			p.Beside = append(p.Beside, where+problem.Msg)
		}
	}
}

// problems are those of an error.
func problems(err error) []strict.Problem {
	var e *strict.Error
	if errors.As(err, &e) {
		return e.Problems
	}
	return []strict.Problem{{Msg: err.Error()}}
}
