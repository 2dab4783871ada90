package graph

import (
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/schema"
)

// judge compares all that is said of one thing in one respect; ok is false for what
// needs no word.
func (c *comparing) judge(key [2]quad.IRI, list []Said) (one Comparison, ok bool, err error) {
	slices.SortFunc(list, c.inTime)
	one = Comparison{About: key[0], Relation: key[1], Said: list}
	sources := map[quad.IRI]bool{}
	for _, s := range list {
		sources[c.v.readings.text(s.Claim.Source)] = true
	}
	var verdicts map[Verdict]bool
	if key[1] == schema.Status {
		verdicts, err = c.statuses(list)
	} else {
		verdicts, err = c.values(list, c.events[key[0]])
	}
	if err != nil {
		return one, false, err
	}
	for _, verdict := range Verdicts {
		if verdicts[verdict] && (verdict != Agreement || len(sources) > 1) {
			one.Verdict = verdict
			return one, true, nil
		}
	}
	one.Verdict = OneSource
	return one, len(sources) == 1 && len(c.by[key[0]]) > 1 && !denies(list[0].Claim), nil
}

// statuses compares those of one event, as told in time. That what was to be is so
// later is no contradiction; that what was so is later only planned is.
func (c *comparing) statuses(list []Said) (map[Verdict]bool, error) {
	verdicts, seen := map[Verdict]bool{}, map[string]bool{}
	since := "" // when it was first told that it is, or was, so
	for _, s := range list {
		if denies(s.Claim) {
			continue
		}
		issued, err := c.v.Issued(c.ctx, s.Claim.Source)
		if err != nil {
			return nil, err
		}
		day := issued.Text
		status := schema.IRI(iriOf(s.Quad.Object)).LastPart()
		switch {
		case settled(status) && since == "":
			since = day
		case !settled(status) && since != "" && since < day:
			verdicts[Contradiction] = true
		}
		verdicts[Agreement] = verdicts[Agreement] || seen[status]
		seen[status] = true
	}
	verdicts[Evolved] = len(seen) > 1
	return verdicts, nil
}

// version is statements that say the same in one way: asserted or denied, planned or
// not. Comparing versions, and not statements, a thousand sources that say the same
// cost no more than two.
type version struct {
	object  quad.Value
	figure  figures.Interval
	is      bool // whether it is a figure
	denied  bool
	planned bool
	claims  map[quad.IRI]bool // that have it, of the same text
}

// values compares objects of one relation.
func (c *comparing) values(list []Said, role bool) (map[Verdict]bool, error) {
	verdicts := map[Verdict]bool{}
	versions := map[string]version{}
	claims := map[string]map[quad.IRI]bool{}
	for _, s := range list {
		one := version{object: c.v.canonical(s.Quad.Object), denied: denies(s.Claim), planned: planned(s)}
		var err error
		if one.figure, one.is, err = figures.Read(c.ctx, c.v.r, s.Quad.Object); err != nil {
			return nil, err
		}
		text := one.figure.Exact
		if !one.is {
			text = quad.StringOf(one.object)
		}
		way := ""
		if one.denied {
			way = "denied"
		} else if one.planned {
			way = "planned"
		}
		if claims[text] == nil {
			claims[text] = map[quad.IRI]bool{}
		}
		one.claims = claims[text]
		versions[text+"\x00"+way] = one
		if !one.denied {
			claims[text][s.Claim.IRI] = true
			verdicts[Agreement] = verdicts[Agreement] || len(claims[text]) > 1
		}
	}
	all := slices.Collect(maps.Values(versions))
	for i, a := range all {
		for _, b := range all[i+1:] {
			verdicts[a.against(b)] = true
		}
	}
	if role {
		c.parties(list, verdicts)
	}
	return verdicts, nil
}

// against compares two versions; it is empty where they do not bear on each other.
func (a version) against(b version) Verdict {
	same := a.object == b.object || a.is && b.is && a.figure.Exact == b.figure.Exact
	switch {
	case a.denied || b.denied:
		if same && a.denied != b.denied {
			return Denied
		}
		return ""
	case same || !a.is || !b.is || a.inOneClaim(b):
		return ""
	}
	switch likeness := a.figure.Compare(b.figure); {
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
func (c *comparing) parties(list []Said, verdicts map[Verdict]bool) {
	type side struct {
		parties []string
		planned bool
	}
	bySource := map[quad.IRI]*side{}
	for _, s := range list {
		party, ok := c.v.canonical(s.Quad.Object).(quad.IRI)
		if !ok || denies(s.Claim) || schema.IRI(party).OfOntology() || schema.IRI(party).Under(s.Claim.IRI) {
			continue
		}
		text := c.v.readings.text(s.Claim.Source)
		if bySource[text] == nil {
			bySource[text] = &side{planned: true}
		}
		of := bySource[text]
		of.parties, of.planned = union(of.parties, []string{string(party)}), of.planned && planned(s)
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

// planned reports whether a statement is of what somebody intends, or gave their word
// on.
func planned(s Said) bool {
	return len(s.Status) > 0 && !slices.ContainsFunc(s.Status, settled) && !slices.Contains(s.Status, "attempted")
}
