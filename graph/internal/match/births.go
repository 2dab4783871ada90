package match

import "strconv"

// mostYears is how many years a date of birth may span to part those of one name.
const mostYears = 10

// years are those that a date can be in; none of one that is open, or spans too many.
func (s DateRange) years() (list []int) {
	if len(s.First) < 4 || len(s.Last) < 4 {
		return nil
	}
	first, err1 := strconv.Atoi(s.First[:4])
	last, err2 := strconv.Atoi(s.Last[:4])
	if err1 != nil || err2 != nil || last-first >= mostYears {
		return nil
	}
	for y := first; y <= last; y++ {
		list = append(list, y)
	}
	return list
}

// birthYears are those that a record can be born in.
func (r *Record) birthYears() (list []int) { return yearsOf(r.Births) }

func yearsOf(spans []DateRange) (list []int) {
	seen := map[int]bool{}
	for _, s := range spans {
		for _, y := range s.years() {
			if !seen[y] {
				seen[y] = true
				list = append(list, y)
			}
		}
	}
	return list
}

func (s DateRange) overlaps(o DateRange) bool {
	return (s.Last == "" || o.First == "" || o.First <= s.Last) && (o.Last == "" || s.First == "" || s.First <= o.Last)
}

// day reports whether a date is one day for sure.
func (s DateRange) day() bool { return s.First != "" && s.First == s.Last && !s.Loose }

// dateFit is how dates go together: the best of any two of them.
type dateFit int

const (
	unknown  dateFit = iota
	apart            // they cannot be one
	nearly           // they differ, and one is loose
	overlaps         // they can be one
	equal            // one day
)

// fitOf returns how well two lists of dates agree, and the two dates that decide.
func fitOf(a, b []DateRange) (best dateFit, of [2]DateRange) {
	for _, s := range a {
		for _, o := range b {
			f := apart
			switch {
			case s.day() && o.day() && s.First == o.First:
				f = equal
			case s.overlaps(o):
				f = overlaps
			case s.Loose || o.Loose:
				f = nearly
			}
			if f > best {
				best, of = f, [2]DateRange{s, o}
			}
		}
	}
	return best, of
}
