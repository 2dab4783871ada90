package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"kg/cmd/kg/web"
	"kg/internal/claimsfile"
	"kg/internal/fold"
	"kg/internal/propose"
	"kg/internal/sourcetext"
)

// beginning is the form that creates the claims file of a text.
type beginning struct {
	Text, File string
	Source     sourceForm
	Wrong      map[string][]string
	Beside     []string
	Denied     string
	Action     string
	Names      []string // what the text names, as entities
	FixedID    bool
	Form       *form
	Begins     string // the first words of its first paragraph
}

// begin shows the form, filled in from the text.
func (d *Desk) begin(w http.ResponseWriter, r *http.Request) error {
	b, p, err := d.beginning(r)
	if err != nil {
		return err
	}
	b.Form.Source = sourceForm{"title": p.Title, "date": p.Date, "language": p.Language, "annotator": d.annotator()}
	b.File = strings.TrimSuffix(b.Text, filepath.Ext(b.Text)) + ".yaml"
	return web.Render(w, r, http.StatusOK, beginTemplate(), "A new claims file", b)
}

// make creates the file, which must not exist.
func (d *Desk) make(w http.ResponseWriter, r *http.Request) error {
	d.write.Lock()
	defer d.write.Unlock()
	b, p, err := d.beginning(r)
	if err != nil {
		return err
	}
	b.Form.Source, b.File = readSource(r), typed(r, "file")
	again := func(code int) error {
		return web.Render(w, r, code, beginTemplate(), "A new claims file", b)
	}
	if !web.HasToken(r, d.Token) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="kg"`)
		b.Denied = noToken
		return again(http.StatusUnauthorized)
	}
	file := d.begun(b, p)
	if len(b.Wrong)+len(b.Beside) > 0 {
		return again(http.StatusUnprocessableEntity)
	}
	err = d.keepText(p.Text())
	if err == nil {
		err = d.files.create(b.File, file)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		b.Wrong["file"] = []string{fmt.Sprintf("%q exists already: choose another name", b.File)}
		return again(http.StatusUnprocessableEntity)
	case err != nil:
		return fmt.Errorf("beginning %q: %w", b.File, err)
	}
	http.Redirect(w, r, href(b.File, "saved", "new", "after", "0"), http.StatusSeeOther)
	return nil
}

// beginning reads the text of a new file.
func (d *Desk) beginning(r *http.Request) (*beginning, *propose.Proposal, error) {
	name := r.FormValue("text")
	text, err := d.textCalled(name)
	if err != nil {
		return nil, nil, err
	}
	b := &beginning{Text: name, Wrong: map[string][]string{}, Action: beginHref(name), Form: &form{}}
	for _, n := range d.names(r.Context(), text) {
		if n.Kind == "" {
			b.Names = append(b.Names, n.Name+", of what kind you say")
		} else {
			b.Names = append(b.Names, n.Line())
		}
	}
	p := propose.Source(text, propose.Hints{ID: stem(name)})
	words, _ := text.Passage(p.Body, min(p.Body+160, text.Len()), "")
	b.Begins = strings.Join(strings.Fields(words), " ")
	return b, p, nil
}

// begun returns the file that the form describes, and records its mistakes.
func (d *Desk) begun(b *beginning, p *propose.Proposal) []byte {
	if !isClaimsFile(b.File) {
		b.Wrong["file"] = []string{"expected the name of a claims file in the folder of this desk, such as courier.yaml"}
	}
	if b.Form.Source["id"] == "" {
		b.Form.Source["id"] = sourceID(stem(b.Text), b.Form.Source["date"])
	}
	values, made, err := b.Form.Source.agents(func(string) bool { return false })
	var e *claimsfile.Edited
	if err == nil {
		e, err = p.Begin(b.File, values, made)
	}
	if err != nil {
		var m *mistake
		if errors.As(err, &m) {
			b.Wrong[m.field] = append(b.Wrong[m.field], m.msg)
		} else {
			b.Beside = append(b.Beside, saidBy(err)...)
		}
		return nil
	}
	for _, o := range e.Stand(d.Ontology, d.Base).Open {
		field := b.Form.Source.field(o)
		switch {
		case o.Follows:
		case field != "":
			b.Wrong[field] = append(b.Wrong[field], o.Msg)
		default:
			b.Beside = append(b.Beside, where(o)+o.Msg)
		}
	}
	return e.File()
}

// annotator returns the annotator of the first file of this folder that has one, as an
// entity line.
func (d *Desk) annotator() string {
	files, _ := d.files.names()
	for _, name := range files {
		file, version, err := d.files.read(name)
		if err != nil {
			continue
		}
		if o := d.open(name, file, version); o.edited != nil {
			id := o.edited.Source()["annotator"]
			for _, n := range o.edited.Entities() {
				if n.ID == id {
					return lineOf(n)
				}
			}
		}
	}
	return ""
}

// lineOf returns an entity as a line of a form, with its id if its name would give
// another.
func lineOf(n claimsfile.EntityText) string {
	e := n.Entity()
	line := n.Line
	if strings.HasPrefix(line, "{") {
		if line = e.Kind.Text + " " + e.Name.Text; e.Description.Text != "" {
			line += " (" + e.Description.Text + ")"
		}
	}
	if claimsfile.ParseEntityText(line).ID != n.ID {
		line = n.ID + ": " + line
	}
	return line
}

// keepText writes the text of a document beside it, as kg new does: claims refer to this
// text.
func (d *Desk) keepText(text *sourcetext.Text) error {
	if text.FromFile == "" {
		return nil
	}
	words, _ := text.Passage(0, text.Len(), "")
	w, err := os.OpenFile(text.Name+sourcetext.Ending, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		there, err := os.ReadFile(text.Name + sourcetext.Ending)
		if err == nil && string(there) != words {
			err = &refusal{http.StatusConflict, fmt.Sprintf("%s is not the text that %s extracts from %s: rename or remove it", filepath.Base(text.Name+sourcetext.Ending), text.Extractor, filepath.Base(text.Name))}
		}
		return err
	}
	if err != nil {
		return err
	}
	_, err = w.WriteString(words)
	return errors.Join(err, w.Close())
}

// mostNamed is the length of a text in code points that is searched for names: some forty
// pages, within a second.
const mostNamed = 100_000

// names returns the names in a text, by the rules of kg new.
func (d *Desk) names(ctx context.Context, text *sourcetext.Text) []*propose.Mention {
	if text == nil {
		return nil
	}
	d.texts.mu.Lock()
	list, there := d.texts.names[text.SHA256]
	d.texts.mu.Unlock()
	if there {
		return list
	}
	known := func(name string) (*propose.Known, error) {
		if d.Known == nil {
			return nil, nil
		}
		return d.Known(ctx, name)
	}
	begins := text
	if text.Len() > mostNamed {
		words, _ := text.Passage(0, mostNamed, "")
		if t, err := sourcetext.New([]byte(words)); err == nil {
			begins = t
		}
	}
	if p, err := propose.Text(begins, d.Ontology, propose.Hints{Known: known}); err == nil {
		list = p.Names // else there are none
	}
	d.texts.mu.Lock()
	defer d.texts.mu.Unlock()
	if d.texts.names == nil || len(d.texts.names) >= mostTexts {
		d.texts.names = map[string][]*propose.Mention{}
	}
	d.texts.names[text.SHA256] = list
	return list
}

// sourceID returns an id from a source's name and date: courier-2019-04-08.
func sourceID(called, date string) string {
	if date != "" && strings.Contains(called, date) {
		date = ""
	}
	return fold.Slug(called, date)
}
