package claimsfile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kg/internal/strict"
	"kg/schema"
)

// decided is an entry of a decisions file: a decision about two entities.
type decided struct {
	Verdict     schema.Verdict
	One, Other  strict.Word
	Because, By strict.Word
	At          strict.Word // RFC 3339, UTC
	pos         strict.Pos
	comments    []string // that stand above it
}

// DecisionsFile are the entries of a decisions file.
type DecisionsFile struct {
	Name string
	Base string // under which its short forms are; empty for the user's
	list []decided
	last []string // comments behind all
}

// IsDecisions reports whether a YAML file says it is a decisions file: its first key is
// base or decisions, and it has that one.
func IsDecisions(file []byte) bool {
	for line := range bytes.Lines(file) {
		if bytes.HasPrefix(line, []byte("decisions:")) {
			return true
		}
		if text := bytes.TrimSpace(line); len(text) > 0 && text[0] != '#' && !bytes.HasPrefix(line, []byte("base:")) {
			return false
		}
	}
	return false
}

// ReadDecisions reads a decisions file: strictly, reporting all mistakes at once with
// their positions.
//
//	decisions:
//	  - same: [kg:person/a, kg:source/list/person/b]
//	    because: "one passport number"
//	    by: "Ann Lee"
//	    at: 2026-05-04T03:02:01Z
//
// different and undecided stand where same does.
func ReadDecisions(name string, file []byte) (*DecisionsFile, error) {
	r := strict.NewReport("decisions", name)
	root := strict.Parse(file, r)
	m := &DecisionsFile{Name: name}
	fields := root.Fields("the file", "base", "decisions")
	m.Base = fields["base"].Word("base").Text
	if r.Err() == nil && !fields["decisions"].Present() {
		r.Addf(root.Pos(), "there are no decisions")
	}
	if r.Err() != nil {
		return nil, r.Err()
	}
	c := readComments(string(file), root)
	seen := map[[2]string]strict.Pos{}
	for _, item := range decisionsOf(fields["decisions"]) {
		one := readMatch(item, r)
		one.comments = c.above[item.Pos().Line]
		delete(c.above, item.Pos().Line)
		pair := [2]string{min(one.One.Text, one.Other.Text), max(one.One.Text, one.Other.Text)}
		if first, twice := seen[pair]; twice && one.One.Text != "" {
			r.Addf(one.pos, "these two are decided on twice (first in line %d): leave one", first.Line)
		}
		seen[pair] = one.pos
		m.list = append(m.list, one)
	}
	m.refuseComments(c, r)
	return m, r.Err()
}

// refuseComments notes the comments that writing the file would lose.
func (m *DecisionsFile) refuseComments(c *comments, r *strict.Report) {
	m.last = c.last
	for line, text := range c.behind {
		if text != "" {
			r.Addf(strict.Pos{Line: line, Column: 1}, "a comment behind a value cannot be kept: write it above the decision")
		}
	}
	for line, list := range c.above {
		switch has := slices.ContainsFunc(list, func(s string) bool { return s != "" }); {
		case has && line <= 3 && len(m.list) > 0: // above the key
			m.list[0].comments = append(list, m.list[0].comments...)
		case has:
			r.Addf(strict.Pos{Line: line, Column: 1}, "a comment within a decision cannot be kept: write it above")
		}
	}
}

// decisionsOf are the items of the list, which may be empty: all is undone.
func decisionsOf(list strict.Node) []strict.Node {
	if list.IsList() && list.Empty() {
		return nil
	}
	return list.Items("decisions")
}

func readMatch(item strict.Node, r *strict.Report) decided {
	m := decided{pos: item.Pos()}
	fields := item.Fields("a decision", "same", "different", "undecided", "because", "by", "at")
	for _, v := range schema.Verdicts {
		node, there := fields[string(v)]
		switch {
		case !there:
			continue
		case m.Verdict != "":
			r.Addf(node.Pos(), "a decision is one of same, different and undecided, not two")
			continue
		}
		m.Verdict = v
		words := node.Words(string(v))
		if len(words) != 2 {
			r.Addf(node.Pos(), "%s takes two ids, such as [kg:person/a, kg:person/b], not %d", v, len(words))
			continue
		}
		m.One, m.Other = words[0], words[1]
	}
	if m.Verdict == "" && item.IsMapping() {
		r.Addf(m.pos, "the decision is missing: same, different or undecided, with two ids")
	}
	for name, to := range map[string]*strict.Word{"because": &m.Because, "by": &m.By, "at": &m.At} {
		if *to = fields[name].Word(name); strings.TrimSpace(to.Text) == "" && item.IsMapping() {
			r.Addf(cmp.Or(to.Pos, m.pos), "%s is missing", name)
		}
	}
	return m
}

// Decisions are the entries as decisions, by the base of the file or else the user's.
func (m *DecisionsFile) Decisions(base schema.Base) ([]*schema.Decision, error) {
	r := strict.NewReport("decisions", m.Name)
	own := base
	if m.Base != "" {
		var err error
		if own, err = schema.ParseBase(m.Base); err != nil {
			r.Addf(strict.Pos{Line: 1}, "%v", err)
			return nil, r.Err()
		}
	}
	var list []*schema.Decision
	for _, one := range m.list {
		a, err1 := own.Expand(one.One.Text)
		b, err2 := own.Expand(one.Other.Text)
		at, err3 := time.Parse(time.RFC3339Nano, one.At.Text)
		if err3 != nil {
			err3 = fmt.Errorf("at is a time such as 2026-05-04T03:02:01Z, not %q", strict.Brief(one.At.Text))
		}
		bad := false
		for _, e := range []struct {
			pos strict.Pos
			err error
		}{{one.One.Pos, err1}, {one.Other.Pos, err2}, {one.At.Pos, err3}} {
			if e.err != nil {
				r.Addf(e.pos, "%v", e.err)
				bad = true
			}
		}
		if bad {
			continue
		}
		d, err := base.NewMatch(one.Verdict, a, b, one.Because.Text, one.By.Text, at)
		if err != nil {
			r.Addf(one.pos, "%v", err)
			continue
		}
		list = append(list, d)
	}
	return list, r.Err()
}

// Set replaces the decision on the same two ids by d; a nil d removes it.
func (m *DecisionsFile) Set(base schema.Base, a, b string, d *schema.Decision) {
	same := func(one decided) bool {
		x, err1 := base.Expand(one.One.Text)
		y, err2 := base.Expand(one.Other.Text)
		return err1 == nil && err2 == nil && min(string(x), string(y)) == min(a, b) && max(string(x), string(y)) == max(a, b)
	}
	var kept []string
	m.list = slices.DeleteFunc(m.list, func(one decided) bool {
		if same(one) {
			kept = append(kept, one.comments...)
			return true
		}
		return false
	})
	if d != nil {
		w := func(text string) strict.Word { return strict.Word{Text: text} }
		m.list = append(m.list, decided{
			Verdict: d.Verdict, One: w(base.Short(d.On)), Other: w(base.Short(d.With)), Because: w(d.Reason), By: w(d.By),
			At: w(d.At.Format(time.RFC3339Nano)), comments: kept,
		})
	}
}

// Format lays the file out: by the two ids, a decision in four lines. Without
// decisions it is an empty list.
func (m *DecisionsFile) Format() []byte {
	var b strings.Builder
	if m.Base != "" {
		fmt.Fprintf(&b, "base: %s\n\n", m.Base)
	}
	if len(m.list) == 0 {
		b.WriteString("decisions: []\n")
	} else {
		b.WriteString("decisions:\n")
	}
	list := slices.Clone(m.list)
	for i := range list {
		if one := &list[i]; one.Other.Text < one.One.Text {
			one.One, one.Other = one.Other, one.One
		}
	}
	slices.SortStableFunc(list, func(x, y decided) int {
		return cmp.Or(cmp.Compare(x.One.Text, y.One.Text), cmp.Compare(x.Other.Text, y.Other.Text))
	})
	for _, one := range list {
		for _, c := range one.comments {
			if c != "" {
				b.WriteString("  " + c + "\n")
			}
		}
		fmt.Fprintf(&b, "  - %s: [%s, %s]\n    because: %s\n    by: %s\n    at: %s\n",
			one.Verdict, id(one.One.Text), id(one.Other.Text), inQuotes(one.Because.Text), inQuotes(one.By.Text), one.At.Text)
	}
	if len(m.last) > 0 {
		b.WriteString(strings.Join(m.last, "\n") + "\n")
	}
	return []byte(b.String())
}

// id is an id as a list in brackets takes it.
func id(text string) string {
	if strings.ContainsAny(text, ",[]{}#&*!|>'\"%@` ") || strings.HasSuffix(text, ":") {
		return inQuotes(text)
	}
	return text
}

func inQuotes(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
