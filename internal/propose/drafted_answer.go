package propose

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"kg/internal/sourcetext"
	"kg/internal/strict"
)

// modelAnswer is the answer of a model, in the form that instructed asks for.
type (
	modelAnswer struct {
		Entities []jsontext.Value `json:"entities"`
		Claims   []jsontext.Value `json:"claims"`
	}
	answeredEntity struct {
		ID          string `json:"id"`
		Kind        string `json:"kind"`
		Name        string `json:"name"`
		Description string `json:"description"`
	}
	answeredClaim struct {
		Paragraph int            `json:"paragraph"`
		Quote     string         `json:"quote"`
		Speakers  []string       `json:"speakers"`
		Via       []string       `json:"via"`
		Stance    string         `json:"stance"`
		Hedge     string         `json:"hedge"`
		Edges     []answeredEdge `json:"edges"`
	}
	answeredEdge struct {
		Subject  string `json:"subject"`
		Relation string `json:"relation"`
		Object   string `json:"object"`
	}
)

// draftThing is an entity of the file.
type draftThing struct {
	id, kind, name string // as the file has them
	description    string
	called         string // its name in the text
	asKind         string // its kind in the answer
	known          bool   // in the store
	asked          bool   // of an answer
	used           bool   // by an accepted claim
}

// draft is a claim of an answer, with the ids of the file.
type draft struct {
	part, number  int
	quote         string
	at            sourcetext.Span
	speakers, via []string
	stance, hedge string
	by            string
	edges         []draftEdge
	uses          []*draftThing
	texts         []string // objects that are words of the model's
	why           string   // it was dropped
}

// draftEdge is an edge, or a sentence: its relation is a verb then.
type draftEdge struct {
	subject, relation, object string
	verb                      bool
	details                   string // of a sentence, behind its object
}

// sentence is the edge in a line.
func (e draftEdge) sentence() string {
	return strings.Join(strings.Fields(strings.Join([]string{e.subject, e.relation, e.object, e.details}, " ")), " ")
}

// readAnswer reads one JSON object, alone or in one code fence; a model's reasoning
// before it is removed. Prose around it, an unknown field, or a duplicate name is an
// error.
func readAnswer(content []byte) (*modelAnswer, error) {
	b := withoutThoughts(bytes.TrimSpace(content))
	if rest, ok := bytes.CutPrefix(b, []byte("```")); ok {
		first, inside, _ := bytes.Cut(rest, []byte("\n"))
		inside, closed := bytes.CutSuffix(bytes.TrimSpace(inside), []byte("```"))
		if lang := string(bytes.TrimSpace(first)); closed && (lang == "" || lang == "json") {
			b = bytes.TrimSpace(inside)
		}
	}
	switch {
	case len(b) == 0:
		return nil, errors.New("it is empty")
	case b[0] != '{':
		return nil, strict.Errorf("it is no JSON object: it begins with %q", string(b))
	}
	a := &modelAnswer{}
	if err := json.Unmarshal(b, a, json.RejectUnknownMembers(true)); err != nil {
		return nil, errors.New(unread(err))
	}
	if a.Claims == nil {
		return nil, errors.New("it has no claims field")
	}
	return a, nil
}

// withoutThoughts removes a model's reasoning before its answer. The opening tag may be
// in the server's template, and not in the answer.
func withoutThoughts(b []byte) []byte {
	if !bytes.HasPrefix(b, []byte("{")) && !bytes.HasPrefix(b, []byte("```")) {
		if _, rest, ok := bytes.Cut(b, []byte("</think>")); ok {
			return bytes.TrimSpace(rest)
		}
	}
	return b
}

// unread is why an answer, or an entity or a claim of it, cannot be read: in the words of
// what was asked for, and not in those of Go, which differ from one run to the next.
func unread(err error) string {
	var syntax *jsontext.SyntacticError
	var meaning *json.SemanticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax):
		return strict.Sprintf("it has %q twice", syntax.JSONPointer.LastToken())
	case errors.As(err, &syntax):
		return fmt.Sprintf("at byte %d it is no JSON any more", syntax.ByteOffset+1)
	case errors.Is(err, json.ErrUnknownName) && errors.As(err, &meaning):
		return strict.Sprintf("it has an unknown field %q", meaning.JSONPointer.LastToken())
	case errors.As(err, &meaning) && meaning.JSONPointer != "":
		return strict.Sprintf("its field %q is not of the form that was asked for", strings.TrimPrefix(string(meaning.JSONPointer), "/"))
	case errors.As(err, &meaning):
		return "it is no JSON object"
	}
	return "it is broken off, or no JSON"
}

// Answer takes what a model answers to the question of a part, drafted by what by
// says. An answer that cannot be read is an error, and nothing of it is taken. What is
// wrong with a claim is in Dropped, and ends nothing.
func (d *Drafting) Answer(part int, content []byte, by string) error {
	a, err := readAnswer(content)
	if err != nil {
		return err
	}
	r := &answerReader{d: d, part: part + 1, things: map[string]*draftThing{}, bad: map[string]string{}}
	for i, raw := range a.Entities {
		if err := r.entity(i+1, raw); err != nil {
			return err
		}
	}
	d.Proposed += len(a.Claims)
	for i, raw := range a.Claims {
		c := &draft{part: r.part, number: i + 1, by: oneLine(by)}
		r.claim(c, raw)
		d.claims = append(d.claims, c)
	}
	return nil
}

// answerReader reads the answer of a part. Its ids are those of the answer.
type answerReader struct {
	d      *Drafting
	part   int
	things map[string]*draftThing
	bad    map[string]string // ids without an entity, and why
	seen   map[string]answeredEntity
}

// find returns the entity of an id of the answer.
func (r *answerReader) find(id string) (*draftThing, string) {
	if why := r.bad[id]; why != "" {
		return nil, strict.Sprintf("entity %q: ", id) + why
	}
	if t := r.things[id]; t != nil {
		return t, ""
	}
	for i, t := range r.d.things {
		if t.asked && id == knownAs(i) {
			return t, ""
		}
	}
	return nil, strict.Sprintf("no entity of the answer is called %q%s", id, strict.DidYouMean(id, slices.Sorted(maps.Keys(r.things))))
}
