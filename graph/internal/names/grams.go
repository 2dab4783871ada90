package names

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// Gram is three letters that follow each other in a name, packed so that the grams
// which begin alike are a range.
type Gram int64

const letterBits = 21

// gramOf packs up to three letters.
func gramOf(letters []rune) (g Gram) {
	for i := range 3 {
		g <<= letterBits
		if i < len(letters) {
			g |= Gram(letters[i])
		}
	}
	return g
}

// AppendGrams appends the grams of a folded name: those of its letters without the
// spaces, the last two of which have but two letters and one, and for each word a
// space with its first two letters. A text without a space is a part of a word of the
// name, or of its words written as one, only if the name has all grams of the text.
func AppendGrams(dst []Gram, name string) []Gram {
	var scratch [64]rune
	letters := scratch[:0]
	start := true
	for i, r := range name {
		if r == ' ' {
			start = true
			continue
		}
		letters = append(letters, r)
		if start {
			start = false
			dst = append(dst, startGram(name[i:]))
		}
	}
	for i := range letters {
		dst = append(dst, gramOf(letters[i:min(i+3, len(letters))]))
	}
	return dst
}

// startGram is a space with the first two letters of a word.
func startGram(word string) Gram {
	first, size := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[size:])
	if size == len(word) || second == ' ' {
		return gramOf([]rune{' ', first})
	}
	return gramOf([]rune{' ', first, second})
}

// GramRange is from one gram to another, both included: a name has one of them.
type GramRange struct{ From, To Gram }

// beginning is the range of the grams that begin with some letters.
func beginning(letters ...rune) GramRange {
	from := gramOf(letters)
	return GramRange{from, from + 1<<(letterBits*(3-len(letters))) - 1}
}

// AllOf are grams that a name must have, all of them.
type AllOf []GramRange

// Part returns the grams of a name that contains a text.
func Part(text string) AllOf { return part([]rune(text)) }

func part(letters []rune) (all AllOf) {
	if len(letters) < 3 {
		return AllOf{beginning(letters...)}
	}
	for i := range len(letters) - 2 {
		all = append(all, beginning(letters[i:i+3]...))
	}
	return all
}

// begins returns the grams of a name with a word that begins with some letters.
func begins(letters []rune) AllOf {
	all := AllOf{beginning(append([]rune{' '}, letters[:min(2, len(letters))]...)...)}
	if len(letters) > 2 {
		all = append(all, part(letters)...)
	}
	return all
}

// Slips returns the grams of names with a word that equals a text, or begins with it, but
// for one typing error: a letter missing, another one, one too many, or two swapped. A
// single gram of a name's last letters is not selective enough.
func Slips(text string) (any []AllOf) {
	letters := []rune(text)
	around := func(before, after []rune) {
		var all AllOf
		if len(before) > 0 {
			all = begins(before)
		}
		if len(after) > 1 {
			all = append(all, part(after)...)
		}
		any = append(any, all)
	}
	for i := range letters {
		any = append(any, begins(slices.Concat(letters[:i], letters[i+1:])))
		around(letters[:i], letters[i+1:])
		if i > 0 {
			around(letters[:i], letters[i:])
			swapped := slices.Clone(letters)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			any = append(any, begins(swapped))
		}
	}
	return any
}

// Wanted is the condition on the grams of matching names: for each word one of several
// alternatives.
type Wanted [][]AllOf

// Key identifies the condition.
func (w Wanted) Key() string {
	var b strings.Builder
	for _, word := range w {
		for _, way := range word {
			for _, r := range way {
				b.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(r.From)), uint64(r.To)))
			}
			b.WriteByte(1)
		}
		b.WriteByte(0)
	}
	return b.String()
}
