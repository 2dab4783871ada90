package desk

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/strict"
)

// mistake is the error of a field of the form.
type mistake struct{ field, msg string }

func (m *mistake) Error() string { return m.msg }

// proposal is the file that a form would write, with its mistakes.
type proposal struct {
	is       *claimsfile.Edited
	standing *claimsfile.Standing
	file     []byte
	id       string              // of the claim in it
	Said     *document.Claim     // the claim, if it holds
	Wrong    map[string][]string // what is wrong, by field of the form
	Beside   []string            // what is wrong elsewhere in the file
}

func (p *proposal) ok() bool { return len(p.Wrong) == 0 && len(p.Beside) == 0 }

func (p *proposal) wrong(field, msg string) {
	if !slices.Contains(p.Wrong[field], msg) {
		p.Wrong[field] = append(p.Wrong[field], msg)
	}
}

// propose returns the file that the form would write. The claim of the form must be valid,
// and the rest may have no new mistakes: a save never makes a file worse, and need not
// wait until the whole file is valid.
func (d *Desk) propose(a *asked, act string) *proposal {
	p := &proposal{Wrong: map[string][]string{}}
	if a.o.edited == nil {
		p.Beside = saidBy(a.o.bad)
		return p
	}
	is, err := d.edit(a.o.edited, a.v, a.f, act, p)
	if err != nil {
		var m *mistake
		if errors.As(err, &m) {
			p.wrong(m.field, m.msg)
		} else {
			p.Beside = saidBy(err)
		}
		return p
	}
	if is, err = located(a, is, p); err != nil {
		p.tell(openOf(is, err), a.f)
		return p
	}
	p.is, p.file, p.standing = is, is.File(), is.Stand(d.Ontology, d.Base)
	p.tell(slices.Concat(p.standing.Of(p.id), p.standing.More(a.o.standing)), a.f)
	if p.standing.Doc != nil && p.id != "" {
		if said, ok := p.standing.Doc.Saying(p.id); ok {
			p.Said = &said
		}
	}
	return p
}

// located replaces the words of claims by their locators in the text. Words that are not
// in the text do not prevent saving another claim.
func located(a *asked, is *claimsfile.Edited, p *proposal) (*claimsfile.Edited, error) {
	if a.v == nil || a.v.State != data.Same || !hasWords(is) {
		return is, nil
	}
	file, err := data.Locate(a.v.Text.Text, a.name, is.File())
	if err == nil {
		return claimsfile.OpenEdited(a.name, file)
	}
	if slices.ContainsFunc(is.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == p.id && c.At.Words != "" }) {
		return is, err
	}
	return is, nil
}

// openOf returns the problems in an error by claim and entity of a file.
func openOf(is *claimsfile.Edited, err error) (list []claimsfile.Open) {
	for _, problem := range problems(err) {
		list = append(list, claimsfile.Open{LineInfo: is.LineAt(problem.Pos.Line), Msg: problem.Msg})
	}
	return list
}

// edit makes the edits of the form.
func (d *Desk) edit(e *claimsfile.Edited, v *data.Verified, f *form, act string, p *proposal) (*claimsfile.Edited, error) {
	var err error
	switch {
	case f.WasSource != "":
		return f.Source.put(e)
	case act == "accept":
		return accept(e, f.Was, strings.Fields(f.With), p)
	case act == "remove" && f.WasEntity != "":
		return e.RemoveEntity(f.WasEntity)
	case act == "remove":
		return e.RemoveClaim(f.Was)
	case f.WasEntity != "":
		n := claimsfile.ParseEntityText(f.Entity)
		n.ID = cmp.Or(n.ID, f.WasEntity)
		if e, _, err = e.PutEntity(f.WasEntity, n); err != nil {
			return nil, &mistake{"entity", err.Error()}
		}
		return e, nil
	}
	if !f.hasClaim() {
		if act == "save" && strings.TrimSpace(f.Entities) == "" {
			return nil, &mistake{"edges", "there is nothing to save: write what the passage claims, such as ann-lee owns blue-line"}
		}
		return f.withEntities(e)
	}
	// The claim is edited first: without an id it is identified by its line.
	var was claimsfile.ClaimText
	if i := slices.IndexFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == f.Was }); f.Was != "" && i >= 0 {
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
	i := slices.IndexFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == id })
	if e, err = f.withEntities(e); err != nil {
		return nil, err
	}
	p.id = e.Claims()[i].ID
	return e, nil
}

// withEntities adds the new entities of the form.
func (f *form) withEntities(e *claimsfile.Edited) (*claimsfile.Edited, error) {
	for line := range strings.SplitSeq(f.Entities, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var err error
		if e, _, err = e.PutEntity("", claimsfile.ParseEntityText(line)); err != nil {
			return nil, &mistake{"entities", err.Error()}
		}
	}
	return e, nil
}

func hasWords(e *claimsfile.Edited) bool {
	return slices.ContainsFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.At.Words != "" })
}

// fieldOf returns the field of the form for a field of a claim. A mistake of the claim as
// a whole is usually that it has no passage.
func (f *form) fieldOf(field string) string {
	switch {
	case field == "at", field == "" && f.Words == "":
		return "words"
	case field == "":
		return "edges"
	}
	return field
}

// tell assigns the problems of a file to the fields and claims where they can be
// corrected.
func (p *proposal) tell(open []claimsfile.Open, f *form) {
	added := map[string]bool{}
	for line := range strings.SplitSeq(f.Entities, "\n") {
		added[claimsfile.ParseEntityText(line).ID] = true
	}
	for _, o := range open {
		switch {
		case p.id != "" && o.Claim == p.id && o.Field == "edges" && strings.Contains(f.Edges, "\n"):
			p.wrong("edges", "line "+strconv.Itoa(o.Row+1)+": "+o.Msg)
		case p.id != "" && o.Claim == p.id && f.Review == "":
			p.wrong(f.fieldOf(o.Field), o.Msg)
		case o.Entity != "" && o.Entity == f.WasEntity:
			p.wrong("entity", o.Msg)
		case o.Entity != "" && added[o.Entity]:
			p.wrong("entities", o.Msg)
		case f.WasSource != "" && o.Claim == "" && f.Source.has(o):
			p.wrong(f.Source.field(o), o.Msg)
		default:
			if msg := where(o) + o.Msg; !slices.Contains(p.Beside, msg) {
				p.Beside = append(p.Beside, msg)
			}
		}
	}
}

// where returns the name of an open claim or entity.
func where(o claimsfile.Open) string {
	switch {
	case o.Claim != "":
		return "claim " + o.Claim + ": "
	case o.Entity != "":
		return "entity " + o.Entity + ": "
	case o.Field != "":
		return "source: "
	}
	return ""
}

// problems returns the problems in an error.
func problems(err error) []strict.Problem {
	var e *strict.Error
	if errors.As(err, &e) {
		return e.Problems
	}
	return []strict.Problem{{Msg: err.Error()}}
}

// saidBy returns the problems of a file that cannot be parsed, with their lines.
func saidBy(err error) (list []string) {
	for _, p := range problems(err) {
		msg := p.Msg
		if p.Pos.Line > 0 {
			msg = "line " + strconv.Itoa(p.Pos.Line) + ": " + msg
		}
		list = append(list, msg)
	}
	return list
}
