package document

import (
	"cmp"
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/schema"
	"kg/schema/edtf"
)

// expander expands the short forms of a document: each sentence into an event with its
// edges, each further speaker into a claim.
type expander struct {
	o     *schema.Ontology
	d     *Document
	r     *strict.Report
	kinds map[string]*schema.Kind // of entities, by id
	made  map[string]maker        // of events that a sentence without an id made
}

// maker is the claim that made an event.
type maker struct {
	claim string
	pos   strict.Pos
}

// expand puts the edges of sentences into d, the events that they make, and a claim
// for each of several speakers.
func expand(o *schema.Ontology, d *Document, r *strict.Report) {
	x := &expander{o: o, d: d, r: r, kinds: map[string]*schema.Kind{}, made: map[string]maker{}}
	for i := range d.Claims {
		d.Claims[i].long = len(d.Claims[i].Edges)
	}
	if !slices.ContainsFunc(d.Claims, func(cl Claim) bool { return len(cl.Sentences) > 0 }) {
		x.speakers()
		return
	}
	for _, e := range d.Entities {
		x.kinds[e.ID.Text] = o.Kind(e.Kind.Text)
	}
	for i := range d.Claims {
		for _, s := range d.Claims[i].Sentences {
			x.declare(s)
		}
	}
	for _, answers := range []bool{false, true} { // an answer may precede the statement it answers
		for i := range d.Claims {
			if cl := &d.Claims[i]; schema.Stance(cl.Stance.Text).Responds() == answers {
				for _, s := range cl.Sentences {
					x.sentence(cl, s)
				}
			}
		}
	}
	x.speakers()
}

// declare records the kind of an event that a later sentence makes, so that an earlier
// one may mention it.
func (x *expander) declare(s Sentence) {
	words := strings.Fields(s.Text.Text)
	if len(words) < 2 || s.ID.Text == "" || x.kinds[s.ID.Text] != nil {
		return
	}
	if k := x.o.Kind(words[0]); k != nil {
		x.kinds[s.ID.Text] = k
	} else if short := x.o.Verb(words[1]); short != nil {
		x.kinds[s.ID.Text] = short.Kind
	}
}

func (x *expander) sentence(cl *Claim, s Sentence) {
	list, ok := tokens(s.Text, x.r)
	if !ok || len(list) == 0 {
		return // which is noted
	}
	p := &sentenceParser{o: x.o, r: x.r, tokens: list}
	said, ok := p.sentence(func(id string) *schema.Kind { return x.kinds[id] })
	if !ok {
		return
	}
	if said.text = said.what.Text; said.text == "" {
		said.text = x.words(p)
	}
	cl.texts = append(cl.texts, said.text)
	if said.plain != nil {
		if s.ID.Text != "" {
			x.r.Addf(s.ID.Pos, "%s makes no event that could be called %q: write the sentence without it", said.plain.Name, s.ID.Text)
		}
		for _, e := range said.edges {
			e.Subject = said.subject
			cl.Edges = append(cl.Edges, e)
		}
		return
	}
	id := s.ID
	switch {
	case id.Text == "" && said.what.Text != "":
		x.r.Addf(s.Text.Pos, "an event that begins with its kind needs an id before it, such as first-meeting: Meeting (…)")
		return
	case id.Text == "":
		if id, ok = x.called(said, cl, s.Text.Pos); !ok {
			return
		}
	}
	x.event(id, said)
	if !said.status && said.short.Status != "" && schema.Stance(cl.Stance.Text) != schema.Denies {
		x.settled(said)
		said.edges = append(said.edges, Edge{Relation: wordAt("status", s.Text.Pos), Object: Object{Word: wordAt(said.short.Status, s.Text.Pos)}})
	}
	for _, e := range said.edges {
		e.Subject = id
		cl.Edges = append(cl.Edges, e)
	}
}

// name is the id of an event that has none: its kind, and the two it is between.
func (x *expander) name(s *parsedSentence) string {
	parts := []string{schema.Folder(s.short.Kind.Name), s.subject.Text}
	if s.short.Object != nil && s.short.Object.Range != nil {
		parts = append(parts, s.edges[1].Object.Text)
	}
	return strings.Join(parts, "-")
}

// called returns the id of an event whose sentence has none. A denial, admission or
// confirmation is about the event that others stated, if there is one.
func (x *expander) called(s *parsedSentence, cl *Claim, pos strict.Pos) (strict.Word, bool) {
	id := wordAt(x.name(s), pos)
	if schema.Stance(cl.Stance.Text).Responds() {
		switch of := x.spokenOf(s); {
		case len(of) > 1:
			x.r.Addf(pos, "%s may speak of %s: write the id of one before it, such as %s: %s", cl.ID.Text, strings.Join(of, " or of "), of[0], "ann-lee paid …")
			return id, false
		case len(of) == 1:
			id.Text = of[0]
		}
	}
	return id, x.once(id, cl)
}

// spokenOf lists the events of the sentence's kind between the same two of which the
// claims speak that answer no other.
func (x *expander) spokenOf(s *parsedSentence) (ids []string) {
	between := s.edges[:1]
	if s.short.Object != nil {
		between = s.edges[:2]
	}
	has := map[string]map[Edge]bool{}
	for _, cl := range x.d.Claims {
		if schema.Stance(cl.Stance.Text).Responds() {
			continue
		}
		for _, e := range cl.Edges {
			if id := e.Subject.Text; x.kinds[id] == s.short.Kind {
				if has[id] == nil {
					has[id] = map[Edge]bool{}
				}
				has[id][bare(e)] = true
			}
		}
	}
	for id, edges := range has {
		if !slices.ContainsFunc(between, func(e Edge) bool { return !edges[bare(e)] }) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// bare returns the relation and the object of an edge, without positions.
func bare(e Edge) Edge {
	return Edge{Relation: wordAt(e.Relation.Text, strict.Pos{}), Object: Object{Word: wordAt(e.Object.Text, strict.Pos{})}}
}

// once notes where a claim makes an event twice, or two claims that answer no other
// seem to make one event: it may be two.
func (x *expander) once(id strict.Word, cl *Claim) bool {
	answers := schema.Stance(cl.Stance.Text).Responds()
	before, ok := x.made[id.Text]
	if !ok || answers && before.claim != cl.ID.Text {
		x.made[id.Text] = maker{cl.ID.Text, id.Pos}
		return true
	}
	x.r.Addf(id.Pos, "claim %q makes the same event in line %d: give both an id, one if they are one event, two if they are two, such as first: %s",
		before.claim, before.pos.Line, "ann-lee paid …")
	return false
}

// event declares an event unless the file does.
func (x *expander) event(id strict.Word, s *parsedSentence) {
	i := slices.IndexFunc(x.d.Entities, func(e Entity) bool { return e.ID.Text == id.Text })
	if i < 0 {
		x.kinds[id.Text] = s.short.Kind
		x.d.Entities = append(x.d.Entities, Entity{
			ID: id, Kind: wordAt(s.short.Kind.Name, id.Pos), Description: wordAt(s.text, id.Pos),
		})
		return
	}
	if s.what.Text != "" { // which is noted as the second declaration
		x.d.Entities = append(x.d.Entities, Entity{ID: id, Kind: wordAt(s.short.Kind.Name, id.Pos), Description: s.what})
		return
	}
	if k := x.o.Kind(x.d.Entities[i].Kind.Text); k != nil && !k.Within(s.short.Kind) {
		x.r.Addf(id.Pos, "%q is of kind %s, and %q makes a %s", id.Text, k.Name, s.short.Verb, s.short.Kind.Name)
	}
}

// settled refuses a lasting state that has ended before the source was published.
func (x *expander) settled(s *parsedSentence) {
	if s.short.Status != "ongoing" {
		return
	}
	for _, e := range s.edges {
		if e.Object.Date == nil || e.Relation.Text != "date" {
			continue
		}
		d, err := edtf.Parse(e.Object.Date.EDTF.Text)
		if last, closed := d.Latest(); err == nil && d.Precision() == "interval" && closed && last < x.d.Source.Date.Text {
			past := "write done behind it"
			for _, other := range s.short.Kind.Shorts {
				if other.Status == "done" && other.Subject == s.short.Subject && other.Object == s.short.Object {
					past = "write " + other.Verb + ", or done behind it"
				}
			}
			x.r.Addf(e.Object.Pos, "%s says that it lasts, and it ended by %s, before the source was published: %s", s.short.Verb, last, past)
		}
	}
}

// words is a sentence as people read it: names for ids, no hyphens in a verb.
func (x *expander) words(p *sentenceParser) string {
	var parts []string
	for i, t := range p.tokens {
		switch {
		case isDate(t.Text) && i > 2 && !t.quoted && !slices.Contains(schema.SentenceWords, p.tokens[i-1].Text):
			parts[len(parts)-1] += ","
			parts = append(parts, t.Text)
		case p.ids[i]:
			parts = append(parts, x.d.nameOf(t.Text, i > 0))
		case t.printed:
			parts = append(parts, "("+t.Text+")")
		case t.quoted:
			parts = append(parts, `"`+t.Text+`"`)
		case i == 1 || p.o.Relation(t.Text) != nil:
			parts = append(parts, strings.ReplaceAll(t.Text, "-", " "))
		default:
			parts = append(parts, t.Text)
		}
	}
	return strings.Join(parts, " ")
}

// nameOf returns the file's name for an entity; within a sentence an article is in lower
// case.
func (d *Document) nameOf(id string, within bool) string {
	d.indexEntities()
	i, ok := d.byID[id]
	if !ok {
		return id
	}
	e := d.Entities[i]
	name := cmp.Or(e.Name.Text, e.Description.Text, id)
	if e.Name.Text != "" {
		return name // its article is part of the name
	}
	for _, article := range []string{"The ", "A ", "An "} {
		if rest, ok := strings.CutPrefix(name, article); ok && within {
			return strings.ToLower(article) + rest
		}
	}
	return name
}

// indexEntities indexes the entities that were added since the last call: a table has many.
// Without new ones it changes nothing.
func (d *Document) indexEntities() {
	if d.looked == len(d.Entities) {
		return
	}
	if d.byID == nil {
		d.byID = map[string]int{}
	}
	for i := d.looked; i < len(d.Entities); i++ {
		if _, twice := d.byID[d.Entities[i].ID.Text]; !twice {
			d.byID[d.Entities[i].ID.Text] = i
		}
	}
	d.looked = len(d.Entities)
}

// speakers makes one claim per speaker of a claim. The first keeps the claim's id, the
// others append their own; a claim derived from it is derived from all of them.
func (x *expander) speakers() {
	if !slices.ContainsFunc(x.d.Claims, func(cl Claim) bool { return len(cl.AlsoBy) > 0 }) {
		return
	}
	all := map[string][]strict.Word{}
	var claims []Claim
	for _, cl := range x.d.Claims {
		also := cl.AlsoBy
		cl.AlsoBy = nil
		claims = append(claims, cl)
		for _, by := range also {
			one := cl
			one.ID, one.Speaker = wordAt(cl.ID.Text+"-"+by.Text, by.Pos), by
			one.Edges = slices.Clone(cl.Edges)
			claims = append(claims, one)
			all[cl.ID.Text] = append(all[cl.ID.Text], one.ID)
		}
	}
	for i := range claims {
		var from []strict.Word
		for _, w := range claims[i].DerivedFrom {
			from = append(append(from, w), all[w.Text]...)
		}
		claims[i].DerivedFrom = from
	}
	x.d.Claims = claims
}
