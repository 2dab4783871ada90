package match

import (
	"slices"
	"strings"
	"sync"

	"kg/internal/fold"
)

// nameParts is a name taken apart. The lists of words are in the order of words.
type nameParts struct {
	text   string
	fold   string   // its words by fold.Words, without apostrophes
	latin  bool     // that are those of plain, in the order of the name
	plain  []string // in Latin letters
	turned string   // plain without spaces, turned to begin at its least letter
	slavic []string // by slavicSound
	korean []string // by koreanSound
	round  string   // turned, of how it sounds in Korean
	main   []string // slavic without general words; not of persons
	kmain  []string // korean without them
	long   bool     // it has the letters that a slip is forgiven in
}

// general are words that part no two organisations: forms in law, lines of business
// that half of them name, and the Koreas.
var general = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`ltd limited co company corp corporation inc incorporated llc plc ooo zao oao pao ao jsc pjsc cjsc
		gmbh ag kg sa sarl srl bv nv spa oy ab as pte pty group holding holdings the of and for in a de la et
		general trading trade import export international enterprise firm joint venture stock
		korea korean dprk north democratic people s republic`) {
		m[w] = true
	}
	return m
})

// surnames are the commonest of Korea, by how they sound.
var surnames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("kim ri pak choe jong kang jo yun jang rim han sin kwon hwang an song ryu hong jon ko mun yang paek ho nam sim ro ha kwak cha u ju min chon ku") {
		m[koreanSound(w)] = true
	}
	return m
})

func parse(text string, person bool) nameParts {
	words := romanWords(text)
	n := nameParts{text: text, fold: fold.Words(strings.ReplaceAll(fold.Name(text), "'", ""))}
	n.latin = n.fold == strings.Join(words, " ")
	letters := 0
	for _, w := range words {
		letters += len(w)
		s, k := slavicSound(w), koreanSound(w)
		n.plain, n.slavic, n.korean = append(n.plain, w), append(n.slavic, s), append(n.korean, k)
		if !person && !general()[w] {
			n.main, n.kmain = append(n.main, s), append(n.kmain, k)
		}
	}
	n.long = letters >= 8
	n.turned = turned(strings.Join(n.slavic, ""))
	n.round = turned(strings.ReplaceAll(strings.Join(n.korean, ""), "n", "r"))
	for _, list := range [][]string{n.plain, n.slavic, n.korean, n.main, n.kmain} {
		slices.Sort(list)
	}
	return n
}

// turned returns the least rotation of a text: one form for all of them, as for Kim Jong
// Il and Jong-il Kim.
func turned(s string) string {
	i, j, k, n := 0, 1, 0, len(s)
	for i < n && j < n && k < n {
		a, b := s[(i+k)%n], s[(j+k)%n]
		switch {
		case a == b:
			k++
			continue
		case a > b:
			i += k + 1
		default:
			j += k + 1
		}
		if i == j {
			j++
		}
		k = 0
	}
	i = min(i, j)
	return s[i:] + s[:i]
}

// isKorean reports whether Korean romanisations can be meant: Hangul, a country or a
// word that says so, or a common surname at either end of a person's name.
func (r *Record) isKorean() bool {
	says := func(text string) bool {
		return strings.Contains(text, "korea") || strings.Contains(text, "dprk") || strings.Contains(text, "pyongyang")
	}
	if slices.ContainsFunc(r.Countries, says) {
		return true
	}
	for _, text := range r.Names {
		fold := fold.Words(text)
		if says(fold) || strings.ContainsFunc(fold, func(r rune) bool { return r >= '가' && r <= '힣' }) {
			return true
		}
		if words := strings.Fields(fold); r.Person && len(words) > 1 &&
			(surnames()[koreanSound(words[0])] || surnames()[koreanSound(words[len(words)-1])]) {
			return true
		}
	}
	return false
}

// differ are the words of two ordered lists that the other does not have, each as
// often as that is so.
func differ(a, b []string) (onlyA, onlyB []string) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			a, b = a[1:], b[1:]
		case a[0] < b[0]:
			onlyA, a = append(onlyA, a[0]), a[1:]
		default:
			onlyB, b = append(onlyB, b[0]), b[1:]
		}
	}
	return append(onlyA, a...), append(onlyB, b...)
}
