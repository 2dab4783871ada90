package cayleyui

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
)

// TestWritesTakeTurns: of many writes one is carried out at a time, so that
// their memory does not add up; one that waits too long changes nothing, and
// one whose body does not come keeps nobody waiting.
func TestWritesTakeTurns(t *testing.T) {
	var now, most atomic.Int32
	begun, release := make(chan struct{}, 20), make(chan struct{})
	h := newHandler(t, harbour, func(o *Options) {
		o.Apply = func([]cayley.Delta, cayley.IgnoreOpts) error {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			begun <- struct{}{}
			<-release
			return nil
		}
	})
	write := func(ctx context.Context, path string, body io.Reader) int {
		r := httptest.NewRequest("POST", "/api/v2/"+path, body).WithContext(ctx)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	silent, end := io.Pipe()
	var all sync.WaitGroup
	all.Go(func() { write(t.Context(), "write", silent) })
	const quad = "<x:a> <x:p> <x:new> .\n"
	for i := range 6 {
		all.Go(func() {
			if code := write(t.Context(), []string{"write", "delete"}[i%2], strings.NewReader(quad)); code != http.StatusOK {
				t.Errorf("a write is answered with %d", code)
			}
		})
	}
	<-begun
	short, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	for path, body := range map[string]string{"write": quad, "delete": quad, "node/delete": strings.Fields(harbour)[0]} {
		if code := write(short, path, strings.NewReader(body)); code != http.StatusServiceUnavailable {
			t.Errorf("%s, which waits too long, is answered with %d", path, code)
		}
	}
	close(release)
	end.Close()
	all.Wait()
	if most.Load() != 1 || len(begun) != 5 {
		t.Errorf("%d of %d at once", most.Load(), len(begun)+1)
	}
}
