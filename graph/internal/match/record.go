package match

// Record is the merged description of one IRI, from all sources that describe it.
type Record struct {
	IRI       string
	Names     []string // the best first
	Kind      int      // see Options.OneKind
	Person    bool
	Event     bool
	Sources   []string
	Births    []DateRange
	Countries []string // by each of their names, folded
	Posts     []string // folded
	IDs       []Identifier

	// Of an event:
	Parts   []Part
	Amounts []Amount
	Dates   []DateRange
}

// DateRange is a date: the first day it can be and the last, as YYYY-MM-DD, each empty
// where it is open.
type DateRange struct {
	First, Last string
	Loose       bool // it is about so, or perhaps
	Text        string
}

// Identifier is an identifier in a register.
type Identifier struct {
	Register  string // the relation
	Name      string // for display
	Value     string
	Permanent bool // an entity never has two of it
}

// Part is a participant of an event.
type Part struct {
	Role string // the relation's name for display
	Keys []string
	Name string
}

// Amount is a sum, exact or within bounds.
type Amount struct {
	Least, Most float64
	Unit        string
	Text        string
}

// Pair are two records, by their numbers, the smaller IRI first.
type Pair struct {
	A, B    int
	Score   int
	Reasons []Reason
	// Out reports that a contradiction rules the pair out; its score is 0.
	Out bool
}

// Reason is why a rule gives points or takes them.
type Reason struct {
	Rule   string
	Points int // 0 of a rule that rules out
	Text   string
}

// Rule is a line of the table by which pairs are judged.
type Rule struct {
	Name   string
	Points int
	Out    bool // it rules out
	Says   string
}

// Rules are all by which a pair is scored, in the order in which reasons are listed. Of
// the rules on names the best one counts.
var Rules = []Rule{
	{"same id", 50, false, "one identifier in one register: IMO number, registration, passport, LEI"},
	{"same name", 45, false, "one name after folding: case, accents, apostrophes, hyphens"},
	{"word order", 42, false, "the same words in another order"},
	{"same sound", 38, false, "one name when romanised: Cyrillic, Hangul, and what standards write for them"},
	{"main words", 34, false, "one name but for words such as Ltd, Trading, Korea; not of persons"},
	{"one slip", 30, false, "one letter other, more, fewer or swapped, in a word of four letters or more; not of Koreans, whose names are a letter apart"},
	{"initials", 28, false, "one name where initials stand for words; of persons"},
	{"begins alike", 26, false, "main words begin alike, by five letters or more; not of persons"},
	{"name within", 20, false, "the words of one name, and more; of persons two words or more"},
	{"other words", -10, false, "a main word in common, and each name has one that the other lacks; not of persons"},
	{"named twice", -30, false, "one source has both, each under an id of its own, and no identifier or date of birth in common; of persons"},
	{"same birth", 30, false, "born on one day"},
	{"birth overlaps", 15, false, "dates of birth that can be one: 1954 and 12 October 1954"},
	{"near birth", -20, false, "dates of birth that differ, where one is about so or perhaps"},
	{"same post", 10, false, "one post or occupation"},
	{"same country", 5, false, "a country in common: nationality, flag, jurisdiction"},
	{"other country", -10, false, "countries, and none in common"},
	{"other id", -15, false, "identifiers of one register that differ: a passport is renewed"},
	{"participant", 25, false, "an event: a participant in one role, known by its id or name; the second counts too"},
	{"other participant", -40, false, "an event: one participant in one role on each side, and they differ: a list bars many on one day"},
	{"same amount", 25, false, "an event: one amount"},
	{"amount overlaps", 12, false, "an event: amounts that can be one: about 30 and 28"},
	{"other amount", -20, false, "an event: amounts of one unit that differ"},
	{"same day", 25, false, "an event: one day"},
	{"date overlaps", 12, false, "an event: dates that can be one: 2008 and March 2008"},
	{"other kind", 0, true, "neither kind is the other or a kind of it: a person is no company"},
	{"other birth", 0, true, "dates of birth that cannot be one"},
	{"other number", 0, true, "other numbers where a thing has one for good: IMO, LEI, ISIN, VIN"},
	{"other date", 0, true, "an event: dates that cannot be one"},
}

// Least is the score from which a pair is shown to a person, and Likely that of pairs
// shown as likely.
const (
	Least  = 25
	Likely = 70
)

// points are those of a rule.
func points(rule string) int {
	for _, r := range Rules {
		if r.Name == rule {
			return r.Points
		}
	}
	panic("no rule " + rule)
}
