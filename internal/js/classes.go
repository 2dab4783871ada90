package js

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// maxClasses bounds the expansion of Unicode classes in an expression, whose compilation
// is one step.
const maxClasses = 1 << 17 // bytes

// classes expands the Unicode classes in a JavaScript expression, such as \p{L}, into the
// characters they hold: the interpreter reads \p as the letter p, and so finds nothing,
// without an error.
func classes(pattern, flags string) (string, error) {
	if !strings.Contains(pattern, `\p`) && !strings.Contains(pattern, `\P`) {
		return pattern, nil
	}
	var b strings.Builder
	within := false // brackets
	for i := 0; i < len(pattern); {
		if pattern[i] != '\\' || i+1 == len(pattern) {
			within = (within || pattern[i] == '[') && pattern[i] != ']'
			b.WriteByte(pattern[i])
			i++
			continue
		}
		if c := pattern[i+1]; c != 'p' && c != 'P' {
			b.WriteString(pattern[i : i+2])
			i += 2
			continue
		}
		if !strings.Contains(flags, "u") {
			return "", fmt.Errorf(`%s is a class of Unicode only with the flag u, as in /\p{L}/u`, Shorten(pattern[i:]))
		}
		escape, rest, err := cutClass(pattern[i:])
		if err != nil {
			return "", err
		}
		if within && (strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "-]") || rangesTo(b.String())) {
			return "", fmt.Errorf(`%s is a class and cannot begin or end a range`, escape)
		}
		set, err := classText(escape)
		if err != nil {
			return "", err
		}
		if !within {
			set = "[" + set + "]"
		}
		b.WriteString(set)
		if i += len(escape); b.Len() > maxClasses {
			return "", errors.New("it has too many classes of Unicode for one expression")
		}
	}
	return b.String(), nil
}

// rangesTo reports whether a character class so far ends in the hyphen of a range.
func rangesTo(written string) bool {
	before, ok := strings.CutSuffix(written, "-")
	return ok && !strings.HasSuffix(before, `\`) && !strings.HasSuffix(before, "[") && !strings.HasSuffix(before, "[^")
}

// cutClass cuts \p{name} from the start of a pattern.
func cutClass(pattern string) (escape, rest string, err error) {
	end := strings.IndexByte(pattern, '}')
	if !strings.HasPrefix(pattern[2:], "{") || end < 0 {
		return "", "", fmt.Errorf(`%s is no class of Unicode: write it as \p{L}`, Shorten(pattern))
	}
	return pattern[:end+1], pattern[end+1:], nil
}

// classTexts are the classes that queries had, as text.
var classTexts sync.Map

// classText is a class as it stands in brackets.
func classText(escape string) (string, error) {
	if text, ok := classTexts.Load(escape); ok {
		return text.(string), nil
	}
	set, err := charactersOf(escape[3 : len(escape)-1])
	if err != nil {
		return "", fmt.Errorf("%s: %w", Shorten(escape), err)
	}
	if escape[1] == 'P' {
		set = set.complement()
	}
	text := set.String()
	classTexts.Store(escape, text) // there are but some hundreds of names
	return text, nil
}

// charactersOf are those of a property, by the names of ECMAScript, section
// "Runtime Semantics: UnicodeMatchProperty".
func charactersOf(name string) (characters, error) {
	property, value, valued := strings.Cut(name, "=")
	switch {
	case !valued && unicode.Scripts[name] != nil:
		return nil, fmt.Errorf(`a script is written \p{Script=%s}`, name)
	case valued && (property == "Script" || property == "sc"):
		if t := unicode.Scripts[value]; t != nil {
			return charactersIn(t), nil
		}
		return nil, errors.New(`unknown script: its name is in full, as in \p{Script=Cyrillic}`)
	case valued && property != "General_Category" && property != "gc":
		return nil, errors.New("only General_Category and Script have values here")
	case valued:
		name = value
	}
	if t := unicode.Categories[cmp.Or(unicode.CategoryAliases[name], name)]; t != nil {
		return charactersIn(t), nil
	}
	if set := binary[name]; set != nil && !valued {
		return set(), nil
	}
	if t := unicode.Properties[name]; t != nil && !valued && !strings.HasPrefix(name, "Other_") {
		return charactersIn(t), nil
	}
	return nil, errors.New("unknown class: kg knows general categories (L, Lu, Letter, N, P …), Script=NAME, " +
		"Alphabetic, Uppercase, Lowercase, White_Space and other properties without emoji")
}

// binary are the properties that are sums of others (Unicode Standard Annex 44).
var binary = map[string]func() characters{
	"Any":        func() characters { return characters{{0, unicode.MaxRune}} },
	"ASCII":      func() characters { return characters{{0, unicode.MaxASCII}} },
	"Assigned":   func() characters { return charactersIn(unicode.Categories["Cn"]).complement() },
	"Alphabetic": alphabetic, "Alpha": alphabetic,
	"Uppercase": uppercase, "Upper": uppercase,
	"Lowercase": lowercase, "Lower": lowercase,
	"Math":  func() characters { return charactersIn(unicode.Sm, unicode.Other_Math) },
	"space": func() characters { return charactersIn(unicode.White_Space) },
}

func alphabetic() characters {
	return charactersIn(unicode.L, unicode.Nl, unicode.Other_Alphabetic)
}
func uppercase() characters { return charactersIn(unicode.Lu, unicode.Other_Uppercase) }
func lowercase() characters { return charactersIn(unicode.Ll, unicode.Other_Lowercase) }

// characters are ranges, both ends included, in order and apart.
type characters [][2]rune

func charactersIn(tables ...*unicode.RangeTable) characters {
	var all characters
	for _, t := range tables {
		for _, r := range t.R16 {
			all = all.with(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			all = all.with(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	slices.SortFunc(all, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	var set characters
	for _, r := range all {
		if n := len(set); n > 0 && r[0] <= set[n-1][1]+1 {
			set[n-1][1] = max(set[n-1][1], r[1])
		} else {
			set = append(set, r)
		}
	}
	return set
}

func (c characters) with(lo, hi, stride rune) characters {
	if stride == 1 {
		return append(c, [2]rune{lo, hi})
	}
	for r := lo; r <= hi; r += stride {
		c = append(c, [2]rune{r, r})
	}
	return c
}

func (c characters) complement() characters {
	var rest characters
	next := rune(0)
	for _, r := range c {
		if next < r[0] {
			rest = append(rest, [2]rune{next, r[0] - 1})
		}
		next = r[1] + 1
	}
	if next <= unicode.MaxRune {
		rest = append(rest, [2]rune{next, unicode.MaxRune})
	}
	return rest
}

// String writes the ranges as they stand in brackets.
func (c characters) String() string {
	var b strings.Builder
	write := func(r rune) {
		if r < 0x80 || !unicode.IsGraphic(r) {
			b.WriteString(`\u{` + strconv.FormatInt(int64(r), 16) + `}`)
		} else {
			b.WriteRune(r)
		}
	}
	for _, r := range c {
		write(r[0])
		if r[1] > r[0] {
			b.WriteByte('-')
			write(r[1])
		}
	}
	return b.String()
}
