// Package compare tells how what several sources say of one thing agrees, by rules over
// plain values: it knows no graph. Contradiction is told apart from what was planned,
// from precision and from change over time.
package compare

import (
	"maps"
	"slices"

	"kg/graph/internal/figures"
)

// Verdict is how what is said of one thing agrees.
type Verdict string

// The verdicts, the most pressing first.
const (
	// Contradiction: two figures of one thing that cannot both be so, or two sources
	// that name other parties in one role of one event.
	Contradiction Verdict = "contradiction"
	// FromPlan: the like, where one side speaks of what was planned or promised.
	FromPlan Verdict = "differs from plan"
	// Denied: what one claim states another denies.
	Denied Verdict = "denied"
	// Evolved: what was planned, promised or attempted is ongoing or done later, or a
	// thing changed one way and then another.
	Evolved Verdict = "evolved"
	// Precision: one figure lies within the other, or they overlap.
	Precision Verdict = "differing precision"
	// Agreement: several sources say the same.
	Agreement Verdict = "agreement"
	// OneSource: of a thing that several sources speak of, each alone says what it says.
	OneSource Verdict = "one source"
)

// Verdicts lists those of Judge, the most pressing first.
var Verdicts = []Verdict{Contradiction, FromPlan, Denied, Evolved, Precision, Agreement, OneSource}

// Statement is what one claim says of a thing in one respect.
type Statement struct {
	Source  string // whose word it is
	Claim   string
	Day     string // on which the source was published, so that days compare; empty if unknown
	Denies  bool   // it says that it is not so
	Planned bool   // it is of what somebody intends, or gave their word on
	Settled bool   // of a status: it is, or was, so
	// Object is what is said, spelled so that two compare; of a figure what it says.
	Object string
	Figure *figures.Interval // nil if it is none
	Party  string            // the object, if it can have a part in an event, or else empty
}

// Respect is in what statements are compared.
type Respect struct {
	Status bool // the status of an event, which Object has
	Role   bool // a role in an event
	Shared bool // several sources speak of the thing
}

// Judge compares all that is said of one thing in one respect, in the order of time. It
// is OneSource where sources say what does not bear on each other, too, and empty for what
// needs no word.
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

// statuses compares those of one event, as told in time. That what was to be is so
// later is no contradiction; that what was so is later only planned is.
func statuses(list []Statement) map[Verdict]bool {
	verdicts, seen := map[Verdict]bool{}, map[string]bool{}
	since := "" // when it was first told that it is, or was, so
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
	claims  map[string]bool // that have it, of the same object
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

// parties compares what sources name in one role of an event: two that have no party
// in common differ.
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

// Course orders things as they came: i stands after every j that came before it. What
// nothing tells apart stays in the order it has, and so does what stands in a ring.
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
