package cayleyui

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
)

// TestLargeAnswers: one text that is given out many times is small in memory
// and not in JSON.
func TestLargeAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("makes large answers")
	}
	h := newHandler(t, harbour, nil)
	for _, text := range []string{
		"for (var i = 0; i < 5000; i++) g.emit(s)",
		"var a = []; for (var i = 0; i < 5000; i++) a.push(s); g.emit(a)",
		"var a = {}; for (var i = 0; i < 5000; i++) a['k' + i] = { of: [s] }; g.emit(a)",
		"var o = {}; o[s] = 1; for (var i = 0; i < 5000; i++) g.emit(o)",
	} {
		var p problem
		decode(t, ask(h, "POST", queryPath+"&limit=0", "var s = 'x'.repeat(1 << 20); "+text), 503, &p)
		if !strings.Contains(p.Error, "the answer has more than") {
			t.Errorf("%s: %s", text, p.Error)
		}
	}
	if w := ask(h, "POST", queryPath, "g.emit('x'.repeat(1 << 20))"); w.Code != 200 || w.Body.Len() < 1<<20 {
		t.Errorf("one text is answered with %d", w.Code)
	}
}

// TestBrokenBody: a body that breaks off is the client's fault.
func TestBrokenBody(t *testing.T) {
	s := gated(t, newHandler(t, harbour, nil))
	for _, path := range []string{"/api/v2/write", "/api/v2/delete", "/api/v2/node/delete", queryPath, "/api/v2/read", "/api/v1/shape/gizmo"} {
		r := httptest.NewRequest("POST", "http://127.0.0.1:64210"+path, io.MultiReader(strings.NewReader("<x:a> "), iotest.ErrReader(errors.New("broken"))))
		r.Header.Set("Authorization", "Bearer secret")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		var p problem
		if decode(t, w, 400, &p); !strings.Contains(p.Error, "broken") {
			t.Errorf("%s: %s", path, p.Error)
		}
	}
}
