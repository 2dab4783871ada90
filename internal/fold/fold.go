package fold

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Name is the form in which names are compared; the stored and printed name stays as
// written. Two names have one fold when they differ only in how accents are composed, in
// letter case, in the width of letters and digits, in the kind of space, apostrophe or
// hyphen, or in characters that do not show. The form is Unicode's NFKC_Casefold (The
// Unicode Standard, section 3.13) with these three unified and runs of spaces as one.
func Name(name string) string {
	name = strings.Map(unify, norm.NFC.String(name))
	if !ascii(name) {
		fold := cases.Fold()
		name = norm.NFD.String(name)
		for range 2 { // composing can bring back capitals
			name = norm.NFKC.String(fold.String(name))
		}
		name = strings.Map(unify, strings.Map(visible, name)) // composing can bring back apostrophes, too
	}
	return strings.Join(strings.Fields(strings.ToLower(name)), " ")
}

// Words returns the form in which names are searched: the words of Name's form, without
// accents and with one space between two, whatever separates them in the name. "Zoë
// Weber-Stein" and "zoe weber stein" have one form. It depends on Name's form alone; a
// name without letters and digits keeps that.
func Words(name string) string {
	if words, ok := foldASCII(make([]byte, 0, len(name)), name); ok {
		return string(words)
	}
	return foldWords(name)
}

// AppendWords appends Words of a name.
func AppendWords(dst, name []byte) []byte {
	if words, ok := foldASCII(dst, name); ok {
		return words
	}
	return append(dst, foldWords(string(name))...)
}

// foldASCII appends foldWords of ASCII with a letter or digit, as most names are,
// at a fifth of the time; it is not ok for any other name.
func foldASCII[T string | []byte](dst []byte, name T) ([]byte, bool) {
	from := len(dst)
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= utf8.RuneSelf:
			return nil, false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c < '0' || '9' < c && c < 'a' || 'z' < c:
			c = ' '
		}
		if c != ' ' || len(dst) > from && dst[len(dst)-1] != ' ' {
			dst = append(dst, c)
		}
	}
	if len(dst) > from && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst, len(dst) > from
}

func foldWords(name string) string {
	fold := Name(name)
	words := fold
	if !ascii(fold) {
		words = plainLetters.Replace(norm.NFC.String(strings.Map(unaccented, norm.NFD.String(fold))))
	}
	words = strings.Join(strings.FieldsFunc(words, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	}), " ")
	return cmp.Or(words, fold)
}

// plainLetters has the letters of Latin that Unicode takes for letters of their
// own, and people without them on their keyboards write so.
var plainLetters = strings.NewReplacer("æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ħ", "h", "ı", "i")

// unaccented drops combining marks that are accents; others, such as the vowels of Indic
// scripts, stay.
func unaccented(r rune) rune {
	if r >= 0x300 && r <= 0x36F {
		return -1
	}
	return r
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// unify gives apostrophes and hyphens one form each. The accents that serve as
// apostrophes go first, since NFKC takes them apart.
func unify(r rune) rune {
	switch r {
	case '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', '＇':
		return '\''
	case '\u2010', '\u2011': // the hyphen that is no minus, and the one that does not break
		return '-'
	}
	return r
}

// visible drops the characters that Unicode lets a program ignore: soft
// hyphens, joiners, marks of direction, variation selectors.
func visible(r rune) rune {
	if unicode.Is(unicode.Prepended_Concatenation_Mark, r) || r >= 0xFFF9 && r <= 0xFFFB || r >= 0x13430 && r <= 0x1343F {
		return r
	}
	if unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
		return -1
	}
	return r
}
