package data_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// reviewFile is a table beside the article's claims file with a row for each edge of each
// claim, in the order of the file: claim, subject, relation and object as the file has them
// (a date by its edtf, a quantity by its figures, or by its printed words if it has none), and
// under stated the range of the text, in code points, whose words state the edge: 92-127. An
// edge is stated when words of its claim's passage say it; a pronoun, or a name for what was
// named before, is read as what it stands for. An edge that takes more than that is a derived
// claim's, and has the claims it follows from instead: from street embassy-place. So nothing
// stands under a speaker who did not say it. The tests compare the table with the file.
//
// A reviewer who adds an edge reads the passage, and writes the words that state the edge in
// double quotes instead of the range; the test, run with the text, prints the range. With -v
// it prints every edge beside its words:
//
//	KG_TEXT=article.txt go test ./data -run Stated -v
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

// claimEdges are the edges of the article's claims in the order of the file, taken
// from the quads that they become: the file has them in several forms.
func claimEdges(t *testing.T) (edges []reviewedEdge) {
	t.Helper()
	o := ontology(t)
	relations := map[quad.Value]string{}
	for _, r := range o.Relations() {
		relations[r.IRI] = r.Name
	}
	all := articleQuadsOf(t)
	for _, q := range all {
		label := q.Label.(quad.IRI)
		if _, claim, _, ok := schema.IRI(label).SplitClaim(); ok && claim == label && !schema.IRI(q.Subject.(quad.IRI)).Under(claim) {
			edges = append(edges, reviewedEdge{lastPart(claim), lastPart(q.Subject), relations[q.Predicate], objectOf(all, q)})
		}
	}
	return edges
}

func articleQuadsOf(t *testing.T) []quad.Quad {
	t.Helper()
	return articleDoc(t).Quads()
}

// lastPart is the id at the end of an IRI.
func lastPart(v quad.Value) string {
	s := string(v.(quad.IRI))
	return s[strings.LastIndexAny(s, "/#")+1:]
}

// objectOf is an edge's object as the table has it: an id or a code, a text, a date
// by its edtf, a quantity by its figures, or by its printed words if it has none.
func objectOf(all []quad.Quad, q quad.Quad) string {
	node, ok := q.Object.(quad.IRI)
	if !ok {
		return fmt.Sprint(q.Object.Native())
	}
	has := map[quad.Value]string{}
	for _, part := range all {
		if part.Subject == node && schema.IRI(node).Under(q.Label.(quad.IRI)) {
			has[part.Predicate] = fmt.Sprint(part.Object.Native())
			if typed, ok := part.Object.(quad.TypedString); ok {
				has[part.Predicate] = string(typed.Value)
			}
		}
	}
	if has[schema.MinValue] != "" {
		return has[schema.MinValue] + "-" + has[schema.MaxValue]
	}
	for _, p := range []quad.IRI{schema.EDTF, schema.Value, schema.Printed} {
		if has[p] != "" {
			return has[p]
		}
	}
	return lastPart(node)
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
	printed := map[string][]string{}
	for _, q := range articleQuadsOf(t) {
		if q.Predicate == schema.Printed || q.Predicate == quad.IRI("https://kg.example/ontology#whereabouts") {
			_, claim, _, _ := schema.IRI(q.Label.(quad.IRI)).SplitClaim()
			printed[lastPart(claim)] = append(printed[lastPart(claim)], fmt.Sprint(q.Object.Native()))
		}
	}
	if len(printed) < 5 {
		t.Fatalf("only %d claims have printed words", len(printed))
	}
	for id, claim := range b.Claims {
		if claim.At == nil {
			continue
		}
		passage, _ := text.Passage(claim.At.Start, claim.At.End, "")
		for _, words := range append(printed[id], claim.Hedge) {
			if !strings.Contains(strings.ToLower(passage), strings.ToLower(words)) {
				t.Errorf("the claim %s has %q as printed, and its passage does not", id, words)
			}
		}
	}
}
