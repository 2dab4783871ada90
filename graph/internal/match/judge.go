package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// judging is the judgement of one pair.
type judging struct {
	s    *Search
	a, b *Record
	Pair
	grounds bool
}

// Judge scores by Rules whether two records are of one entity, whether or not the search
// would compare them.
func (s *Search) Judge(a, b int) Pair {
	if s.records[b].IRI < s.records[a].IRI {
		a, b = b, a
	}
	j := &judging{s: s, a: &s.records[a], b: &s.records[b], Pair: Pair{A: a, B: b}}
	if j.a.Event != j.b.Event || !s.options.OneKind(j.a.Kind, j.b.Kind) {
		j.out("other kind", "the kinds exclude each other")
	}
	j.ids()
	if j.a.Event && j.b.Event {
		j.event()
	} else {
		j.names()
		j.births()
		j.others()
	}
	slices.SortStableFunc(j.Reasons, func(x, y Reason) int { return cmp.Compare(order(x.Rule), order(y.Rule)) })
	for _, r := range j.Reasons {
		j.Score += r.Points
	}
	j.Score = min(max(j.Score, 0), 100)
	if j.Out || !j.grounds {
		j.Score = 0
	}
	return j.Pair
}

func order(rule string) int {
	return slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule })
}

func (j *judging) add(rule, format string, args ...any) {
	j.Reasons = append(j.Reasons, Reason{rule, points(rule), fmt.Sprintf(format, args...)})
}

func (j *judging) out(rule, format string, args ...any) {
	j.Out = true
	j.add(rule, format, args...)
}

// selective reports whether a key is selective.
func (j *judging) selective(k key) bool { return !j.s.common[k] }

// ids compares the identifiers of each register.
func (j *judging) ids() {
	done := map[string]bool{}
	for _, x := range j.a.IDs {
		if done[x.Register] {
			continue
		}
		done[x.Register] = true
		mine, theirs := valuesOf(j.a.IDs, x.Register), valuesOf(j.b.IDs, x.Register)
		if len(theirs) == 0 {
			continue
		}
		i := slices.IndexFunc(mine, func(v string) bool { return slices.Contains(theirs, v) })
		switch {
		case i >= 0 && j.selective(Identifier{Register: x.Register, Value: mine[i]}.key()):
			j.grounds = true
			j.add("same id", "%s %s", x.Name, mine[i])
		case i >= 0: // so many have it that it is no identifier
		case x.Permanent:
			j.out("other number", "%s %s, and %s", x.Name, mine[0], theirs[0])
		default:
			j.add("other id", "%s %s, and %s", x.Name, mine[0], theirs[0])
		}
	}
}

func valuesOf(ids []Identifier, register string) (list []string) {
	for _, id := range ids {
		if id.Register == register {
			list = append(list, id.Value)
		}
	}
	return list
}

// names takes the best reason that any two names give.
func (j *judging) names() {
	var best Reason
	korean := j.a.isKorean() || j.b.isKorean()
	var others []nameParts
	for _, text := range j.b.Names {
		others = append(others, parse(text, j.b.Person))
	}
	for _, text := range j.a.Names {
		n := parse(text, j.a.Person)
		for i := range others {
			if r := j.alike(&n, &others[i], korean); r.Points > best.Points {
				best = r
			}
		}
	}
	switch {
	case best.Points > 0:
		j.grounds = true
		j.Reasons = append(j.Reasons, best)
		j.namedTwice()
	case !j.a.Person && !j.b.Person:
		j.falseFriends(others)
	}
}

// namedTwice applies to two persons that one source lists separately under the same name,
// with no ground but the name: a name in a list may be several persons'.
func (j *judging) namedTwice() {
	born, _ := fitOf(j.a.Births, j.b.Births)
	one := slices.ContainsFunc(j.a.Sources, func(s string) bool { return slices.Contains(j.b.Sources, s) })
	known := slices.ContainsFunc(j.Reasons, func(r Reason) bool { return r.Rule == "same id" })
	if one && !known && born < overlaps && j.a.Person && j.b.Person {
		j.add("named twice", "one source has both, and only the name in common")
	}
}

// falseFriends applies to two names that have a word in common, and each a word of its
// own.
func (j *judging) falseFriends(others []nameParts) {
	for _, text := range j.a.Names {
		n := parse(text, false)
		for i := range others {
			x, y := differ(n.main, others[i].main)
			if len(x) < len(n.main) && len(x) > 0 && len(y) > 0 {
				j.add("other words", "%s, and %s", n.text, others[i].text)
				return
			}
		}
	}
}

// alike is the best reason that two names give; of no points if there is none.
func (j *judging) alike(a, b *nameParts, korean bool) Reason {
	person := j.a.Person || j.b.Person
	for _, r := range []struct {
		rule string
		is   func() bool
	}{
		{sameRule(a, b), func() bool { return j.wholly(inWords, a, b) }},
		{"same sound", func() bool {
			return j.wholly(inSlavic, a, b) || j.wholly(inTurned, a, b) ||
				korean && (j.wholly(inKorean, a, b) || j.wholly(inRound, a, b))
		}},
		{"main words", func() bool { return !person && j.wholly(inMain, a, b) }},
		{"one slip", func() bool { return !(person && korean) && j.slip(a, b) }},
		{"initials", func() bool { return j.a.Person && j.b.Person && j.initials(a, b) }},
		{"begins alike", func() bool { return !person && j.begins(a, b, korean) }},
		{"name within", func() bool { return j.within(a, b, person) }},
	} {
		if r.is() {
			text := fmt.Sprintf("%s, and %s", a.text, b.text)
			if a.text == b.text {
				text = a.text
			}
			return Reason{r.rule, points(r.rule), text}
		}
	}
	return Reason{}
}

// sameRule is the rule by which two names of the same words in Latin letters are the
// same.
func sameRule(a, b *nameParts) string {
	switch {
	case a.fold == b.fold:
		return "same name"
	case a.latin && b.latin:
		return "word order"
	}
	return "same sound"
}

// wholly reports whether two names agree as a whole, under a key that few have, or that
// many have who are not born in years as near.
func (j *judging) wholly(f family, a, b *nameParts) bool {
	for _, x := range a.whole() {
		if x.family != f {
			continue
		}
		for _, y := range b.whole() {
			if y.family == f && x.text == y.text {
				return j.selective(x.key) || j.bornNear(x)
			}
		}
	}
	return false
}

// bornNear reports whether two that bear a common name can be born in one year that
// not many of that name are.
func (j *judging) bornNear(k familyKey) bool {
	if f, _ := fitOf(j.a.Births, j.b.Births); f < overlaps {
		return false
	}
	theirs := j.b.birthYears()
	return slices.ContainsFunc(j.a.birthYears(), func(year int) bool {
		return slices.Contains(theirs, year) && !j.s.crowded[k.born(year)]
	})
}

// slip reports whether one word of two names differs by a slip.
func (j *judging) slip(a, b *nameParts) bool {
	x, y := differ(a.plain, b.plain)
	if !a.long || !b.long || len(x) != 1 || len(y) != 1 || !slippery(x[0]) || !slippery(y[0]) {
		return false
	}
	keys := map[key]bool{}
	slipKeysAt(a.plain, slices.Index(a.plain, x[0]), func(k key) { keys[k] = j.selective(k) })
	found := false
	slipKeysAt(b.plain, slices.Index(b.plain, y[0]), func(k key) { found = found || keys[k] })
	return found && oneSlip(x[0], y[0])
}

// oneSlip reports whether the Damerau-Levenshtein distance of two words is 1.
func oneSlip(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// initials reports whether two names have a word in common, and initials stand for
// words of the other.
func (j *judging) initials(a, b *nameParts) bool {
	x, y := differ(a.plain, b.plain)
	if len(a.plain) != len(b.plain) || len(x) == 0 || len(x) == len(a.plain) {
		return false
	}
	for i := range x { // both are in order
		short, long := x[i], y[i]
		if len(short) > 1 {
			short, long = long, short
		}
		if len(short) != 1 || len(long) == 1 || long[0] != short[0] {
			return false
		}
	}
	for i, w := range a.plain {
		if len(w) >= 3 && slices.Contains(b.plain, w) && j.selective(a.initialKey(i)) {
			return true
		}
	}
	return false
}

// begins reports whether the main words of two names are equal or begin alike, in a
// way that few do.
func (j *judging) begins(a, b *nameParts, korean bool) bool {
	ways := [][2][]string{{a.main, b.main}}
	if korean {
		ways = append(ways, [2][]string{a.kmain, b.kmain})
	}
	return slices.ContainsFunc(ways, func(w [2][]string) bool {
		x, y := w[0], w[1]
		if len(x) != len(y) || len(x) == 0 {
			return false
		}
		long := false
		for i := range x {
			if !strings.HasPrefix(x[i], y[i]) && !strings.HasPrefix(y[i], x[i]) {
				return false
			}
			if n := min(len(x[i]), len(y[i])); n >= alike {
				long = true
			} else if x[i] != y[i] {
				return false
			}
		}
		return long && j.selective(keyOf(inBeginning, beginning(x)...))
	})
}

// within reports whether one name has all words of the other that are not general, and
// few have them.
func (j *judging) within(a, b *nameParts, person bool) bool {
	x, y := a.own(person), b.own(person)
	onlyX, onlyY := differ(x, y)
	switch {
	case len(x) > mostWords || len(y) > mostWords, len(onlyX) == 0 == (len(onlyY) == 0):
		return false
	case len(onlyX) > 0:
		x = y
	}
	k, ok := chosen(x, 1<<len(x)-1, person)
	return len(x) > 0 && ok && j.selective(k)
}

// births compares dates of birth.
func (j *judging) births() {
	f, of := fitOf(j.a.Births, j.b.Births)
	text := fmt.Sprintf("%s, and %s", of[0].Text, of[1].Text)
	switch f {
	case apart:
		j.out("other birth", "%s", text)
	case nearly:
		j.add("near birth", "%s", text)
	case overlaps:
		j.add("birth overlaps", "%s", text)
	case equal:
		j.add("same birth", "%s", of[0].Text)
	}
}

// others compares posts and countries.
func (j *judging) others() {
	for _, post := range j.a.Posts {
		if slices.Contains(j.b.Posts, post) {
			j.add("same post", "%s", post)
			break
		}
	}
	if len(j.a.Countries) == 0 || len(j.b.Countries) == 0 {
		return
	}
	i := slices.IndexFunc(j.a.Countries, func(c string) bool { return slices.Contains(j.b.Countries, c) })
	if i >= 0 {
		j.add("same country", "%s", j.a.Countries[i])
	} else {
		j.add("other country", "%s, and %s", j.a.Countries[0], j.b.Countries[0])
	}
}
