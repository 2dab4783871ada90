package web

import (
	"math"
	"net/http/httptest"
	"testing"
)

// TestPart: a page explains its own rows, and all where rows are chosen or sorted by what
// stands behind them.
func TestPart(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][2]int{
		"/query/x": {0, 100}, "/query/x?page=2": {100, 200}, "/query/x?page=50": {4900, 5000}, "/query/x?sort=who": {},
		"/query/x?filter=kim": {}, "/query/x?where=sure%3Dasserts": {},
	} {
		n, err := narrowed(httptest.NewRequest("GET", address, nil), nil, []string{"who"})
		if err != nil {
			t.Fatal(err)
		}
		if from, to := n.part(100); [2]int{from, to} != want {
			t.Errorf("%s explains rows %d to %d, not %v", address, from, to, want)
		}
		if from, to := n.part(0); from != 0 || to != 0 {
			t.Errorf("%s explains some, and shows all", address)
		}
	}
	for _, page := range []int{1, 2, 3, 4, 7, 1000, math.MaxInt} {
		for _, limit := range []int{1, 7, 300, 999, 1000, 1001, 5000, math.MaxInt32, math.MaxInt} {
			from, to := (&narrowing{r: httptest.NewRequest("GET", "/query/x", nil), page: page}).part(limit)
			if from < 0 || to-from != limit && to > 0 || page < 2000 && limit < math.MaxInt32 && (from != (page-1)*limit || to != page*limit) {
				t.Errorf("page %d of %d explains rows %d to %d", page, limit, from, to)
			}
		}
	}
}
