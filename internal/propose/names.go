package propose

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/fold"
	"kg/internal/sentence"
	"kg/internal/sourcetext"
	"kg/internal/strict"
)

// lexeme is a word of a sentence, in bytes of the sentence.
type lexeme struct {
	text       string // without 's
	from, to   int
	possessive bool
	starts     bool // of a sentence, or of a quotation
}

var wordForm = strict.Pattern(`[\pL\pN]+(?:[-.'’&][\pL\pN]+)*`)

func lexemes(sentence string) (list []lexeme) {
	begins := true
	last := 0
	for _, at := range wordForm().FindAllStringIndex(sentence, -1) {
		t := lexeme{text: sentence[at[0]:at[1]], from: at[0], to: at[1]}
		for _, end := range []string{"'s", "’s", "'S", "’S"} {
			if text, ok := strings.CutSuffix(t.text, end); ok && text != "" {
				t.text, t.to, t.possessive = text, at[1]-len(end), true
			}
		}
		t.starts = begins || strings.ContainsAny(sentence[last:at[0]], "“\":") || len(list) > 0 && strings.ContainsAny(sentence[last:at[0]], ".!?") && !list[len(list)-1].abbreviates()
		begins, last = false, at[1]
		list = append(list, t)
	}
	return list
}

func (t lexeme) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r) && !unicode.IsUpper(r) // 동아일보 has no case
}

func (t lexeme) low() string { return strings.ToLower(t.text) }

func (t lexeme) in(list []string) bool { return slices.Contains(list, t.low()) }

// abbreviates reports whether a full stop after the word does not end a sentence.
func (t lexeme) abbreviates() bool {
	return utf8.RuneCountInString(t.text) == 1 || t.in(callings) || sentence.IsTitle(t.low()) || strings.Contains(t.text, ".")
}

// namer finds the names of a text.
type namer struct {
	p     *Proposal
	known func(string) (*Known, error)
	mid   map[string]bool // words that have a capital letter within a sentence
	small map[string]bool // words that are written small somewhere
	byKey map[string]*Mention
}

// findNames finds names: consecutive words with capital letters, unless they are capital
// only because a sentence begins. Kinds come from the store, from the countries of CLDR,
// and from nouns in and beside a name; others are left blank.
func (p *Proposal) findNames(known func(string) (*Known, error)) error {
	n := &namer{p: p, known: known, mid: map[string]bool{}, small: map[string]bool{}, byKey: map[string]*Mention{}}
	all := make([][]lexeme, len(p.sentences))
	for i, s := range p.sentences {
		all[i] = lexemes(p.words(s))
		for _, t := range all[i] {
			if t.capital() && !t.starts {
				n.mid[t.text] = true
			} else if !t.capital() {
				n.small[t.low()] = true
			}
		}
	}
	for i, s := range p.sentences {
		n.sentence(s, all[i])
	}
	n.join()
	return n.settle()
}

// sentence finds the names of a sentence.
func (n *namer) sentence(s sourcetext.Span, list []lexeme) {
	words := n.p.words(s)
	for i := 0; i < len(list); {
		j := n.run(words, list, i)
		if j == i {
			i++
			continue
		}
		n.name(s, words, list, i, j)
		i = j
	}
}

// run is the end of the capitalised words that begin at i.
func (n *namer) run(words string, list []lexeme, i int) int {
	if !list[i].capital() || list[i].in(noNames) {
		return i
	}
	j := i + 1
	for j < len(list) && !list[j-1].possessive {
		t := list[j]
		gap := words[list[j-1].to:t.from]
		if gap != " " && !(gap == ". " && list[j-1].abbreviates()) || t.starts && gap == " " {
			break
		}
		if t.in(joining) && !t.capital() {
			k := j + 1
			if t.text == "of" && !list[j-1].in(takesOf) {
				break
			}
			for k < len(list) && (list[k].in(joining) || list[k].text == "the") && k < j+2 {
				k++
			}
			if k < len(list) && list[k].capital() && !list[k].in(noNames) && !strings.ContainsAny(words[list[j-1].to:list[k].from], ",;.:()“”\"") {
				j = k + 1
				continue
			}
			break
		}
		if !t.capital() || t.in(noNames) {
			break
		}
		j++
	}
	return j
}

// name proposes the name that the tokens i to j make, if they make one.
func (n *namer) name(s sourcetext.Span, words string, list []lexeme, i, j int) {
	kind := ""
	first := i
	for i < j && list[i].starts && n.only(list, i, j) || i < j && list[i].in([]string{"the"}) {
		i++
	}
	for i < j-1 && list[i].in(callings) {
		kind = "Person"
		i++
	}
	if i == j {
		return
	}
	text := words[list[i].from:list[j-1].to]
	if list[i].in(starters) && list[i].starts && j == i+1 {
		return
	}
	if name, _ := country(n.initial(text)); name != "" {
		n.add(name, "Country", s, list[i].from, list[j-1].to)
		n.suffixed(s, words, list, i, j)
		return
	}
	if n.compound(text) || slices.Contains(vague, strings.TrimSuffix(strings.ToLower(text), "s")) {
		return
	}
	if n.suffixed(s, words, list, i, j) {
		return
	}
	kind = cmp.Or(kind, n.kind(words, list, first, i, j))
	n.add(text, kind, s, list[i].from, list[j-1].to)
}

// only reports whether the beginning of a sentence alone gives the first of some
// capitalised words its capital letter.
func (n *namer) only(list []lexeme, i, j int) bool {
	t := list[i]
	switch {
	case t.in(starters) || strings.HasSuffix(t.text, "ly"):
		return true
	case t.in(callings) && j > i+1 || n.mid[t.text]:
		return false
	case n.small[t.low()]:
		return true
	case j > i+1 || t.possessive:
		return false
	}
	name, _ := country(t.text)
	return name == "" && i+1 < len(list) && !verbs[list[i+1].low()] && !sayingVerbs[list[i+1].low()]
}

// verbs are small words that follow a name more often than another word with which
// a sentence begins.
var verbs = map[string]bool{"is": true, "was": true, "has": true, "had": true, "will": true, "became": true, "held": true, "paid": true, "owns": true}

// initial abbreviates the first word of a name to an initial, if the text has that form:
// N.Korea.
func (n *namer) initial(text string) string {
	letter, rest, ok := strings.Cut(text, ".")
	if ok && utf8.RuneCountInString(letter) == 1 {
		for low, name := range countries() {
			if strings.HasPrefix(low, strings.ToLower(letter)) && strings.HasSuffix(name, " "+strings.TrimSpace(rest)) {
				return name
			}
		}
	}
	return text
}

// compound reports whether a word is made of adjectives of countries: Korean-Russian.
func (n *namer) compound(text string) bool {
	parts := strings.Split(text, "-")
	for _, part := range parts {
		if _, adjective := country(part); !adjective && !slices.Contains(vague, strings.ToLower(part)) {
			return false
		}
	}
	return len(parts) > 1
}

// suffixed adds a name formed with a lower-case noun after the words: Slavyanka shipyard.
func (n *namer) suffixed(s sourcetext.Span, words string, list []lexeme, i, j int) bool {
	k := j
	if list[j-1].possessive {
		return false
	}
	if k < len(list) && list[k].in(betweenNouns) && words[list[k-1].to:list[k].from] == " " {
		k++
	}
	if k >= len(list) || list[k].capital() || !list[k].in(smallNouns) || words[list[k-1].to:list[k].from] != " " {
		return false
	}
	text := words[list[i].from:list[k].to]
	key := fold.Name(text)
	if name, _ := country(words[list[i].from:list[j-1].to]); name != "" { // the Russian and the Russia embassy are one
		key = fold.Name(name + words[list[j-1].to:list[k].to])
	}
	n.addAs(key, text, nouns[list[k].low()], s, list[i].from, list[k].to)
	return true
}

// kind returns the kind of a name by the nouns in it and beside it, or an empty text.
func (n *namer) kind(words string, list []lexeme, first, i, j int) string {
	if kind := n.listed(words, list, first); kind != "" {
		return kind
	}
	head := j - 1
	for k := i + 1; k < j; k++ { // the Bank of Norway is a bank
		if list[k].text == "of" {
			head = k - 1
			break
		}
	}
	if kind := nouns[list[head].low()]; kind != "" && kind != "Group" && kind != "Document" && (j > i+1 || kind != "Person") {
		return kind
	}
	if i > 0 && words[list[i-1].to:list[i].from] == " " && !list[i-1].possessive {
		if kind := nouns[list[i-1].low()]; kind != "" && kind != "Group" && kind != "Document" {
			return kind
		}
	}
	if j >= len(list) || list[j-1].possessive {
		return ""
	}
	gap := strings.TrimSpace(words[list[j-1].to:list[j].from])
	if gap == "," || gap == "" && (list[j].in([]string{"became", "is", "was", "as"})) {
		for k := j; k < min(j+6, len(list)) && !list[k].capital(); k++ {
			if k > j && strings.ContainsAny(words[list[k-1].to:list[k].from], ",;.:") || list[k].in([]string{"of", "in", "who", "which", "that", "by", "for"}) {
				break
			}
			if kind := nouns[list[k].low()]; kind != "" && kind != "Group" && kind != "Document" && (k+1 == len(list) || nouns[list[k+1].low()] == "" || words[list[k].to:list[k+1].from] != " ") {
				return kind
			}
		}
	}
	return ""
}

// listed is the kind of a name in a list behind a noun: companies, such as A and B.
func (n *namer) listed(words string, list []lexeme, i int) string {
	before := words[:list[i].from]
	at := max(strings.LastIndex(before, "such as "), strings.LastIndex(before, "including "))
	if at < 0 {
		return ""
	}
	for _, t := range list[:i] { // names, commas and an "and" alone
		if t.from >= at && !t.capital() && !t.in([]string{"such", "as", "including", "and", "or"}) {
			return ""
		}
	}
	for k := i - 1; k >= 0; k-- {
		if kind := manyOf[list[k].low()]; kind != "" && list[k].to <= at {
			return kind
		}
	}
	return ""
}

// add adds an occurrence of a name.
func (n *namer) add(text, kind string, s sourcetext.Span, from, to int) {
	n.addAs(fold.Name(text), text, kind, s, from, to)
}

func (n *namer) addAs(key, text, kind string, s sourcetext.Span, from, to int) {
	name := n.byKey[key]
	if name == nil {
		name = &Mention{Name: text}
		n.byKey[key] = name
		n.p.Names = append(n.p.Names, name)
	}
	name.Kind = cmp.Or(name.Kind, kind)
	name.Ranges = append(name.Ranges, n.p.rangeOf(s, from, to))
}
