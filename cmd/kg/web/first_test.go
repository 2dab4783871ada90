package web

import (
	"net/http/httptest"
	"testing"
)

// TestFirst: a page explains the rows up to its own and some more, and all where rows
// are chosen or sorted by what stands behind them.
func TestFirst(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]int{
		"/query/x": mostExplained, "/query/x?page=2": mostExplained, "/query/x?page=50": 5000, "/query/x?sort=who": 0,
		"/query/x?filter=kim": 0, "/query/x?where=sure%3Dasserts": 0,
	} {
		n, err := narrowed(httptest.NewRequest("GET", address, nil), nil, []string{"who"})
		if err != nil {
			t.Fatal(err)
		}
		if got := n.first(100); got != want {
			t.Errorf("%s explains %d rows, not %d", address, got, want)
		}
		if n.first(0) != 0 {
			t.Errorf("%s explains some, and shows all", address)
		}
	}
	n, err := narrowed(httptest.NewRequest("GET", "/query/x?page=9223372036854775807", nil), nil, nil)
	if err != nil || n.first(100) < mostExplained {
		t.Errorf("the last page explains %d rows, %v", n.first(100), err)
	}
}
