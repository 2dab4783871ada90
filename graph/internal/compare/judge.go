package compare

import (
	"maps"
	"slices"

	"kg/graph/internal/figures"
)

// Verdict is how the statements about one entity agree.
type Verdict string

// The verdicts, the most pressing first.
const (
	// Contradiction: two figures of one entity that cannot both be true, or two sources
	// that name other parties in one role of one event.
	Contradiction Verdict = "contradiction"
	// FromPlan: the same, where one side speaks of what was planned or promised.
	FromPlan Verdict = "differs from plan"
	// Denied: one claim denies what another states.
	Denied Verdict = "denied"
	// Evolved: a planned, promised or attempted event is ongoing or done later, or a
	// value changed one way and then another.
	Evolved Verdict = "evolved"
	// Precision: one figure lies within the other, or they overlap.
	Precision Verdict = "differing precision"
	// Agreement: several sources say the same.
	Agreement Verdict = "agreement"
	// OneSource: of an entity of several sources, one source alone states it.
	OneSource Verdict = "one source"
)

// Verdicts lists those of Judge, the most pressing first.
var Verdicts = []Verdict{Contradiction, FromPlan, Denied, Evolved, Precision, Agreement, OneSource}

// Statement is the statement of one claim about an entity in one respect.
type Statement struct {
	Source  string // whose word it is
	Claim   string
	Day     string // on which the source was published, so that days compare; empty if unknown
	Denies  bool   // it says that it is not so
	Planned bool   // an intention, or a promise
	Settled bool   // of a status: it is, or was, so
	// Object is the stated value, spelled so that two compare; for a figure its
	// properties.
	Object string
	Figure *figures.Interval // nil if it is none
	Party  string            // the object, if it can have a part in an event, or else empty
}

// Respect is the aspect in which statements are compared.
type Respect struct {
	Status bool // the status of an event, which Object has
	Role   bool // a role in an event
	Shared bool // several sources describe the entity
}

// Judge compares all statements about an entity in one respect, in the order of time. It
// returns OneSource also where the statements of sources do not bear on each other, and
// an empty verdict where there is nothing to report.
func Judge(list []Statement, in Respect) Verdict {
	sources := map[string]bool{}
	for _, s := range list {
		sources[s.Source] = true
	}
	var verdicts map[Verdict]bool
	if in.Status {
		verdicts = statuses(list)
	} else {
		verdicts = values(list, in.Role)
	}
	for _, verdict := range Verdicts {
		if verdicts[verdict] && (verdict != Agreement || len(sources) > 1) {
			return verdict
		}
	}
	if in.Shared {
		return OneSource
	}
	return ""
}

// statuses compares the statuses of one event, in the order in which they were reported.
// An event that was planned and later happened is no contradiction; one that happened and
// is later only planned is.
func statuses(list []Statement) map[Verdict]bool {
	verdicts, seen := map[Verdict]bool{}, map[string]bool{}
	since := "" // when it was first reported as happening, or as having happened
	for _, s := range list {
		if s.Denies {
			continue
		}
		switch {
		case s.Settled && since == "":
			since = s.Day
		case !s.Settled && since != "" && since < s.Day:
			verdicts[Contradiction] = true
		}
		verdicts[Agreement] = verdicts[Agreement] || seen[s.Object]
		seen[s.Object] = true
	}
	verdicts[Evolved] = len(seen) > 1
	return verdicts
}

// version is statements that say the same in one way: asserted or denied, planned or
// not. Comparing versions, and not statements, a thousand sources that say the same
// cost no more than two.
type version struct {
	object  string
	figure  *figures.Interval
	denied  bool
	planned bool
	claims  map[string]bool // that state it, of the same object
}

// values compares objects of one relation.
func values(list []Statement, role bool) map[Verdict]bool {
	verdicts := map[Verdict]bool{}
	versions := map[string]version{}
	claims := map[string]map[string]bool{} // by object
	for _, s := range list {
		one := version{object: s.Object, figure: s.Figure, denied: s.Denies, planned: s.Planned}
		way := ""
		if one.denied {
			way = "denied"
		} else if one.planned {
			way = "planned"
		}
		if claims[s.Object] == nil {
			claims[s.Object] = map[string]bool{}
		}
		one.claims = claims[s.Object]
		versions[s.Object+"\x00"+way] = one
		if !one.denied {
			claims[s.Object][s.Claim] = true
			verdicts[Agreement] = verdicts[Agreement] || len(claims[s.Object]) > 1
		}
	}
	all := slices.Collect(maps.Values(versions))
	for i, a := range all {
		for _, b := range all[i+1:] {
			verdicts[a.against(b)] = true
		}
	}
	if role {
		parties(list, verdicts)
	}
	return verdicts
}

// against compares two versions; it is empty where they do not bear on each other.
func (a version) against(b version) Verdict {
	same := a.object == b.object
	switch {
	case a.denied || b.denied:
		if same && a.denied != b.denied {
			return Denied
		}
		return ""
	case same || a.figure == nil || b.figure == nil || a.inOneClaim(b):
		return ""
	}
	switch likeness := a.figure.Compare(*b.figure); {
	case likeness == figures.Overlapping:
		return Precision
	case likeness == figures.Apart && a.planned != b.planned:
		return FromPlan
	case likeness == figures.Apart:
		return Contradiction
	}
	return ""
}

// inOneClaim reports whether a claim has both. It does not contradict itself: it gives
// one or the other, as a list does that has two dates of birth for a person.
func (a version) inOneClaim(b version) bool {
	for claim := range a.claims {
		if b.claims[claim] {
			return true
		}
	}
	return false
}

// parties compares the parties that sources name in one role of an event: two sources
// with no party in common differ.
func parties(list []Statement, verdicts map[Verdict]bool) {
	type side struct {
		parties []string
		planned bool
	}
	bySource := map[string]*side{}
	for _, s := range list {
		if s.Party == "" || s.Denies {
			continue
		}
		of := bySource[s.Source]
		if of == nil {
			of = &side{planned: true}
			bySource[s.Source] = of
		}
		if at, known := slices.BinarySearch(of.parties, s.Party); !known {
			of.parties = slices.Insert(of.parties, at, s.Party)
		}
		of.planned = of.planned && s.Planned
	}
	var sides []*side // each once
	for _, s := range bySource {
		if !slices.ContainsFunc(sides, func(other *side) bool { return other.planned == s.planned && slices.Equal(other.parties, s.parties) }) {
			sides = append(sides, s)
		}
	}
	for i, a := range sides {
		for _, b := range sides[i+1:] {
			common := slices.ContainsFunc(a.parties, func(party string) bool { return slices.Contains(b.parties, party) })
			switch {
			case common:
			case a.planned != b.planned:
				verdicts[FromPlan] = true
			default:
				verdicts[Contradiction] = true
			}
		}
	}
}

// Course orders items in time: i stands after every j with before(j, i). Items in no
// relation keep their order, and so do those of a cycle.
func Course(n int, before func(i, j int) bool) (order []int) {
	left := map[int]bool{}
	for i := range n {
		left[i] = true
	}
	for len(left) > 0 {
		next := -1
		for i := range n {
			first := left[i]
			for j := range left {
				first = first && (i == j || !before(j, i))
			}
			if first || left[i] && next < 0 {
				next = i
			}
			if first {
				break
			}
		}
		delete(left, next)
		order = append(order, next)
	}
	return order
}
