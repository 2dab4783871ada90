package queries

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kg/internal/strict"
)

var (
	namePattern  = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	paramPattern = regexp.MustCompile(`^\{([A-Za-z][A-Za-z0-9]*)\}\s+\[([^\]=]+)(?:=([^\]]*))?\]\s+-\s+(\S.*)$`)
	identifier   = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	inBraces     = regexp.MustCompile(`\{([^{}]*)\}`)
	columnName   = regexp.MustCompile(`^[a-z][a-z0-9 -]*$`)
)

// reserved are the words that cannot be JavaScript variables, and the two that
// a session needs.
var reserved = strings.Fields(`await break case catch class const continue debugger default delete do else enum
	export extends false finally for function g graph if implements import in instanceof interface let new null
	package private protected public return static super switch this throw true try typeof undefined var void
	while with yield`)

// verbs are what kg query does itself.
var verbs = []string{"show", "test", "help"}

// Parse reads a query with its header. file is the name in errors, which carry
// the line. A query that is not saved has no name, and its examples may be
// those of any.
func Parse(name, file, text string) (*Query, error) {
	r := strict.NewReport("query", file)
	q := &Query{Name: name, Text: text}
	if name != "" && !namePattern.MatchString(name) || slices.Contains(verbs, name) {
		r.Addf(strict.Pos{}, "a query cannot be called %q: lower-case words with hyphens, but not %s", name, strings.Join(verbs, ", "))
	}
	switch {
	case !utf8.ValidString(text):
		r.Addf(strict.Pos{}, "the file is not valid UTF-8")
	case strings.TrimSpace(text) == "":
		r.Addf(strict.Pos{}, "the file is empty")
		return nil, r.Err()
	}
	p := &headerParser{q: q, r: r}
	head, ok := header(text)
	if !ok {
		r.Addf(strict.Pos{Line: 1, Column: 1}, "a saved query begins with a comment /** … */ that says what it asks and gives its @columns")
		return nil, r.Err()
	}
	for i, line := range strings.Split(head, "\n") {
		p.line(i+1, line)
	}
	p.finish()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return q, nil
}

// header is the text up to the end of its first comment.
func header(text string) (string, bool) {
	if !strings.HasPrefix(text, "/**") {
		return "", false
	}
	head, _, ok := strings.Cut(text[len("/**"):], "*/")
	return head, ok
}

type headerParser struct {
	q       *Query
	r       *strict.Report
	tagged  bool // after the first tag
	example bool // after an @example
}

func (p *headerParser) line(n int, line string) {
	pos := strict.Pos{Line: n, Column: 1}
	line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "*"))
	switch {
	case line == "":
	case strings.HasPrefix(line, "@"):
		p.tagged = true
		tag, rest, _ := strings.Cut(line, " ")
		p.tag(pos, tag, strings.TrimSpace(rest))
	case strings.HasPrefix(line, "|") && p.example:
		p.row(pos, line)
	case !p.tagged:
		p.q.Question = strings.TrimSpace(p.q.Question + " " + line)
	default:
		p.r.Addf(pos, "expected a tag such as @columns, or after an @example a row | such as | this |, found %q", line)
	}
}

func (p *headerParser) tag(pos strict.Pos, tag, rest string) {
	p.example = tag == "@example"
	switch tag {
	case "@param":
		p.param(pos, rest)
	case "@columns":
		for _, c := range strings.Split(rest, ",") {
			p.q.Columns = append(p.q.Columns, strings.TrimSpace(c))
		}
	case "@count":
		if f := strings.Fields(rest); len(f) == 2 {
			p.q.Counted, p.q.Count = f[0], f[1]
		} else {
			p.r.Addf(pos, "@count takes a tag and the name of a column")
		}
	case "@denied":
		p.q.Denied = true
	case "@none":
		p.none(pos, rest)
	case "@example":
		p.call(pos, rest)
	default:
		known := []string{"@param", "@columns", "@count", "@denied", "@none", "@example"}
		p.r.Addf(pos, "unknown tag %s%s", strict.Brief(tag), strict.DidYouMean(tag, known))
	}
}

// none reads what having no answer means.
func (p *headerParser) none(pos strict.Pos, rest string) {
	if rest == "" || p.q.None != "" {
		p.r.Addf(pos, "@none takes words that say what having no answer means, once")
	}
	p.q.None = rest
	for _, m := range inBraces.FindAllStringSubmatch(rest, -1) {
		if !slices.ContainsFunc(p.q.Params, func(param Param) bool { return param.Name == m[1] }) {
			p.r.Addf(pos, "@none names {%s}, and no parameter above it is called so", strict.Brief(m[1]))
		}
	}
}

// call reads an example: kg query NAME name="some value".
func (p *headerParser) call(pos strict.Pos, rest string) {
	args, ok := strings.CutPrefix(rest, "kg query ")
	words, closed := shellWords(args)
	if !ok || !closed || len(words) == 0 || p.q.Name != "" && words[0] != p.q.Name {
		p.r.Addf(pos, "an example is a call such as: kg query %s name=\"some value\"", cmp.Or(p.q.Name, "NAME"))
		words = []string{""}
	}
	p.q.Examples = append(p.q.Examples, Example{Args: words[1:]})
}

func (p *headerParser) param(pos strict.Pos, rest string) {
	m := paramPattern.FindStringSubmatch(rest)
	if m == nil {
		p.r.Addf(pos, "a parameter is written @param {Kind} [name=default] - its meaning")
		return
	}
	param := Param{Type: m[1], Name: strings.TrimSpace(m[2]), Default: m[3], Meaning: m[4]}
	switch {
	case !identifier.MatchString(param.Name) || slices.Contains(reserved, param.Name):
		p.r.Addf(pos, "%q cannot be a JavaScript variable: take another name", param.Name)
	case slices.ContainsFunc(p.q.Params, func(other Param) bool { return other.Name == param.Name }):
		p.r.Addf(pos, "parameter %s stands twice", strict.Brief(param.Name))
	}
	p.q.Params = append(p.q.Params, param)
}

func (p *headerParser) row(pos strict.Pos, line string) {
	cells, err := readRow(line)
	if err != nil {
		p.r.Addf(pos, "%v", err)
		return
	}
	e := &p.q.Examples[len(p.q.Examples)-1]
	e.Rows = append(e.Rows, cells)
}

// finish checks what only the whole header shows.
func (p *headerParser) finish() {
	q := p.q
	if q.Question == "" {
		p.r.Addf(strict.Pos{Line: 1, Column: 1}, "the header needs the question in words")
	}
	if len(q.Columns) == 0 {
		p.r.Addf(strict.Pos{Line: 1, Column: 1}, "the header needs @columns")
	}
	for i, c := range q.Columns {
		if !columnName.MatchString(c) || slices.Contains(q.Columns[:i], c) {
			p.r.Addf(strict.Pos{Line: 1, Column: 1}, "column %q is doubled, or no word", c)
		}
	}
	for _, e := range q.Examples {
		for _, row := range e.Rows {
			if want := len(q.headings()); len(row) != want {
				p.r.Addf(strict.Pos{Line: 1, Column: 1}, "an expected row has %d cells, and the columns are %d: %s", len(row), want, strict.Brief(strings.Join(q.headings(), ", ")))
			}
		}
	}
}

// shellWords splits a call as a shell would, as far as double quotes go.
func shellWords(s string) (words []string, closed bool) {
	var word strings.Builder
	quoted, started := false, false
	for _, r := range s {
		switch {
		case r == '"':
			quoted, started = !quoted, true
		case r == ' ' && !quoted:
			if started {
				words = append(words, word.String())
			}
			word.Reset()
			started = false
		default:
			word.WriteRune(r)
			started = true
		}
	}
	if started {
		words = append(words, word.String())
	}
	return words, !quoted
}
