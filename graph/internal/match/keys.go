package match

import (
	"slices"
	"strconv"
	"strings"
)

// key is the digest of a property that two records have in common, where a rule can find
// a ground. A collision costs a comparison in vain.
type key uint64

// family is the kind of ground that a key is for.
type family byte

const (
	inWords family = iota
	inSlavic
	inTurned
	inKorean
	inRound
	inMain
	inInitials
	inSlips
	inSome
	inBeginning
	inRegister
	inRole
)

// keyOf is the FNV-1a hash of a family and texts.
func keyOf(f family, texts ...string) key {
	h := (uint64(14695981039346656037) ^ uint64(f)) * 1099511628211
	for _, text := range texts {
		for i := range len(text) {
			h = (h ^ uint64(text[i])) * 1099511628211
		}
		h = (h ^ 0x1f) * 1099511628211
	}
	return key(h ^ h>>29)
}

// emit is called with a key of a record, and whether two records with the key are
// compared only if one of them asks: a name with an initial asks, and all full names
// answer.
type emit func(k key, asks bool)

func always(do emit) func(key) { return func(k key) { do(k, true) } }

// keys emits all keys of a record except those for typing errors, which are many and need
// the words of its names: these it returns.
func (r *Record) keys(do emit) (names [][]string) {
	all := always(do)
	for _, id := range r.IDs {
		all(id.key())
	}
	if r.Event {
		r.eventKeys(all)
		return nil
	}
	koreans := r.isKorean()
	for _, text := range r.Names {
		n := parse(text, r.Person)
		for _, k := range n.whole() {
			asks := koreans || k.family != inKorean && k.family != inRound
			do(k.key, asks)
			for _, year := range r.birthYears() {
				do(k.born(year), asks)
			}
		}
		if r.Person {
			n.initialKeys(do)
		}
		n.withinKeys(r.Person, do)
		n.beginKeys(do, koreans)
		if n.long {
			names = append(names, n.plain)
		}
	}
	return names
}

func (id Identifier) key() key { return keyOf(inRegister, id.Register, id.Value) }

type familyKey struct {
	family family
	key    key
	text   string
}

// born is the key of a name that many bear, with a year of birth.
func (k familyKey) born(year int) key { return keyOf(k.family, k.text, strconv.Itoa(year)) }

// whole returns the keys of the whole name. A name of fewer than three letters has none.
func (n *nameParts) whole() []familyKey {
	var list []familyKey
	add := func(f family, text string) {
		if len(text) >= 3 {
			list = append(list, familyKey{f, keyOf(f, text), text})
		}
	}
	add(inWords, strings.Join(n.plain, " "))
	add(inSlavic, strings.Join(n.slavic, " "))
	add(inTurned, n.turned)
	add(inKorean, strings.Join(n.korean, " "))
	add(inRound, n.round)
	add(inMain, strings.Join(n.main, " "))
	return list
}

// initialKeys are a word, how many others there are, and their first letters.
func (n *nameParts) initialKeys(do emit) {
	if len(n.plain) < 2 {
		return
	}
	asks := len(n.plain[0]) == 1 || slices.ContainsFunc(n.plain, func(w string) bool { return len(w) == 1 })
	for i, w := range n.plain {
		if len(w) >= 3 {
			do(n.initialKey(i), asks)
		}
	}
}

func (n *nameParts) initialKey(i int) key {
	var first []byte
	for j, w := range n.plain {
		if j != i {
			first = append(first, w[0])
		}
	}
	slices.Sort(first)
	return keyOf(inInitials, n.plain[i], string(first))
}

// mostWords is how many words a name may have to be found within another.
const mostWords = 5

// own are the words that one name must have of another to be within it.
func (n *nameParts) own(person bool) []string {
	if person {
		return n.plain
	}
	return n.main
}

// withinKeys emits the key of the name as part of another one, which asks, and all
// choices of its words that another can have: for persons two words or more.
func (n *nameParts) withinKeys(person bool, do emit) {
	own := n.own(person)
	if len(own) > mostWords {
		return
	}
	for choice := 1; choice < 1<<len(own); choice++ {
		if k, ok := chosen(own, choice, person); ok {
			do(k, choice == 1<<len(own)-1)
		}
	}
}

// chosen is the key of some words, by the bits of their choice.
func chosen(own []string, choice int, person bool) (key, bool) {
	texts := make([]string, 0, mostWords)
	letters := 0
	for i, w := range own {
		if choice&(1<<i) != 0 {
			texts = append(texts, w)
			letters += len(w)
		}
	}
	return keyOf(inSome, texts...), letters >= 4 && (!person || len(texts) > 1)
}

// alike is by how many letters words begin alike.
const alike = 5

// beginning are the first letters of each word, in order.
func beginning(words []string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w[:min(len(w), alike)]
	}
	slices.Sort(list)
	return list
}

func (n *nameParts) beginKeys(do emit, koreans bool) {
	if len(n.main) > 0 {
		do(keyOf(inBeginning, beginning(n.main)...), true)
		do(keyOf(inBeginning, beginning(n.kmain)...), koreans)
	}
}

// slipKeys are, for each word of four letters or more, the other words and the word
// without each of its letters, and whole: two words that are a slip apart have one in
// common.
func slipKeys(names [][]string, do func(key)) {
	for _, plain := range names {
		for i := range plain {
			slipKeysAt(plain, i, do)
		}
	}
}

func slipKeysAt(plain []string, i int, do func(key)) {
	w := plain[i]
	if !slippery(w) {
		return
	}
	rest := strings.Join(slices.Concat(plain[:i], plain[i+1:]), " ")
	do(keyOf(inSlips, rest, w))
	for j := range w {
		if j == 0 || w[j] != w[j-1] {
			do(keyOf(inSlips, rest, w[:j]+w[j+1:]))
		}
	}
}

// slippery reports whether a slip is forgiven in a word: not in a number.
func slippery(w string) bool {
	return len(w) >= 4 && !strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' })
}
