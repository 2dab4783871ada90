package match

import (
	"math"
	"slices"
	"strconv"
)

// eventKeys are the participants of an event, each by id and by name; and with the
// years and the sums, as many events have a country for a participant.
func (r *Record) eventKeys(do func(key)) {
	years := yearsOf(r.Dates)
	for _, p := range r.Parts {
		for _, k := range p.Keys {
			do(partKey(p.Role, k))
			for _, year := range years {
				do(yearKey(p.Role, k, year))
			}
			for _, a := range r.Amounts {
				do(sumKey(p.Role, k, a))
			}
		}
	}
}

func partKey(role, k string) key           { return keyOf(inRole, role, k) }
func yearKey(role, k string, year int) key { return keyOf(inRole, role, k, strconv.Itoa(year)) }

func sumKey(role, k string, a Amount) key {
	return keyOf(inRole, role, k, a.Unit, strconv.FormatFloat(a.Least, 'g', -1, 64), strconv.FormatFloat(a.Most, 'g', -1, 64))
}

// event judges two events. They need a participant in common, and a date or an amount.
func (j *judging) event() {
	known := j.participants()
	date := j.date()
	amount := j.amount()
	j.grounds = j.grounds || known && (date || amount)
}

// participants compares those in each role.
func (j *judging) participants() (known bool) {
	const most = 2 // that count
	same := 0
	roles := map[string]bool{}
	for _, p := range j.a.Parts {
		theirs := partsIn(j.b.Parts, p.Role)
		i := slices.IndexFunc(theirs, func(o Part) bool {
			return slices.ContainsFunc(p.Keys, func(k string) bool { return slices.Contains(o.Keys, k) })
		})
		switch {
		case i >= 0:
			if same++; same <= most {
				j.add("participant", "%s: %s", p.Role, p.Name)
			}
			known = known || j.few(p, theirs[i])
		case len(theirs) == 1 && len(partsIn(j.a.Parts, p.Role)) == 1 && !roles[p.Role]:
			j.add("other participant", "%s: %s, and %s", p.Role, p.Name, theirs[0].Name)
		}
		roles[p.Role] = true
	}
	return known
}

func partsIn(parts []Part, role string) (list []Part) {
	for _, p := range parts {
		if p.Role == role {
			list = append(list, p)
		}
	}
	return list
}

// few reports whether two events meet under a participant's key that few have.
func (j *judging) few(p, o Part) bool {
	near, _ := fitOf(j.a.Dates, j.b.Dates)
	years := yearsOf(j.b.Dates)
	for _, k := range p.Keys {
		if !slices.Contains(o.Keys, k) {
			continue
		}
		if j.selective(partKey(p.Role, k)) {
			return true
		}
		for _, year := range yearsOf(j.a.Dates) {
			if near >= overlaps && slices.Contains(years, year) && !j.s.crowded[yearKey(p.Role, k, year)] {
				return true
			}
		}
		for _, a := range j.a.Amounts {
			same := slices.ContainsFunc(j.b.Amounts, func(b Amount) bool { return sumKey("", "", a) == sumKey("", "", b) })
			if same && j.selective(sumKey(p.Role, k, a)) {
				return true
			}
		}
	}
	return false
}

// date compares the dates of two events, and reports whether they can be one.
func (j *judging) date() bool {
	f, of := fitOf(j.a.Dates, j.b.Dates)
	switch f {
	case apart:
		j.out("other date", "%s, and %s", of[0].Text, of[1].Text)
	case overlaps:
		j.add("date overlaps", "%s, and %s", of[0].Text, of[1].Text)
	case equal:
		j.add("same day", "%s", of[0].Text)
	}
	return f >= overlaps
}

// amount compares the sums of two events, and reports whether they can be one.
func (j *judging) amount() bool {
	var best Reason
	for _, a := range j.a.Amounts {
		for _, b := range j.b.Amounts {
			var r Reason
			switch {
			case a.Unit != b.Unit:
				continue
			case a.Least == b.Least && a.Most == b.Most:
				r = Reason{"same amount", points("same amount"), a.Text}
			case math.Max(a.Least, b.Least) <= math.Min(a.Most, b.Most):
				r = Reason{"amount overlaps", points("amount overlaps"), a.Text + ", and " + b.Text}
			default:
				r = Reason{"other amount", points("other amount"), a.Text + ", and " + b.Text}
			}
			if best.Rule == "" || r.Points > best.Points {
				best = r
			}
		}
	}
	if best.Rule != "" {
		j.Reasons = append(j.Reasons, best)
	}
	return best.Points > 0
}
