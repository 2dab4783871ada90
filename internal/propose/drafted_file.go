package propose

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/fold"
	"kg/internal/strict"
	"kg/schema"
)

// mostRounds bounds how often the file is checked again without the rejected claims: each
// time fewer claims are left, and others may lack what only those stated.
const mostRounds = 40

// ErrNothingKept is that no claim of all answers is left for a file.
var ErrNothingKept = errors.New("no claim can be kept: nothing is written")

// File is the claims that hold, as a claims file laid out as Format does, every claim a
// draft. The words of the text are not in it. The same answers give the same bytes. It
// loads without a mistake, or is an error; call it once, after the last answer.
func (d *Drafting) File(ctx context.Context) ([]byte, error) {
	d.once()
	for range mostRounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		file, lines, err := d.write()
		if err != nil {
			return nil, err
		}
		_, err = data.Read("the draft", []byte(file), d.p.o, schema.DefaultBase)
		if err == nil {
			return d.finish(file)
		}
		if err := d.blame(err, lines); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("what the model answers does not hold after %d checks: nothing is written", mostRounds)
}

// holds reports whether the source is valid: with a claim that has no mistake. No model
// is asked about a source that no file can have.
func (d *Drafting) holds() error {
	d.claims = []*draft{{at: d.p.paragraphs[0], by: "kg", edges: []draftEdge{{subject: d.annotator, relation: "email", object: "none"}}}}
	file, _, err := d.write()
	if err == nil {
		_, err = data.Read("the draft", []byte(file), d.p.o, schema.DefaultBase)
	}
	d.claims = nil
	if found := mistakesOf(err); len(found) > 0 {
		return fmt.Errorf("the source does not hold: %s", found[0].Msg)
	}
	return err
}

// finish lays the file out, and holds the result against the check once more.
func (d *Drafting) finish(file string) ([]byte, error) {
	d.report()
	b, err := claimsfile.Format("the draft", []byte(file))
	if err != nil {
		return nil, err
	}
	checked, err := data.Read("the draft", b, d.p.o, schema.DefaultBase)
	if err != nil {
		return nil, err
	}
	if _, claims := checked.Counts(); claims > 0 || checked.Drafts() < d.Kept() {
		return nil, errors.New("a claim of the draft would count: nothing is written") // no file has shown it
	}
	return b, nil
}

// Kept returns how many claims were accepted.
func (d *Drafting) Kept() int { return d.Proposed - len(d.Dropped) }

// report lists the dropped claims, in the order of the answers.
func (d *Drafting) report() {
	d.Dropped = nil
	for _, c := range d.claims {
		if c.why != "" {
			d.Dropped = append(d.Dropped, Dropped{c.part, c.number, c.quote, c.why})
		}
	}
}

// once drops duplicates among the remaining claims.
func (d *Drafting) once() {
	seen := map[string]*draft{}
	for _, c := range d.claims {
		if c.why != "" {
			continue
		}
		key := fmt.Sprintf("%v %q %q %q %#v", c.at, c.speakers, c.via, c.stance, c.edges)
		if first := seen[key]; first != nil {
			c.why = fmt.Sprintf("it says the same as claim %d of answer %d", first.number, first.part)
			continue
		}
		seen[key] = c
	}
}

// blame drops the claims that the mistakes of a file are about; or, if there are none,
// those about an invalid entity: a rejected claim may have stated what it lacks. A
// mistake about neither is an error.
func (d *Drafting) blame(err error, lines map[int]any) error {
	found := mistakesOf(err)
	dropped := false
	for _, p := range found {
		if c, ok := lines[p.Pos.Line].(*draft); ok {
			c.drop(p.Msg)
			dropped = true
		}
	}
	for i := 0; i < len(found) && !dropped; i++ {
		t, ok := lines[found[i].Pos.Line].(*draftThing)
		for _, c := range d.claims {
			if ok && slices.Contains(c.uses, t) {
				c.drop(found[i].Msg)
			}
		}
		if !ok {
			return fmt.Errorf("the source of the draft does not hold: %s", found[i].Msg)
		}
	}
	if len(found) == 0 {
		return err
	}
	return nil
}

func (c *draft) drop(why string) {
	if c.why == "" {
		c.why = why
	}
}

// write is the file with the claims that are left, and which claim or entity a line is
// of.
func (d *Drafting) write() (string, map[int]any, error) {
	left := slices.DeleteFunc(slices.Clone(d.claims), func(c *draft) bool { return c.why != "" })
	if len(left) == 0 {
		d.report()
		return "", nil, ErrNothingKept
	}
	w := &draftWriter{d: d, lines: map[int]any{}, line: 1}
	w.add(nil, "# Drafted by a language model: hold each claim against its passage. A claim counts when\n# a person takes its drafted-by out, and not before.\n\n")
	var source strings.Builder
	d.p.source(&source, d.annotator)
	w.add(nil, source.String()+"\nentities:\n")
	d.use(left)
	for _, t := range d.things {
		if t.used {
			n := &Mention{Kind: t.kind, Name: t.name, Description: t.description}
			if t.known && fold.Name(t.called) != fold.Name(t.name) {
				n.Also = []string{t.called}
			}
			w.add(t, "  "+t.id+": "+n.line()+"\n")
		}
	}
	w.add(nil, "\nclaims:\n")
	ids := map[string]int{}
	for _, c := range left {
		w.claim(c, ids)
	}
	return w.b.String(), w.lines, nil
}

// use marks the entities that the file needs.
func (d *Drafting) use(left []*draft) {
	for _, t := range d.things {
		t.used = t.id == d.p.Publisher || t.id == d.annotator
	}
	for _, c := range left {
		for _, t := range c.uses {
			t.used = true
		}
	}
	d.Described = 0
	for _, t := range d.things {
		if t.used && t.asked {
			d.Described++
		}
	}
}

type draftWriter struct {
	d     *Drafting
	b     strings.Builder
	lines map[int]any
	line  int
}

// add writes lines, and records what they are about.
func (w *draftWriter) add(of any, lines string) {
	for range strings.Count(lines, "\n") {
		w.lines[w.line] = of
		w.line++
	}
	w.b.WriteString(lines)
}

func (w *draftWriter) claim(c *draft, ids map[string]int) {
	var b strings.Builder
	fmt.Fprintf(&b, "  %s:\n", c.freeID(ids))
	switch {
	case len(c.speakers) == 1:
		fmt.Fprintf(&b, "    speaker: %s\n", c.speakers[0])
	case len(c.speakers) > 1:
		fmt.Fprintf(&b, "    speaker: [%s]\n", strings.Join(c.speakers, ", "))
	}
	if len(c.via) > 0 {
		fmt.Fprintf(&b, "    via: [%s]\n", strings.Join(c.via, ", "))
	}
	if c.stance != "" {
		fmt.Fprintf(&b, "    stance: %s\n", apostrophedUnless(c.stance))
	}
	if c.hedge != "" {
		fmt.Fprintf(&b, "    hedge: %s\n", apostrophedUnless(c.hedge))
	}
	p := w.d.p
	at := p.text.LocatorIn(p.paragraphs, c.at)
	fmt.Fprintf(&b, "    at: {paragraph: %d, start: %d, end: %d, sha256: %s}\n    drafted-by: %s\n    edges:",
		at.Paragraph, at.Start, at.End, at.SHA256, apostrophed(c.by))
	b.WriteString(c.edgeLines())
	w.add(c, b.String())
	w.add(nil, "\n")
}

// edgeLines are the edges as they stand behind "edges:". Sentences make a list, unless
// one is all.
func (c *draft) edgeLines() string {
	var sentences []string
	for _, e := range c.edges {
		if e.verb {
			line := e.sentence()
			if !safeSentence().MatchString(line) {
				line = apostrophed(line)
			}
			sentences = append(sentences, line)
		}
	}
	if len(sentences) == 1 && len(c.edges) == 1 {
		return " " + sentences[0] + "\n"
	}
	item := "\n      "
	if len(sentences) > 0 {
		item += "- "
	}
	var b strings.Builder
	for _, line := range sentences {
		b.WriteString(item + line)
	}
	for _, subject := range c.subjects() {
		fmt.Fprintf(&b, "%s%s: {%s}", item, subject, c.of(subject))
	}
	return b.String() + "\n"
}

// freeID returns an id for a claim, made from its first edge, that no earlier claim has,
// nor one made from it for each further speaker. last holds the last number per id.
func (c *draft) freeID(last map[string]int) string {
	first := c.edges[0]
	words := []string{first.subject, first.relation, first.object}
	if c.stance != "" {
		words = append([]string{c.stance}, words...)
	}
	base := fold.Slug(words...)
	for {
		id := base
		if last[base]++; last[base] > 1 {
			id = fmt.Sprintf("%s-%d", base, last[base])
		}
		all := []string{id}
		for _, speaker := range c.speakers {
			all = append(all, id+"-"+speaker)
		}
		if slices.ContainsFunc(all, func(other string) bool { return other != base && last[other] > 0 }) {
			continue
		}
		for _, other := range all {
			last[other] = max(last[other], 1)
		}
		return id
	}
}

// subjects are those of the edges that are no sentences, in their order.
func (c *draft) subjects() (list []string) {
	for _, e := range c.edges {
		if !e.verb && !slices.Contains(list, e.subject) {
			list = append(list, e.subject)
		}
	}
	return list
}

// of are the edges of a subject in one line; a relation with several objects has a list.
func (c *draft) of(subject string) string {
	var relations []string
	objects := map[string][]string{}
	for _, e := range c.edges {
		if e.verb || e.subject != subject {
			continue
		}
		if objects[e.relation] == nil {
			relations = append(relations, e.relation)
		}
		objects[e.relation] = append(objects[e.relation], apostrophedUnless(e.object))
	}
	for i, r := range relations {
		if list := objects[r]; len(list) == 1 {
			relations[i] = r + ": " + list[0]
		} else {
			relations[i] = r + ": [" + strings.Join(list, ", ") + "]"
		}
	}
	return strings.Join(relations, ", ")
}

// safeScalar matches texts that YAML reads as a plain string, within brackets too.
var safeScalar = strict.Pattern(`^[a-z][a-z0-9-]*$|^[0-9]+(?:-[0-9]+)*$|^[0-9]+ [A-Za-z]+$`)

// safeSentence matches sentences that YAML reads as a plain string, on a line of their
// own.
var safeSentence = strict.Pattern(`^[a-z][a-zA-Z0-9-]* [a-zA-Z0-9 .,%/-]*$`)

// apostrophedUnless is a text in quotes, unless it needs none.
func apostrophedUnless(text string) string {
	if safeScalar().MatchString(text) {
		return text
	}
	return apostrophed(text)
}
