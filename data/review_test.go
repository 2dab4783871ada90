package data_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v4"
)

const reviewFile = "donga-2008-04-04.review.tsv"

// reviewedEdge is an edge of the claims file: its claim, subject, relation and
// object, as both files write them.
type reviewedEdge struct{ Claim, Subject, Relation, Object string }

func (e reviewedEdge) String() string {
	return strings.Join([]string{e.Claim, e.Subject, e.Relation, e.Object}, "\t")
}

// reviewRow is a line of the reviewer's table.
type reviewRow struct {
	reviewedEdge
	Line   int
	Stated string
}

// place is where the row says that the edge is stated.
func (r reviewRow) place() (start, end int, err error) {
	from, to, found := strings.Cut(r.Stated, "-")
	start, err = strconv.Atoi(from)
	if err == nil && found {
		end, err = strconv.Atoi(to)
	}
	if err != nil || start >= end {
		return 0, 0, fmt.Errorf("%q is no place such as 92-127", r.Stated)
	}
	return start, end, nil
}

func review(t *testing.T) (rows []reviewRow) {
	t.Helper()
	for i, line := range strings.Split(strings.TrimSuffix(string(file(t, reviewFile)), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		switch {
		case len(cells) != 5:
			t.Fatalf("%s:%d: %d columns, not 5", reviewFile, i+1, len(cells))
		case i == 0:
			if line != "claim\tsubject\trelation\tobject\tstated" {
				t.Fatalf("%s: the columns are %q", reviewFile, cells)
			}
		default:
			rows = append(rows, reviewRow{reviewedEdge{cells[0], cells[1], cells[2], cells[3]}, i + 1, cells[4]})
		}
	}
	return rows
}

// claimEdges are the edges of the article's claims in the order of the file.
func claimEdges(t *testing.T) (edges []reviewedEdge) {
	t.Helper()
	var doc struct {
		Claims yaml.Node
	}
	if err := yaml.Load(file(t, articleFile), &doc); err != nil {
		t.Fatal(err)
	}
	for claim, body := range pairs(&doc.Claims) {
		for field, subjects := range pairs(body) {
			if field != "edges" {
				continue
			}
			for subject, relations := range pairs(subjects) {
				for relation, object := range pairs(relations) {
					for _, o := range objects(object) {
						edges = append(edges, reviewedEdge{claim, subject, relation, o})
					}
				}
			}
		}
	}
	return edges
}

// pairs walks a mapping in the order of the file.
func pairs(n *yaml.Node) func(func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i].Value, n.Content[i+1]) {
				return
			}
		}
	}
}

// objects are an edge's objects as the table has them: a word as it is, a date
// by its edtf, a quantity by its figures, or by its printed words if it has none.
func objects(n *yaml.Node) []string {
	switch n.Kind {
	case yaml.SequenceNode:
		var list []string
		for _, one := range n.Content {
			list = append(list, objects(one)...)
		}
		return list
	case yaml.MappingNode:
		has := map[string]string{}
		for field, value := range pairs(n) {
			has[field] = value.Value
		}
		if has["min"] != "" {
			return []string{has["min"] + "-" + has["max"]}
		}
		for _, field := range []string{"edtf", "value", "printed"} {
			if has[field] != "" {
				return []string{has[field]}
			}
		}
	}
	return []string{n.Value}
}

// Every edge of the article's claims is in the reviewer's table once, in the
// order of the file, and nothing else is.
func TestEveryEdgeIsReviewed(t *testing.T) {
	t.Parallel()
	lines := map[reviewedEdge]int{}
	last := 0
	for _, row := range review(t) {
		if first := lines[row.reviewedEdge]; first > 0 {
			t.Errorf("%s:%d: the edge stands in line %d already", reviewFile, row.Line, first)
		}
		lines[row.reviewedEdge] = row.Line
	}
	for _, edge := range claimEdges(t) {
		switch {
		case lines[edge] == 0:
			t.Errorf("%s lacks an edge; if the claim's passage states it, add where, else derive it:\n%s\tSTART-END", reviewFile, edge)
		case lines[edge] < last:
			t.Errorf("%s:%d: the edge stands before line %d, and in %s after its edge", reviewFile, lines[edge], last, articleFile)
		}
		last = max(last, lines[edge])
		delete(lines, edge)
	}
	for edge, line := range lines {
		t.Errorf("%s:%d: no claim of %s has the edge %s", reviewFile, line, articleFile, edge)
	}
}

// An edge is stated within its claim's passage, or its claim is derived and has
// no place but the claims it follows from.
func TestEdgesAreStatedOrDerived(t *testing.T) {
	t.Parallel()
	b, _ := article(t)
	for _, row := range review(t) {
		claim := b.Claims[row.Claim]
		if claim.At == nil {
			if want := "from " + strings.Join(claim.DerivedFrom, " "); row.Stated != want {
				t.Errorf("%s:%d: %q, and the claim is derived: %q", reviewFile, row.Line, row.Stated, want)
			}
			continue
		}
		start, end, err := row.place()
		if err != nil || start < claim.At.Start || end > claim.At.End {
			t.Errorf("%s:%d: the words from %s are not in the passage of %s, from %d to %d: %v",
				reviewFile, row.Line, row.Stated, row.Claim, claim.At.Start, claim.At.End, err)
		}
	}
}

// The places of the table are of whole words. With -v, each edge is shown
// beside the words that state it, for a reviewer to read.
func TestStatedWordsAreWords(t *testing.T) {
	b, _ := article(t)
	runes := whole(articleText(t, b.Source.SHA256))
	for _, row := range review(t) {
		claim := b.Claims[row.Claim]
		if claim.At == nil {
			continue
		}
		if words, quoted := strings.CutPrefix(row.Stated, `"`); quoted {
			words = strings.TrimSuffix(words, `"`)
			passage := string(runes[claim.At.Start:claim.At.End])
			before, _, found := strings.Cut(passage, words)
			if start := claim.At.Start + len([]rune(before)); found {
				t.Errorf("%s:%d: instead of the words, write %d-%d", reviewFile, row.Line, start, start+len([]rune(words)))
			} else {
				t.Errorf("%s:%d: the passage of %s has no such words", reviewFile, row.Line, row.Claim)
			}
			continue
		}
		start, end, err := row.place()
		if err != nil || end > len(runes) {
			t.Errorf("%s:%d: %s is no place in the text: %v", reviewFile, row.Line, row.Stated, err)
			continue
		}
		words := runes[start:end]
		if !slices.ContainsFunc(words, inWord) || unicode.IsSpace(words[0]) || unicode.IsSpace(words[len(words)-1]) ||
			cutsWord(runes, start) || cutsWord(runes, end) {
			t.Errorf("%s:%d: %s is %q, not whole words", reviewFile, row.Line, row.Stated, string(words))
		}
		if testing.Verbose() {
			t.Logf("%s | %s | %s | %s <= %s", row.Claim, row.Subject, row.Relation, row.Object, string(words))
		}
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func cutsWord(runes []rune, at int) bool {
	return at > 0 && at < len(runes) && inWord(runes[at-1]) && inWord(runes[at])
}

// What a claim calls printed stands in its passage: the hedge, the printed
// words of its figures, and where a place lies.
func TestPrintedWordsArePrinted(t *testing.T) {
	b, _ := article(t)
	text := articleText(t, b.Source.SHA256)
	for id, claim := range b.Claims {
		if claim.At == nil {
			continue
		}
		passage, _ := text.Passage(claim.At.Start, claim.At.End, "")
		for _, words := range append(printedIn(&claim.Edges), claim.Hedge) {
			if !strings.Contains(strings.ToLower(passage), strings.ToLower(words)) {
				t.Errorf("the claim %s has %q as printed, and its passage does not", id, words)
			}
		}
	}
}

func printedIn(n *yaml.Node) (list []string) {
	for field, value := range pairs(n) {
		if field == "printed" || field == "whereabouts" {
			list = append(list, value.Value)
		}
		list = append(list, printedIn(value)...)
	}
	return list
}
