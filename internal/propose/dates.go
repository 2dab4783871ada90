package propose

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kg/internal/document"
	"kg/schema/edtf"
)

const (
	monthNames = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
	dayNames   = `(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)`
	yearDigits = `(?:1[5-9]\d\d|20\d\d)`
	dayDigits  = `(?:3[01]|[12]\d|0?[1-9])`
)

// dateRule reads one way in which dates are printed. read returns EDTF, and whether
// it was counted from the day of publication; an empty one is no date after all.
type dateRule struct {
	form func() *regexp.Regexp // compiled by the first text that it is tried on: every verb starts here
	read func(m []string, published time.Time) (date string, resolved bool)
}

// dateRules are in the order in which they are tried: a match of one is not matched by
// later ones.
var dateRules = []dateRule{
	dateForm(`(`+yearDigits+`)-(\d\d)-(\d\d)`, func(m []string, _ time.Time) (string, bool) {
		return m[1] + "-" + m[2] + "-" + m[3], false
	}),
	dateForm(`(`+dayDigits+`)(?:st|nd|rd|th)?(?: of)? (`+monthNames+`)\.?,? (`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		return dayOf(m[3], m[2], m[1]), false
	}),
	dateForm(`(`+monthNames+`)\.? (`+dayDigits+`)(?:st|nd|rd|th)?,? (`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		return dayOf(m[3], m[1], m[2]), false
	}),
	dateForm(`(`+dayDigits+`)\.(0?[1-9]|1[0-2])\.(`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		return fmt.Sprintf("%s-%02s-%02s", m[3], m[2], m[1]), false
	}),
	dateForm(`(since |from )?(?:the )?(first|second|latter) half of (`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		half := map[string]string{"first": "-40"}[strings.ToLower(m[2])]
		if half == "" {
			half = "-41"
		}
		return since(m[1], m[3]+half), false
	}),
	dateForm(`(since |from )?(?:the )?(first|second|third|fourth) quarter of (`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		n := slices.Index([]string{"first", "second", "third", "fourth"}, strings.ToLower(m[2]))
		return since(m[1], fmt.Sprintf("%s-%d", m[3], 33+n)), false
	}),
	dateForm(`(since )?(`+monthNames+`)\.?,? (`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		return since(m[1], fmt.Sprintf("%s-%02d", m[3], printedMonth(m[2]))), false
	}),
	dateForm(`(?:from |between )?(`+yearDigits+`)(?: to | and |-|–)(`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) {
		return m[1] + "/" + m[2], false
	}),
	dateForm(`(early|mid|late)(?: |-)(?:the )?(`+yearDigits+`)s`, func(m []string, _ time.Time) (string, bool) {
		thirds := map[string][2]int{"early": {0, 3}, "mid": {4, 6}, "late": {7, 9}}[strings.ToLower(m[1])]
		decade, _ := strconv.Atoi(m[2])
		return fmt.Sprintf("%d~/%d~", decade+thirds[0], decade+thirds[1]), false
	}),
	dateForm(`(`+yearDigits+`)s`, func(m []string, _ time.Time) (string, bool) { return m[1][:3] + "X", false }),
	dateForm(`(since )?(`+yearDigits+`)`, func(m []string, _ time.Time) (string, bool) { return since(m[1], m[2]), false }),
	dateForm(`(`+monthNames+`)\.? (`+dayDigits+`)(?:st|nd|rd|th)?`, func(m []string, p time.Time) (string, bool) { return lastDay(m[1], m[2], p) }),
	dateForm(`(`+dayDigits+`)(?:st|nd|rd|th)?(?: of)? (`+monthNames+`)`, func(m []string, p time.Time) (string, bool) { return lastDay(m[2], m[1], p) }),
	dateForm(`(?:in|since|by|until|last|of) (`+monthNames+`)`, func(m []string, p time.Time) (string, bool) { return lastMonth(m[1], p) }),
	dateForm(`(`+dayNames+`)(?: (?:morning|afternoon|evening|night))?`, func(m []string, p time.Time) (string, bool) {
		for back := range 7 {
			if day := p.AddDate(0, 0, -back); !p.IsZero() && strings.EqualFold(day.Weekday().String(), m[1]) {
				return day.Format(time.DateOnly), true
			}
		}
		return document.Blank, true
	}),
	dateForm(`(today|yesterday|(?:last|this|next) (?:month|year))`, relative),
	dateForm(`(recently)`, func(_ []string, p time.Time) (string, bool) {
		if p.IsZero() {
			return document.Blank, true
		}
		return "../" + p.Format(time.DateOnly), true
	}),
}

func dateForm(form string, read func([]string, time.Time) (string, bool)) dateRule {
	return dateRule{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\b` + form + `\b`) }), read}
}

func since(word, date string) string {
	if word != "" {
		return date + "/.."
	}
	return date
}

// printedMonth returns the number of a month by its name or the beginning of it.
func printedMonth(name string) int {
	at := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(name[:3]))
	return at/3 + 1
}

func dayOf(year, month, day string) string {
	return fmt.Sprintf("%s-%02d-%02s", year, printedMonth(month), day)
}

// lastDay is the last day of that name up to the day of publication.
func lastDay(month, day string, published time.Time) (string, bool) {
	if published.IsZero() {
		return document.Blank, true
	}
	date := dayOf(published.Format("2006"), month, day)
	if date > published.Format(time.DateOnly) {
		date = dayOf(published.AddDate(-1, 0, 0).Format("2006"), month, day)
	}
	return date, true
}

func lastMonth(month string, published time.Time) (string, bool) {
	date, resolved := lastDay(month, "01", published)
	return strings.TrimSuffix(date, "-01"), resolved
}

func relative(m []string, published time.Time) (string, bool) {
	if published.IsZero() {
		return document.Blank, true
	}
	first := time.Date(published.Year(), published.Month(), 1, 0, 0, 0, 0, time.UTC)
	which, unit, _ := strings.Cut(strings.ToLower(m[1]), " ")
	by := map[string]int{"last": -1, "next": 1, "yesterday": -1}[which]
	switch unit {
	case "month":
		return first.AddDate(0, by, 0).Format("2006-01"), true
	case "year":
		return strconv.Itoa(published.Year() + by), true
	}
	return published.AddDate(0, 0, by).Format(time.DateOnly), true
}

// dateOfLine is the day that a line has, for the day of publication: an id or a
// line without one has none.
func dateOfLine(line string) string {
	line = strings.ReplaceAll(line, "_", "-")
	for _, rule := range dateRules[:4] {
		if m := rule.form().FindStringSubmatch(strings.ReplaceAll(line, ". ", " ")); m != nil {
			date, _ := rule.read(m, time.Time{})
			if _, err := edtf.Parse(date); err == nil {
				return date
			}
		}
	}
	return ""
}

// findDates finds the dates of all paragraphs. One that the parser of EDTF refuses,
// 31 April say, is none.
func (p *Proposal) findDates() {
	published, _ := time.Parse(time.DateOnly, p.Date)
	for _, paragraph := range p.paragraphs {
		words := []byte(p.words(paragraph))
		for _, rule := range dateRules {
			for _, at := range rule.form().FindAllSubmatchIndex(words, -1) {
				m := make([]string, len(at)/2)
				for i := range m {
					if at[2*i] >= 0 {
						m[i] = string(words[at[2*i]:at[2*i+1]])
					}
				}
				date, resolved := rule.read(m, published)
				if date != document.Blank {
					if _, err := edtf.Parse(date); err != nil {
						continue
					}
				}
				if resolved {
					date += " (" + m[0] + ", resolved)"
				}
				p.Dates = append(p.Dates, Value{p.rangeOf(paragraph, at[0], at[1]), date})
				for i := at[0]; i < at[1]; i++ {
					words[i] = '#' // found
				}
			}
		}
	}
	sortValues(p.Dates)
}

func sortValues(list []Value) {
	slices.SortFunc(list, func(a, b Value) int { return a.Start - b.Start })
}
