package strict_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"kg/internal/strict"
)

// A writer sees all mistakes of a file at once, from top to bottom, whatever
// the order in which its reader came upon them.
func TestAllMistakesAtOnce(t *testing.T) {
	t.Parallel()
	const file = `is: [no, sentence]
kind: A
knid: B
abstract: perhaps
parent: {of: it}
count: 12,000
kind: C
`
	r := strict.NewReport("kind", "dir/x.yaml")
	f := strict.Parse([]byte(file), r).Fields("a kind", "kind", "is", "abstract", "parent", "count")
	f["count"].Int("count")
	f["parent"].Word("parent")
	f["abstract"].Bool("abstract")
	f["is"].Word("is")
	want := strings.Join([]string{
		`reading kind "dir/x.yaml":1:5: is must be a single value, not a list`,
		`reading kind "dir/x.yaml":3:1: unknown field "knid" in a kind (did you mean "kind"?)`,
		`reading kind "dir/x.yaml":4:11: abstract must be true or false, not "perhaps"`,
		`reading kind "dir/x.yaml":5:9: parent must be a single value, not a mapping`,
		`reading kind "dir/x.yaml":6:8: count must be a whole number, not "12,000"`,
		`reading kind "dir/x.yaml":7:1: "kind" stands twice in a kind (first in line 2)`,
	}, "\n")
	if err := r.Err(); err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	r := strict.NewReport("claims", "x.yaml")
	if err := r.Err(); err != nil {
		t.Fatalf("a report without problems is the error %v", err)
	}
	at := func(line, column int) strict.Pos { return strict.Pos{Line: line, Column: column} }
	r.Addf(at(10, 2), "tenth %d", 10)
	r.Addf(at(9, 30), "late in the ninth")
	r.Addf(at(9, 4), "b, noted first")
	r.Addf(at(9, 4), "a, noted second")
	r.Addf(at(10, 2), "tenth %d", 10)
	r.Addf(at(10, 2), "tenth %d", 11)
	r.Addf(strict.Pos{}, "the file as a whole")
	want := strings.Join([]string{
		`reading claims "x.yaml": the file as a whole`,
		`reading claims "x.yaml":9:4: b, noted first`,
		`reading claims "x.yaml":9:4: a, noted second`,
		`reading claims "x.yaml":9:30: late in the ninth`,
		`reading claims "x.yaml":10:2: tenth 10`,
		`reading claims "x.yaml":10:2: tenth 11`,
	}, "\n")
	for range 2 { // asking does not change the answer
		err := r.Err()
		if err == nil || err.Error() != want {
			t.Fatalf("got\n%v\nwant\n%s", err, want)
		}
		var e *strict.Error
		if !errors.As(err, &e) || e.What != "claims" || e.File != "x.yaml" || len(e.Problems) != 6 {
			t.Errorf("the error is %#v", err)
		}
	}
}

// Mistakes in the file beside a table come first, in the order of that file.
func TestBesideInOrder(t *testing.T) {
	t.Parallel()
	r := strict.NewReport("table", "a.csv")
	r.Table(nil, 20, "mapping", "a.map.yaml")
	for _, p := range []strict.Pos{{Line: 3, Column: 1}, (strict.Pos{Line: 32, Column: 2}).Beside(), (strict.Pos{Line: 10, Column: 9}).Beside(), {Line: 2, Column: 4}, (strict.Pos{Line: 10, Column: 3}).Beside()} {
		r.Addf(p, "wrong")
	}
	const want = `reading mapping "a.map.yaml":10:3: wrong
reading mapping "a.map.yaml":10:9: wrong
reading mapping "a.map.yaml":32:2: wrong
reading table "a.csv":2:4: wrong
reading table "a.csv":3:1: wrong`
	if got := r.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of very many unknown words the first are listed, each with the suggestion that it has
// alone, and the others are counted.
func TestManyUnknown(t *testing.T) {
	t.Parallel()
	var known []string
	for i := range 3000 {
		known = append(known, fmt.Sprintf("entity-%04d", i))
	}
	r := strict.NewReport("claims", "x.yaml")
	for i := 2999; i >= 500; i-- { // not in the order of the file
		word := fmt.Sprintf("entity-%04dx", i)
		for range 1 + i%2 { // some twice, and listed once
			r.AddUnknown(strict.Pos{Line: i, Column: 3}, "entity", word, func() string { return strict.DidYouMean(word, known) })
		}
		if i == 2000 && r.Err() == nil { // which must not change the list
			t.Fatal("no error")
		}
	}
	err := r.Err()
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 1001 || lines[1000] != `reading claims "x.yaml": 1500 more mistakes` {
		t.Fatalf("%d lines, the last %s", len(lines), lines[len(lines)-1])
	}
	for i, line := range lines[:1000] {
		word := fmt.Sprintf("entity-%04dx", i+500)
		if want := fmt.Sprintf("reading claims \"x.yaml\":%d:3: unknown entity %q%s", i+500, word, strict.DidYouMean(word, known)); line != want {
			t.Fatalf("got %s\nwant %s", line, want)
		}
	}
	if e := new(strict.Error); !errors.As(err, &e) || len(e.Problems) != 2500 {
		t.Errorf("%d problems, want 2500", len(e.Problems))
	}
}
