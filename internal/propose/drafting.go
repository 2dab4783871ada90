package propose

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/language"

	"kg/data"
	"kg/internal/fold"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
)

// longestDrafted is the longest text a model is asked about, in code points: one question
// per 12,000 of it.
const longestDrafted = 1_000_000

// Drafting makes questions about a text for a language model, and drafts from the
// answers. Answers are not trusted: a claim is accepted only if its words stand in the
// text verbatim, and if it passes the check of any claims file. Each accepted claim has
// drafted-by, and has no effect.
type Drafting struct {
	Dropped   []Dropped // in the order of the answers
	Proposed  int       // claims of all answers
	Entities  int       // of all answers, and
	Described int       // how many of them the file has

	p          *Proposal
	annotator  string
	known      func(name string) (*Known, error)
	shown      *shownText      // the text as the model sees it
	folded     string          // it in small letters
	runs       map[string]bool // of words of the text, one word longer than may be repeated; computed on first use
	parts      [][]int         // paragraphs
	things     []*draftThing
	byName     map[string]*draftThing
	claims     []*draft
	nearsShown int // quotes for which the nearest text was reported

	inShown, inText func(words string, paragraph int, near bool) (sourcetext.Span, string) // see data.FindWords
}

// Dropped is a claim of an answer that was rejected, and the reason.
type Dropped struct {
	Part, Claim int    // both from 1
	Quote       string // as the model gave it
	Why         string
}

// String is the claim, its quote shortened, and the reason.
func (d Dropped) String() string {
	return strict.Sprintf("answer %d, claim %d, %q: ", d.Part, d.Claim, d.Quote) + d.Why
}

// NewDrafting reads a text. A required field of the source that neither the text nor a
// hint provides is an error, before a model is asked.
func NewDrafting(text *sourcetext.Text, o *schema.Ontology, h Hints) (*Drafting, error) {
	if text.Len() > longestDrafted {
		return nil, strict.Errorf("the text has %d characters, and a model is asked about %d at most: take a part of it", text.Len(), longestDrafted)
	}
	p := begin(text, o, h)
	p.Title, p.Language = cmp.Or(oneLine(h.Title), p.Title), cmp.Or(h.Language, p.Language)
	d := &Drafting{p: p, known: h.lookUp(), byName: map[string]*draftThing{}, shown: newShown(p)}
	d.inShown, d.inText = data.FindWords(d.shown.Text, d.shown.paragraphs), data.FindWords(text, p.paragraphs)
	d.folded = strings.ToLower(d.shown.words)
	if err := d.source(h); err != nil {
		return nil, err
	}
	if d.cut(); len(d.parts) == 0 {
		return nil, errors.New("the text has no paragraph to ask about")
	}
	if err := d.holds(); err != nil {
		return nil, err
	}
	return d, nil
}

// source completes the file's source.
func (d *Drafting) source(h Hints) error {
	p := d.p
	var missing []string
	for _, field := range []struct{ value, flag string }{
		{h.Publisher, `--publisher "KIND NAME"`}, {h.Annotator, "--author NAME"}, {p.Title, "--title TITLE"},
		{p.Date, "--date DAY"}, {p.Language, "--language TAG"},
	} {
		if strings.TrimSpace(field.value) == "" {
			missing = append(missing, field.flag)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the text does not tell all of its source: add %s", strings.Join(missing, ", "))
	}
	if _, err := language.Parse(p.Language); err != nil || strings.Contains(p.Language, "_") {
		return strict.Errorf("--language takes a tag of BCP 47 such as en or zh-Hant, not %q", p.Language)
	}
	if p.ID == "" {
		p.ID = fold.Slug(p.Title, p.Date)
	}
	if p.ID == "" {
		p.ID = "source"
	}
	publisher, err := d.publisher(h.Publisher)
	if err != nil {
		return err
	}
	annotator, err := d.named("Person", oneLine(h.Annotator))
	if err != nil {
		return err
	}
	if publisher == annotator {
		return errors.New("the publisher and the author have one name: name the person who reads the text with --author")
	}
	p.Publisher, d.annotator = publisher.id, annotator.id
	return nil
}

// publisher returns the publisher of the text, by kind and name, or by a name in the
// store.
func (d *Drafting) publisher(line string) (*draftThing, error) {
	line = oneLine(line)
	kind, name, _ := strings.Cut(line, " ")
	agent := d.p.o.Kind("Agent")
	if k := d.p.o.Kind(kind); k != nil && name != "" && k.Within(agent) && !k.Abstract {
		return d.named(kind, name)
	}
	t, err := d.named("", line)
	if err == nil && d.p.o.Kind(t.kind) == nil {
		err = errors.New(strict.Sprintf(`--publisher takes a kind and a name, such as "NewsMedia The Courier", not %q`, line) + suggest.Kind(d.p.o, kind) + ": kg kinds lists kinds")
	}
	return t, err
}

// named returns the entity with a name, of the store or new.
func (d *Drafting) named(kind, name string) (*draftThing, error) {
	key := fold.Name(name)
	if t := d.byName[key]; t != nil {
		return t, nil
	}
	t := &draftThing{kind: kind, name: name, called: name}
	known, err := d.known(name)
	if err != nil {
		return nil, err
	}
	if known != nil && d.p.o.Kind(known.Kind) != nil && fold.Slug(known.ID) == known.ID { // else it is no entity of a claims file
		t.id, t.kind, t.name, t.known = known.ID, known.Kind, known.Name, true
		for _, other := range d.things { // two names of one entity of the store
			if other.known && other.id == t.id && other.kind == t.kind {
				d.byName[key] = other
				return other, nil
			}
		}
	}
	if d.byName[key] = t; !t.known || d.taken(t.id) {
		t.id = d.free(name)
	}
	d.things = append(d.things, t)
	return t, nil
}

func (d *Drafting) taken(id string) bool {
	for _, t := range d.things {
		if t.id == id {
			return true
		}
	}
	return false
}

// free returns an unused id, made from a name.
func (d *Drafting) free(called string) string {
	called = strings.NewReplacer("'", "", "’", "").Replace(called)
	words := strings.Fields(called)
	const most = 8
	id := cmp.Or(fold.Slug(words[:min(len(words), most)]...), "name")
	if !firstLetter.MatchString(id) || id == "null" {
		id = "n-" + id // no number, no date, and not nothing
	}
	for i, base := 2, id; d.taken(id); i++ {
		id = fmt.Sprintf("%s-%d", base, i)
	}
	return id
}

var firstLetter = regexp.MustCompile(`^[a-z]`)

// oneLine is a text in one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
