package match

import (
	"strings"
	"unicode/utf8"

	"kg/internal/fold"
)

// roman returns a word in the form of fold.Words in Latin letters if it has Cyrillic or
// Hangul ones: Cyrillic by BGN/PCGN's system of 1947, without its diacritics, Hangul
// letter by letter by Revised Romanization (2000), ignoring assimilation between
// neighbouring sounds. Other letters stay.
func roman(word string) string {
	if ascii(word) {
		return word
	}
	var b strings.Builder
	for _, r := range word {
		latin, known := cyrillic[r]
		switch {
		case known:
			b.WriteString(latin)
		case r >= firstSyllable && r <= lastSyllable:
			s := int(r - firstSyllable)
			b.WriteString(hangulInitials[s/588] + hangulVowels[s%588/28] + hangulFinals[s%28])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cyrillic is the alphabet of Russian, and the further letters of Ukrainian and
// Belarusian.
var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u",
}

const firstSyllable, lastSyllable = '가', '힣'

var (
	hangulInitials = strings.Split("g kk n d tt r m b pp s ss  j jj ch k t p h", " ")
	hangulVowels   = strings.Split("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i", " ")
	hangulFinals   = strings.Split(" k k k n n n t l k m l l l p l m p p t t ng t t k t p t", " ")
)

// syllables puts a space after each syllable of Hangul, so that 김정일 has the
// words of Kim Jong Il.
func syllables(name string) string {
	if ascii(name) {
		return name
	}
	var b strings.Builder
	for _, r := range name {
		b.WriteRune(r)
		if r >= firstSyllable && r <= lastSyllable {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// romanWords are the words of a name in Latin letters: see roman. An apostrophe
// parts no word: Ch'oe is one, and so is O'Neill.
func romanWords(name string) []string {
	words := strings.Fields(syllables(fold.Words(strings.ReplaceAll(fold.Name(name), "'", ""))))
	for i, w := range words {
		words[i] = roman(w)
	}
	return words
}

// slavic unifies the romanisations of Russian: BGN/PCGN, GOST 7.79 (system B), that of
// passports (ICAO 9303), and the older French and German ones. ISO 9 and scholars write j
// for й, which here is Korean's.
var slavic = strings.NewReplacer(
	"shch", "S", "schtsch", "S", "shh", "S", "sch", "S", "sh", "S", "tsch", "C", "tch", "C", "ch", "C",
	"zh", "Z", "kh", "h", "ts", "c", "tz", "c", "ph", "f", "ff", "f", "ck", "k", "x", "ks", "w", "v", "oo", "u", "ou", "u",
	"iy", "i", "yy", "i", "ii", "i", "yi", "i", "ie", "e", "ye", "e", "yo", "e", "io", "e", "y", "i", "q", "k",
)

// slavicSound is the key of a word in Latin letters by which romanisations of one
// Cyrillic word are equal: Yuriy, Iurii and Yuri.
func slavicSound(word string) string { return single(slavic.Replace(word)) }

// korean unifies the romanisations of Korean: Revised Romanization, McCune-Reischauer
// with or without its diacritics, that of North Korea, and common spellings of personal
// names (Lee, Park, Young). The first match counts.
var korean = strings.NewReplacer(
	"ngr", "Nr", "ngn", "Nr", "ng", "N", "yeo", "yo", "you", "yo", "weo", "wo", "eui", "ui", "oung", "oN",
	"eo", "o", "eu", "u", "oo", "u", "ou", "u", "ee", "i", "oe", "we", "oi", "we", "ae", "e", "ai", "e",
	"kk", "k", "gg", "k", "tt", "t", "dd", "t", "pp", "p", "bb", "p", "ss", "s", "sh", "s",
	"tch", "c", "jj", "c", "ch", "c", "j", "c", "rh", "r", "g", "k", "d", "t", "b", "p", "l", "r",
	"rk", "k", "rn", "n", // Park, Chearn: the r is silent
)

// koreanSound is the key of a word in Latin letters by which romanisations of one
// Korean word are equal: Jong and Chŏng, Choe and Ch'oe and Choi. An r or l that
// begins a word is n before most vowels in the South, and falls away before i and y:
// Rungra is Neungra, Ri is Lee and Yi.
func koreanSound(word string) string {
	key := single(korean.Replace(word))
	if rest, is := strings.CutPrefix(key, "n"); is {
		key = "r" + rest
	}
	if strings.HasPrefix(key, "ri") || strings.HasPrefix(key, "ry") {
		key = key[1:]
	}
	if strings.HasPrefix(key, "yi") {
		key = key[1:]
	}
	return key
}

// single writes doubled letters once.
func single(word string) string {
	out := make([]byte, 0, len(word))
	for i := range len(word) {
		if i == 0 || word[i] != word[i-1] {
			out = append(out, word[i])
		}
	}
	return string(out)
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
