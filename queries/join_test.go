package queries_test

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// Two sources speak of one bribe, and the second says so. Each node of it is
// unnamed and its source's own.
const (
	firstOfBribe = `source: {id: one, title: One, publisher: one-paper, annotator: ann, date: 2020-05-04, language: en, characters: 100, sha256: §§}
entities:
  one-paper: {kind: NewsMedia, name: One Paper}
  ann: {kind: Person, name: Ann}
  firm: {kind: Company, name: The firm}
  mayor: {kind: Person, description: The mayor}
  gift: {kind: Bribe, description: A gift}
claims:
  paid: {says: The firm paid the mayor., at: §, edges: {gift: {payer: firm, recipient: mayor, amount: {value: 5, unit: EUR}, status: done}}}
`
	secondOfBribe = `source: {id: two, title: Two, publisher: two-paper, annotator: bob, date: 2020-06-04, language: en, characters: 100, sha256: §§}
entities:
  two-paper: {kind: NewsMedia, name: Two Paper}
  bob: {kind: Person, name: Bob}
  firm: {kind: Company, name: The firm}
  a-mayor: {kind: Person, description: A town's mayor, same-as: kg:source/one/person/mayor}
  present: {kind: Bribe, description: A present, same-as: kg:source/one/bribe/gift}
  raid: {kind: Interception, description: A raid}
claims:
  why: {says: It was planned as a bribe., stance: alleges, at: §, edges: {present: {payer: firm, status: planned}}}
  caught: {says: The mayor was caught., at: §, edges: {raid: {intercepted: [firm, a-mayor], status: done}}}
  denied: {says: He denies it., speaker: a-mayor, stance: denies, at: §, edges: {present: {recipient: a-mayor, amount: {value: 5, unit: EUR, printed: five euros}}}}
`
)

// TestJoinedThingsAreOne: what sources join is one thing in answers and in
// denials, with the names of all and with who joined them, whatever the order of
// loading; a question about one node is answered by what is said of the other.
func TestJoinedThingsAreOne(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	fill := strings.NewReplacer("§§", strings.Repeat("0", 64), "§", "{paragraph: 1, start: 0, end: 5, sha256: "+strings.Repeat("1", 64)+"}")
	files := []string{fill.Replace(firstOfBribe), fill.Replace(secondOfBribe)}
	for range 2 {
		v := viewOf(t, o, files...)
		want := []string{"A gift = A present|The firm|The mayor = A town's mayor|5 EUR|||A raid|One Paper; Two Paper; joined by Bob|" +
			"One Paper: asserts, done; Two Paper: alleges, planned; payer caught: asserts, done|A town's mayor"}
		for _, args := range [][]string{nil, {"party=kg:source/one/person/mayor"}, {"party=kg:source/two/person/a-mayor"}} {
			params, err := set["bribes"].Bind(context.Background(), v, args)
			if err != nil {
				t.Fatal(err)
			}
			res, err := set["bribes"].Run(context.Background(), v, params)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range res.Rows {
				got = append(got, strings.Join(row.Texts(), "|"))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v:\ngot  %q\nwant %q", args, got, want)
			}
		}
		slices.Reverse(files)
	}
}
