package session

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"kg/internal/testsize"
)

// TestUnread: rows whose terms are left unread have those that others have, once they are
// asked for.
func TestUnread(t *testing.T) {
	t.Parallel()
	later := 0
	times := testsize.Of(20, 200)
	for i := range times {
		r := rand.New(rand.NewPCG(uint64(i), 89))
		qs := newStore(t, parse(randomGraph(r)))
		text := randomQuery(r)
		want := table(t, qs, text, Options{})
		var got []string
		for row, err := range Run(context.Background(), qs, text, Options{Unread: true}).Rows() {
			if err != nil {
				got = append(got, err.Error())
				break
			}
			line := ""
			for _, name := range row.Names() {
				before := row.Get(name)
				v, err := row.Value(name)
				if err != nil {
					t.Fatal(err)
				}
				if v == nil {
					continue
				}
				if before == nil {
					later++
				}
				line += name + "=" + v.String() + " "
			}
			got = append(got, strings.TrimSuffix(line, " "))
		}
		if got := strings.Join(got, "\n"); got != want {
			t.Fatalf("%s:\n%s\nunread:\n%s", text, want, got)
		}
	}
	if later < times/2 {
		t.Errorf("only %d terms were left unread", later)
	}
}
