package mapping

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/internal/strict"
	"kg/schema/edtf"
)

// dateOrders are the possible orders of the numbers of a date.
var dateOrders = []string{"dmy", "mdy", "ymd"}

// dateOption is a date of a cell. printed has the words of the cell if these say more.
type dateOption struct{ date, printed string }

// readDates reads a cell with a date as people write it:
//
//   - a day, month or year: 16.7.2009, 7/16/2009, 2009-07-16, 16 July 2009, July 2009;
//     a word before them: about, circa, c.; a full stop after them
//   - a range, 1967-1969, from which EDTF makes 1967/1969
//   - one of several: 1954 or 1955; 19.1.1963, 8.5.1966; a) 1946 b) 1.2.1947. Each is a
//     date of its own with EDTF's qualifier for uncertain, 1954?, since the table does
//     not say which. The words of the cell are kept.
//   - EDTF itself
//
// order resolves 4/7/2009, which is ambiguous; without it such a date is refused.
func readDates(text, order string) ([]dateOption, error) {
	whole := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), "."))
	if date, err := readDate(whole, order); err == nil {
		return []dateOption{{date, printedOf(text, date, whole)}}, nil
	} else if parts := alternatives(whole); len(parts) > 1 {
		var list []dateOption
		for _, p := range parts {
			date, one := readDate(p, order)
			if one != nil {
				return nil, strict.Errorf("%w, in %q", one, text)
			}
			if !strings.Contains(date, "/") && !strings.ContainsAny(date, "~?%") {
				date += "?"
			}
			if d := (dateOption{date, text}); !slices.Contains(list, d) {
				list = append(list, d)
			}
		}
		return list, nil
	} else if !strings.Contains(err.Error(), strconv.Quote(whole)) {
		return nil, strict.Errorf("%q: %w", text, err)
	} else {
		return nil, err
	}
}

// readDates caches the function of that name, which takes long compared with the rest of
// reading a cell; dates repeat in a table.
func (x *tableRun) readDates(text, order string) ([]dateOption, error) {
	k := dateText{text, order}
	if list, ok := x.dates[k]; ok {
		return list, nil
	}
	list, err := readDates(text, order)
	if err == nil && len(x.dates) < mostSlugs {
		x.dates[k] = list
	}
	return list, err
}

// dateText is the input of readDates.
type dateText struct{ text, order string }

// printedOf are the words of a cell, unless its numbers are the date's.
func printedOf(text, date, whole string) string {
	if strings.ContainsAny(date, "~/") && date != whole {
		return text
	}
	return ""
}

var (
	lettered = strict.Pattern(`(^|[\s,;])[a-z]\)\s*`)
	between  = strict.Pattern(`(?i)\s*(?:;|,|\s/\s|\s\|\s|\bor\b|\band\b)\s*`)
)

// alternatives are the dates of a cell with several.
func alternatives(s string) (list []string) {
	s = lettered().ReplaceAllString(s, ";")
	for _, p := range between().Split(s, -1) {
		if p = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(p), ".")); p != "" {
			list = append(list, p)
		}
	}
	return list
}

var (
	threeNumbers = strict.Pattern(`^(\d{1,4})([./-])(\d{1,2})([./-])(\d{1,4})\.?$`)
	monthAndYear = strict.Pattern(`^(\d{1,2})[./](\d{4})$`)
	year         = strict.Pattern(`^\d{4}$`)
	timeOfDay    = strict.Pattern(`^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*$`)
	yearsRange   = strict.Pattern(`^(.*\S)\s*(?:-|–|\bto\b)\s*(\S.*)$`)
	aboutWords   = strict.Pattern(`(?i)^(?:about|around|approximately|approx\.?|circa|ca?\.)\s*`)
)

// noYear is the year that databases have for none.
const noYear = "9999"

var errNoDate = errors.New("9999 stands for no date")

// readDate reads a single date or range, as EDTF.
func readDate(s, order string) (string, error) {
	if strings.Contains(s, noYear) {
		return "", errNoDate
	}
	if rest := aboutWords().ReplaceAllString(s, ""); rest != s {
		date, err := readDate(rest, order)
		if err == nil && !strings.ContainsAny(date, "/~?%") {
			return date + "~", nil
		}
		return date, err
	}
	if m := timeOfDay().FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if m := threeNumbers().FindStringSubmatch(s); m != nil && m[2] == m[4] {
		return numbers(s, order, m)
	}
	if m := monthAndYear().FindStringSubmatch(s); m != nil {
		return valid(m[2] + "-" + pad(m[1]))
	}
	if date, ok := dayInWords(s); ok {
		return valid(date)
	}
	if _, err := edtf.Parse(s); err == nil {
		return s, nil
	}
	if m := yearsRange().FindStringSubmatch(strings.TrimPrefix(s, "between ")); m != nil {
		first, err := readDate(m[1], order)
		last, err2 := readDate(m[2], order)
		if err == nil && err2 == nil && !strings.Contains(first+last, "/") {
			return valid(first + "/" + last)
		}
	}
	return "", strict.Errorf("%q is no date that kg reads, such as 16.7.2009, July 2009 or 1954 or 1955", s)
}

func valid(date string) (string, error) {
	_, err := edtf.Parse(date)
	return date, err
}

func pad(s string) string { return fmt.Sprintf("%02s", s) }

// numbers reads three numbers: the year first, or as order says.
func numbers(s, order string, m []string) (string, error) {
	first, second, third := m[1], m[3], m[5]
	switch {
	case len(first) == 4 && len(third) <= 2:
		return valid(first + "-" + pad(second) + "-" + pad(third))
	case len(first) > 2 || len(third) != 4:
		return "", strict.Errorf("%q has no year of four digits", s)
	case order == "dmy":
		return valid(third + "-" + pad(second) + "-" + pad(first))
	case order == "mdy":
		return valid(third + "-" + pad(first) + "-" + pad(second))
	}
	return "", strict.Errorf("%q can be read in two ways: say date: dmy for day, month, year, or date: mdy", s)
}

// dayInWords reads 16 July 2009, July 16, 2009, 16 Jul 2009, and July 2009.
func dayInWords(s string) (string, bool) {
	words := strings.Fields(strings.NewReplacer(",", " ", ".", " ").Replace(s))
	if len(words) == 3 && monthOf(words[0]) > 0 {
		words[0], words[1] = words[1], words[0]
	}
	switch {
	case len(words) == 3 && monthOf(words[1]) > 0 && year().MatchString(words[2]):
		day, err := strconv.Atoi(words[0])
		return fmt.Sprintf("%s-%02d-%02d", words[2], monthOf(words[1]), day), err == nil
	case len(words) == 2 && monthOf(words[0]) > 0 && year().MatchString(words[1]):
		return fmt.Sprintf("%s-%02d", words[1], monthOf(words[0])), true
	}
	return "", false
}

// monthOf returns the number of a month by its English name, or the first letters of it.
func monthOf(s string) int {
	for m := time.January; m <= time.December; m++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(s)) {
			return int(m)
		}
	}
	return 0
}
