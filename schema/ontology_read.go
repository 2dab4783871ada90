package schema

import (
	"embed"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

//go:embed kinds/*.yaml
var embedded embed.FS

// Names of kinds are words with capitals, names of relations and codes words
// with hyphens; both are part of IRIs.
var kindPattern = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

// ReadOntology reads the embedded kinds and those of the folders in more, one
// YAML file a kind, and lints the whole. All mistakes of all files come back
// joined, each with its place.
func ReadOntology(more ...fs.FS) (*Ontology, error) {
	base, err := fs.Sub(embedded, "kinds")
	if err != nil {
		return nil, err
	}
	b := &builder{
		o:       &Ontology{kinds: map[string]*Kind{}, relations: map[string]*Relation{}, verbs: map[string]*Short{}},
		parents: map[*Kind]strict.Word{},
		ranges:  map[*Relation]strict.Word{},
		inverse: map[*Relation]strict.Word{},
		reports: map[string]*strict.Report{},
		iris:    map[quad.IRI]string{},
	}
	for _, folder := range append([]fs.FS{base}, more...) {
		if err := b.readFolder(folder); err != nil {
			return nil, err
		}
	}
	for _, a := range b.added {
		b.add(a)
	}
	b.link()
	if err := b.err(); err != nil {
		return nil, err
	}
	return b.o, nil
}

// builder holds what the files say until all names are known.
type builder struct {
	o       *Ontology
	parents map[*Kind]strict.Word
	ranges  map[*Relation]strict.Word
	inverse map[*Relation]strict.Word
	added   []addition // to kinds that may be read later
	shared  []sharing
	shorts  []pattern
	files   []string
	reports map[string]*strict.Report
	iris    map[quad.IRI]string // what each IRI stands for
}

func (b *builder) err() error {
	var errs []error
	for _, f := range b.files {
		errs = append(errs, b.reports[f].Err())
	}
	return errors.Join(errs...)
}

func (b *builder) readFolder(folder fs.FS) error {
	files, err := strict.ReadFolder("kinds", folder, ".yaml")
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Err != nil {
			return f.Err
		}
		b.readFile(f.Path, f.Data)
	}
	return nil
}

func (b *builder) readFile(name string, data []byte) {
	for b.reports[name] != nil { // a user's file of the same name as one of ours
		name = "./" + name
	}
	r := strict.NewReport("kind", name)
	b.files = append(b.files, name)
	b.reports[name] = r
	n := strict.Parse(data, r)
	if n.Has("extends") {
		b.added = append(b.added, addition{n.Fields("what extends a kind", "extends", "synonyms", "shares", "short", "relations"), r, name})
		return
	}
	f := n.Fields("a kind", "kind", "is", "parent", "iri", "abstract", "codes", "synonyms", "shares", "short", "relations")
	w := f["kind"].Word("kind")
	switch {
	case w.Text == "":
		r.Addf(w.Pos, "a kind needs a name: kind: Company")
		return
	case !kindPattern.MatchString(w.Text):
		r.Addf(w.Pos, "kind %q must be a word such as JointVenture", w.Text)
		return
	case b.o.kinds[w.Text] != nil:
		r.Addf(w.Pos, "kind %q is already defined in %s: a file that gives it more says extends: %s", w.Text, b.o.kinds[w.Text].file, w.Text)
		return
	}
	k := &Kind{Name: w.Text, Is: f["is"].Word("is").Text, Abstract: f["abstract"].Bool("abstract"), pos: w.Pos, file: name, folder: Folder(w.Text)}
	if k.Is == "" {
		r.Addf(w.Pos, "kind %q needs a sentence that says what it is", k.Name)
	}
	if want := k.folder + ".yaml"; filepath.Base(name) != want {
		r.Addf(w.Pos, "kind %q belongs in a file named %s", k.Name, want)
	}
	k.IRI = b.iri(r, f["iri"], k.Name, w.Pos)
	b.o.kinds[k.Name] = k
	if f["parent"].Present() {
		b.parents[k] = f["parent"].Word("parent")
	}
	for key, is := range f["codes"].Pairs("codes") {
		b.readCode(r, k, key, is)
	}
	b.readMore(r, k, name, f)
}

func (b *builder) readCode(r *strict.Report, k *Kind, key strict.Word, is strict.Node) {
	if !IsSlug(key.Text) {
		r.Addf(key.Pos, "code %q must be lower-case words with hyphens", key.Text)
		return
	}
	c := Code{Name: key.Text, Is: is.Word("code").Text}
	c.IRI = b.iri(r, strict.Node{}, c.Name, key.Pos)
	k.Codes = append(k.Codes, c)
}

func (b *builder) readRelation(r *strict.Report, k *Kind, file string, key strict.Word, node strict.Node) {
	f := node.Fields("relation "+strict.Brief(key.Text), "is", "range", "inverse", "iri", "required", "belongs", "synonyms")
	switch {
	case !IsSlug(key.Text):
		r.Addf(key.Pos, "relation %q must be lower-case words with hyphens", key.Text)
		return
	case b.o.relations[key.Text] != nil:
		r.Addf(key.Pos, "relation %q is already defined by kind %s: define it once, at their common parent, or share it (shares: [%s])",
			key.Text, b.o.relations[key.Text].Kinds[0].Name, key.Text)
		return
	case key.Text == Is:
		r.Addf(key.Pos, "%q declares an entity among its edges: give the relation another name", key.Text)
		return
	}
	rel := &Relation{Name: key.Text, Is: f["is"].Word("is").Text, Kinds: []*Kind{k}, IRI: b.iri(r, f["iri"], key.Text, key.Pos), file: file}
	rel.Synonyms = synonyms(f["synonyms"])
	if rel.Is == "" {
		r.Addf(key.Pos, "relation %q needs a sentence that says what it is", rel.Name)
	}
	b.ranges[rel] = f["range"].Word("range")
	if b.ranges[rel].Text == "" {
		r.Addf(key.Pos, "relation %q needs a range: a kind, or %s", rel.Name, literalNames)
	}
	rel.Belongs = f["belongs"].Bool("belongs")
	if f["inverse"].Present() {
		b.inverse[rel] = f["inverse"].Word("inverse")
	}
	b.o.relations[rel.Name] = rel
	if f["required"].Bool("required") {
		k.Required = append(k.Required, rel)
	}
}

// iri is the term a kind, relation or code reuses, or one of our own. No IRI
// may stand for two of them.
func (b *builder) iri(r *strict.Report, n strict.Node, name string, pos strict.Pos) quad.IRI {
	iri := term("kgo:" + name)
	if n.Present() {
		w := n.Word("iri")
		pos = w.Pos
		expanded, err := Base(DefaultBase).Expand(w.Text)
		if err != nil {
			r.Addf(w.Pos, "iri: %v", err)
			return iri
		}
		iri = expanded
	}
	if other, ok := b.iris[iri]; ok {
		r.Addf(pos, "%s and %s have the same IRI %s", name, other, Base(DefaultBase).Short(iri))
	}
	b.iris[iri] = name
	return iri
}

// link resolves the names of parents and ranges, and looks for cycles.
func (b *builder) link() {
	kinds := slices.Collect(maps.Keys(b.o.kinds))
	for k, w := range b.parents {
		if k.Parent = b.o.kinds[w.Text]; k.Parent == nil {
			b.reports[k.file].Addf(w.Pos, "unknown parent %q%s", w.Text, strict.DidYouMean(w.Text, kinds))
		}
	}
	for rel, w := range b.ranges {
		if _, ok := literals[w.Text]; ok {
			rel.Literal = w.Text
		} else if rel.Range = b.o.kinds[w.Text]; rel.Range == nil && w.Text != "" {
			known := slices.AppendSeq(slices.Clone(kinds), maps.Keys(literals))
			b.reports[rel.file].Addf(w.Pos, "unknown range %q%s", w.Text, strict.DidYouMean(w.Text, known))
		}
	}
	b.inverses()
	cycles := false
	for _, k := range b.o.Kinds() {
		if cycle := k.cycle(); cycle != "" {
			b.reports[k.file].Addf(b.parents[k].Pos, "kind %s is its own ancestor: %s", k.Name, cycle)
			cycles = true
		}
	}
	if !cycles { // in which nobody has a nearest ancestor
		b.share()
		b.readShorts()
	}
}

// inverses gives each relation between entities the words that read it from
// its object to its subject. A kind file may leave them out.
func (b *builder) inverses() {
	for _, rel := range b.o.relations {
		w, given := b.inverse[rel]
		switch r := b.reports[rel.file]; {
		case given && rel.Literal != "":
			r.Addf(w.Pos, "relation %q leads to a literal and is not read backwards: leave its inverse out", rel.Name)
		case given && (strings.TrimRight(w.Text, ".:;,") != w.Text || unicode.IsUpper([]rune(w.Text + " ")[0])):
			r.Addf(w.Pos, "inverse %q must be words that go between two names, such as: is governed by", w.Text)
		case given:
			rel.Inverse = w.Text
		case rel.Literal == "":
			rel.Inverse = InverseOf(strings.ReplaceAll(rel.Name, "-", " "))
		}
	}
}

// InverseOf reads a relation from its object to its subject when its kind file
// has no words for that: port is "is port of".
func InverseOf(words string) string { return "is " + words + " of" }

// cycle names the way from k up to k again, or is empty. A kind that only
// leads into a cycle of others is not at fault.
func (k *Kind) cycle() string {
	way, seen := []string{k.Name}, map[*Kind]bool{}
	for p := k.Parent; p != nil && !seen[p]; p = p.Parent {
		way = append(way, p.Name)
		if p == k {
			return strings.Join(way, " > ")
		}
		seen[p] = true
	}
	return ""
}
