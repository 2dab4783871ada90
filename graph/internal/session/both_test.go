package session

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kg/internal/js"

	"github.com/cayleygraph/quad"
)

// both() has all that came before it twice; thirty of them would be a shape of
// a thousand million hops, which nothing could stop Cayley from walking.
func TestManyBoths(t *testing.T) {
	t.Parallel()
	qs := scratch(quad.Make(quad.IRI("a"), quad.IRI("p"), quad.IRI("b"), nil))
	for n, wrong := range map[int]bool{3: false, 10: false, 30: true, 900: true} {
		text := "g.V()" + strings.Repeat(".both()", n) + ".getLimit(1)"
		var err error
		for _, e := range Run(context.Background(), qs, text, Options{Timeout: time.Minute}).Rows() {
			err = errors.Join(err, e)
		}
		if mistake := new(js.Error); wrong != (errors.As(err, &mistake) && strings.Contains(err.Error(), "both")) {
			t.Errorf("%d times both(): %v", n, err)
		}
	}
}
