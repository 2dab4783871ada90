package propose

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/strict"
	"kg/internal/suggest"
)

// entity reads one. Only the store can fail.
func (r *answerReader) entity(number int, raw jsontext.Value) error {
	r.d.Entities++
	var e answeredEntity
	if err := json.Unmarshal(raw, &e, json.RejectUnknownMembers(true)); err != nil {
		_ = json.Unmarshal(raw, &e) // its id, if it has one
		r.bad[e.ID] = fmt.Sprintf("entity %d cannot be read: %s", number, unread(err))
		return nil
	}
	if first, twice := r.seen[e.ID]; twice && first != e {
		r.bad[e.ID] = "the answer declares it twice, and not alike"
		return nil
	}
	if r.seen == nil {
		r.seen = map[string]answeredEntity{}
	}
	r.seen[e.ID] = e
	if why := r.refused(&e); why != "" {
		r.bad[e.ID] = why
		return nil
	}
	t, err := r.thing(&e)
	r.things[e.ID] = t
	return err
}

// thing returns the file's entity for an entity of the answer: entities with one name are
// one in all answers.
func (r *answerReader) thing(e *answeredEntity) (t *draftThing, err error) {
	d := r.d
	if e.Name != "" {
		t, err = d.named(e.Kind, e.Name)
	} else {
		t = &draftThing{id: d.free(cmp.Or(fold.Slug(e.ID), e.Description)), kind: e.Kind, description: capital(e.Description)}
		d.things = append(d.things, t)
	}
	if t != nil && !t.asked {
		t.asked, t.asKind = true, e.Kind
	}
	return t, err
}

// capital returns a description with a capital, as files have it.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

const (
	longestName = 120 // code points of a name or a description
	longestWord = 400 // of anything else but a quote
	mostWords   = 7   // of the text in a row in a description, a value or a hedge
)

// refused is why an entity is none that a file may have.
func (r *answerReader) refused(e *answeredEntity) string {
	e.Name, e.Description = oneLine(e.Name), oneLine(e.Description)
	k := r.d.p.o.Kind(e.Kind)
	switch {
	case k == nil:
		return strict.Sprintf("unknown kind %q", e.Kind) + suggest.Kind(r.d.p.o, e.Kind)
	case k.Abstract || len(k.Codes) > 0 || k.Within(r.d.p.o.Kind("Record")):
		return fmt.Sprintf("no entity is of kind %s itself", k.Name)
	case utf8.RuneCountInString(e.Name) > longestName || utf8.RuneCountInString(e.Description) > longestName:
		return fmt.Sprintf("its name or description is longer than %d characters", longestName)
	case e.Name == document.Blank || e.Description == document.Blank:
		return "it is blank (" + document.Blank + ")"
	case unprintable(e.Name) || unprintable(e.Description):
		return "its name or description has characters that cannot be printed"
	case e.Name != "" && !r.d.hasName(e.Name):
		return strict.Sprintf("its name %q is not in the text", e.Name)
	case r.d.copies(e.Name):
		return fmt.Sprintf("its name has more than %d words of the text", mostWords)
	case e.Name != "":
		return ""
	case !strings.ContainsFunc(e.Description, letterOrDigit):
		return "it has neither a name nor a description"
	case k.Within(r.d.p.o.Kind("Event")):
		if r.d.copies(e.Description) {
			return fmt.Sprintf("its description has more than %d words of the text", mostWords)
		}
	case len(strings.Fields(e.Description)) > mostWords || !r.d.calls(e.Description):
		return strict.Sprintf("the text does not call anything %q", e.Description)
	}
	return ""
}

// hasName reports whether the text has a name, letter by letter, as words of its
// own; or is that of the publisher.
func (d *Drafting) hasName(name string) bool {
	t := d.byName[fold.Name(name)]
	return t != nil && t.id == d.p.Publisher || asWords(d.shown.words, name)
}

// calls is hasName for a description, whose article and capitals do not count.
func (d *Drafting) calls(description string) bool {
	low := strings.ToLower(description)
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(low, article); ok {
			low = rest
			break
		}
	}
	return asWords(d.folded, low)
}

// asWords reports whether words occur in a text as whole words.
func asWords(text, words string) bool {
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(words):])
		if !letterOrDigit(before) && !letterOrDigit(after) || !hasSpaces(words) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + size
	}
	return false
}

// hasSpaces reports whether words are of a script that puts spaces between them.
func hasSpaces(words string) bool {
	return !strings.ContainsFunc(words, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
	})
}

// copies reports whether a wording has a run of words of the text that is longer than
// a name or a few printed words: the words of a source are in no file.
func (d *Drafting) copies(wording string) bool {
	words := lowWords(wording)
	if len(words) <= mostWords {
		return false
	}
	if d.runs == nil {
		d.runs = map[string]bool{}
		for of := lowWords(d.shown.words); len(of) > mostWords; of = of[1:] {
			d.runs[strings.Join(of[:mostWords+1], " ")] = true
		}
	}
	for ; len(words) > mostWords; words = words[1:] {
		if d.runs[strings.Join(words[:mostWords+1], " ")] {
			return true
		}
	}
	return false
}

// lowWords returns the words of a text in lower case, without what separates them.
func lowWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !letterOrDigit(r) })
}

func unprintable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) || r == '\uFFFD' })
}

func letterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
