package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// post writes a quad; it is not ok if the server refuses, which it must do in
// one line, or is busy.
func (s *running) post(t *testing.T, quad string) (ok bool) {
	code, text, err := try(t.Context(), "POST", s.at+"/api/v2/write", strings.NewReader(quad), http.Header{"Authorization": {"Bearer " + s.token}})
	if err == nil && code != 200 && code != 429 && (code != 503 || strings.Count(text, "\n") != 1) {
		t.Errorf("writing is answered with %d: %.300s", code, text)
	}
	return err == nil && code == 200
}

// TestServeReplacedWhileWriting overwrites the store of a server that writes,
// while it is exported and written to. Who asks or writes meanwhile has an
// error; what was put there is never touched by what the server had in memory,
// and is what is read and written to afterwards.
func TestServeReplacedWhileWriting(t *testing.T) {
	if testing.Short() {
		t.Skip("writes all the while")
	}
	s := serving(t, "--writable")
	one, err := os.ReadFile("kg.db")
	if err != nil {
		t.Fatal(err)
	}
	second := otherQuad("second")
	two := otherStore(t, second)
	ctx, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	for i := range 2 {
		busy.Go(func() {
			for n := i; ctx.Err() == nil; n += 2 {
				s.post(t, otherQuad(fmt.Sprint("w", n)))
			}
		})
		busy.Go(func() {
			for ctx.Err() == nil {
				code, text, err := tryRead(t.Context(), s.at, time.Duration(i)*time.Millisecond)
				if err == nil && code == 200 && strings.Contains(text, "/kim-jong-il>") == strings.Contains(text, second) {
					t.Errorf("an export is of neither graph, or of both: %d bytes", len(text))
				}
			}
		})
	}
	for i := range 8 {
		time.Sleep(60 * time.Millisecond) // in which it is opened anew and written to
		overwrite(t, "kg.db", [][]byte{two, one}[i%2])
	}
	stop()
	busy.Wait()
	s.settled(t)
	if says := s.says.String(); strings.Contains(says, "goroutine ") || strings.Contains(says, "msg=panic") {
		t.Errorf("a fault is told by its stack:\n%.2000s", says)
	}
}

// settled overwrites the store in each state that a server that writes can be
// in, and asks what is there.
func (s *running) settled(t *testing.T) {
	var want string
	for _, state := range []string{"unwritten", "written", "renamed"} {
		old, fresh, last := otherQuad("old-"+state), otherQuad("fresh-"+state), otherQuad("last-"+state)
		overwrite(t, "kg.db", otherStore(t, old))
		if got := send(t, "GET", s.at+"/api/v2/read?format=nquads", nil, nil, 200); got != old {
			t.Errorf("%s: there is %q", state, got)
		}
		if state != "unwritten" && !s.post(t, otherQuad("lost")) {
			t.Error("it cannot be written to")
		}
		if state == "renamed" { // which nothing but a write finds out
			put(t, "kg.db", otherStore(t, fresh))
			if s.post(t, last) {
				t.Error("it is written to the journal of a store that is gone")
			}
		} else {
			overwrite(t, "kg.db", otherStore(t, fresh))
		}
		if !s.post(t, last) {
			t.Errorf("%s: it cannot be written to afterwards", state)
		}
		got := send(t, "GET", s.at+"/api/v2/read?format=nquads", nil, nil, 200)
		if want = fresh + last; got != want {
			t.Errorf("%s: there is %q, and not %q", state, got, want)
		}
	}
	s.stop()
	if err := <-s.err; err != nil {
		t.Error(err)
	}
	var out, says printed
	if code := run([]string{"export"}, strings.NewReader(""), &out, &says); code != 0 || out.String() != want {
		t.Errorf("in the end there is %q: %s", out.String(), says.String())
	}
	if code := run([]string{"check"}, strings.NewReader(""), io.Discard, &says); code != exitDone && code != exitFound {
		t.Errorf("kg check: %s", says.String())
	}
}

// put does what mv does.
func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path+".put", b, 0o644), os.Rename(path+".put", path)); err != nil {
		t.Fatal(err)
	}
}

// tryRead exports all, with a pause before each piece that is read.
func tryRead(ctx context.Context, at string, pause time.Duration) (code int, text string, err error) {
	r, err := http.NewRequestWithContext(ctx, "GET", at+"/api/v2/read?format=nquads", nil)
	if err != nil {
		return 0, "", err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	var b strings.Builder
	for piece := make([]byte, 8<<10); ; time.Sleep(pause) {
		n, err := res.Body.Read(piece)
		b.Write(piece[:n])
		if err == io.EOF {
			return res.StatusCode, b.String(), nil
		}
		if err != nil {
			return 0, "", err
		}
	}
}
