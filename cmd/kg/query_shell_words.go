package main

import (
	"context"
	"regexp"
	"strings"

	"github.com/reeflective/readline"

	"kg/graph"
	"kg/queries"
)

// shellCompleter completes queries: methods after a full stop, predicates and entities
// within quotes, functions elsewhere.
type shellCompleter struct {
	ask func(question func(*graph.View) error) error
	set queries.Set
}

// mostListed is the maximum number of entities in a list of completions.
const mostListed = 60

var (
	openQuote  = regexp.MustCompile(`(?:^|[^\\"'])["']([^"']*)$`)
	afterStop  = regexp.MustCompile(`(\bg|\bgraph)?\.\s*(\w*)$`)
	lastWord   = regexp.MustCompile(`(\w*)$`)
	evenQuotes = regexp.MustCompile(`"[^"]*"|'[^']*'`)
)

func (c *shellCompleter) complete(line []rune, cursor int) readline.Completions {
	words, descriptions, typed := c.candidates(string(line[:cursor]))
	var list []string
	for i, word := range words {
		list = append(list, word, descriptions[i])
	}
	done := readline.CompleteValuesDescribed(list...).NoSpace('*')
	done.PREFIX = typed
	return done
}

// beginning matches the first word of a line while it is typed.
var beginning = regexp.MustCompile(`^\s*(\\?[\w-]*)$`)

// saved returns the questions and commands that a line may begin with, or the parameters
// of its question.
func (c *shellCompleter) saved(text string) (words, descriptions []string, typed string, ok bool) {
	add := func(word, description string) {
		if strings.HasPrefix(word, typed) {
			words, descriptions = append(words, word), append(descriptions, description)
		}
	}
	if m := beginning.FindStringSubmatch(text); m != nil {
		typed = m[1]
		for _, name := range c.set.Names() {
			add(name, c.set[name].Question)
		}
		for _, command := range shellCommands {
			add(command.name, command.does)
		}
		return words, descriptions, typed, typed != "" && len(words) > 0
	}
	before := strings.Fields(text)
	if len(before) == 0 || c.set[before[0]] == nil || strings.ContainsAny(text, `"'(.`) {
		return nil, nil, "", false
	}
	typed = lastParam.FindString(text)
	for _, p := range c.set[before[0]].Params {
		add(p.Name+"=", p.Meaning)
	}
	return words, descriptions, typed, true
}

var lastParam = regexp.MustCompile(`\S*$`)

// candidates returns the completions of the last word of text, with descriptions.
func (c *shellCompleter) candidates(text string) (words, descriptions []string, typed string) {
	if words, descriptions, typed, ok := c.saved(text); ok {
		return words, descriptions, typed
	}
	if m := openQuote.FindStringSubmatch(evenQuotes.ReplaceAllString(text, "")); m != nil {
		return c.quoted(m[1])
	}
	object := ""
	typed = lastWord.FindString(text)
	if m := afterStop.FindStringSubmatch(text); m != nil {
		object, typed = "path", m[2]
		if m[1] != "" {
			object = "graph"
		}
	}
	for _, m := range graph.Methods() {
		if m.Object == object && strings.HasPrefix(m.Name, typed) {
			words = append(words, m.Name)
			descriptions = append(descriptions, m.Signature+" "+m.Doc)
		}
	}
	return words, descriptions, typed
}

// quoted returns the nodes that match the typed words, by their short forms.
func (c *shellCompleter) quoted(typed string) (words, descriptions []string, _ string) {
	err := c.ask(func(v *graph.View) error {
		words, descriptions = nil, nil
		found, _, err := v.FindAll(context.Background(), typed, graph.FindOptions{Terms: true, Limit: mostListed})
		for _, f := range found {
			words = append(words, v.Base.Short(f.IRI))
			descriptions = append(descriptions, strings.TrimPrefix(f.Kind+", "+f.Name, ", "))
		}
		return err
	})
	if err != nil {
		return nil, nil, typed
	}
	return words, descriptions, typed
}

// tokensOfGizmo matches the tokens that are coloured: texts, comments, numbers, and
// called functions.
var tokensOfGizmo = regexp.MustCompile(`("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(//[^\n]*)|\b(\d+)\b|\b([A-Za-z_]\w*)\(`)

// highlight colours Gizmo for a terminal.
func highlight(text string) string {
	var b strings.Builder
	end := 0
	for _, m := range tokensOfGizmo.FindAllStringSubmatchIndex(text, -1) {
		for group, colour := range []string{"\x1b[32m", "\x1b[2m", "\x1b[36m", "\x1b[34m"} {
			if from, to := m[2+2*group], m[3+2*group]; from >= 0 {
				b.WriteString(text[end:from] + colour + text[from:to] + "\x1b[0m")
				end = to
			}
		}
	}
	return b.String() + text[end:]
}
