package web_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kg/cmd/kg/web"
)

// slow is a server with few places and a handler that asks, whose answer is
// as long as its address says, in MiB.
type slow struct {
	*httptest.Server
	web   *web.Server
	begun atomic.Int32 // requests of the handler
	ended atomic.Int32
}

func slowly(t *testing.T, change func(*web.Options)) *slow {
	t.Helper()
	s := &slow{}
	long := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.begun.Add(1)
		defer s.ended.Add(1)
		var n int
		fmt.Sscan(r.FormValue("n"), &n)
		_, _ = io.Copy(io.Discard, r.Body)
		for range n {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	s.web = exampleServer(t, func(o *web.Options) {
		o.Limits.Asking, o.Limits.Time, o.Limits.Sending = 2, time.Hour, time.Hour
		o.Mounts = []web.Mount{{Path: "/long", Handler: long, Class: func(*http.Request) web.Class { return web.Ask }}}
		if change != nil {
			change(o)
		}
	})
	s.Server = httptest.NewServer(s.web)
	t.Cleanup(s.Close)
	return s
}

// dial sends text and leaves the connection open.
func dial(t *testing.T, s *slow, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// answer is the status of what comes on a connection, and the text.
func answer(t *testing.T, c net.Conn) (code int, says string) {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(5 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body) // it may be cut off
	return res.StatusCode, string(body)
}

func quickly(t *testing.T, s *slow) {
	t.Helper()
	for range 3 {
		res, err := http.Get(s.URL + "/query/companies")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != 200 {
			t.Errorf("a page is answered with %d", res.StatusCode)
		}
	}
}

// TestSilentBodies: who announces a body and goes silent keeps nobody out, and
// is told after a while.
func TestSilentBodies(t *testing.T) {
	t.Parallel()
	send := func(s *slow, n int) (silent []net.Conn) {
		for i := range n {
			head := "POST /long HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nbegun"
			if i%2 == 0 {
				head = "POST /long HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n"
			}
			silent = append(silent, dial(t, s, head))
		}
		return silent
	}
	patient := slowly(t, nil)
	for _, c := range send(patient, 12) {
		defer c.Close()
	}
	eventually(t, func() bool { // all have come
		return strings.Contains(get(t, patient.web, "/metrics", 200), "kg_http_requests_running 13\n")
	})
	quickly(t, patient)
	hasty := slowly(t, func(o *web.Options) { o.Limits.Sending = 100 * time.Millisecond })
	for _, c := range send(hasty, 4) {
		code, says := answer(t, c)
		if code != 408 || strings.Contains(says, "127.0.0.1") {
			t.Errorf("a silent one is answered with %d: %s", code, says)
		}
	}
}

// TestSlowReaders: who is slow to take an answer keeps nobody out, and has all
// of it in the end.
func TestSlowReaders(t *testing.T) {
	t.Parallel()
	s := slowly(t, nil)
	var slow []net.Conn
	for range 5 {
		slow = append(slow, dial(t, s, "GET /long?n=20 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
	}
	eventually(t, func() bool { return s.web.Patient() == 5<<20 })
	quickly(t, s)
	for _, c := range slow {
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, res.Body); n != 20<<20 || err != nil {
			t.Errorf("a slow one has %d bytes: %v", n, err)
		}
	}
}

// TestPatience: what slow clients make the server keep is bounded, and those
// that are too many are cut off.
func TestPatience(t *testing.T) {
	t.Parallel()
	s := slowly(t, func(o *web.Options) { o.Limits.Patient = 5 << 19 }) // two and a half
	var slow []net.Conn
	for range 5 {
		slow = append(slow, dial(t, s, "GET /long?n=20 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
	}
	eventually(t, func() bool { return s.begun.Load() == 5 && s.ended.Load() == 3 && s.web.Patient() == 2<<20 })
	cut := make(chan bool, 5)
	for _, c := range slow {
		go func() {
			b, err := io.ReadAll(c)
			cut <- err != nil || len(b) < 20<<20
		}()
	}
	n := 0
	for range 5 {
		if <-cut {
			n++
		}
	}
	if n != 3 {
		t.Errorf("%d of 5 are cut off", n)
	}
	eventually(t, func() bool { return s.web.Patient() == 0 })
	res, err := http.Post(s.URL+"/long", "", bytes.NewReader(make([]byte, 3<<20)))
	if err == nil && res.StatusCode == 200 {
		t.Error("a body larger than all may keep is taken")
	}
	quickly(t, s)
}

// TestOddRequests: what is odd and legal is answered, what is wrong is the
// client's fault.
func TestOddRequests(t *testing.T) {
	t.Parallel()
	s := slowly(t, func(o *web.Options) {
		o.Token = token
		write := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.ReadAll(r.Body); err != nil {
				panic(err)
			}
		})
		o.Mounts = append(o.Mounts, web.Mount{Path: "/write", Handler: write})
	})
	for text, want := range map[string]int{
		"GET /healthz HTTP/1.0\r\n\r\n":                       200,
		"GET /metrics HTTP/1.0\r\n\r\n":                       200,
		"GET /healthz HTTP/1.1\r\n\r\n":                       400,
		"GET /healthz HTTP/1.0\r\nHost: evil.example\r\n\r\n": 421,
		"POST /long HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n":        400,
		"POST /long HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n":       400,
		"POST /long HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n": 200,
		"POST /write HTTP/1.1\r\nHost: localhost\r\nauthorization: bearer " + token + "\r\n\r\n":          200,
		"POST /write HTTP/1.1\r\nHost: localhost\r\nauthorization: BEARER  " + token + "\r\n\r\n":         200,
		"POST /write HTTP/1.1\r\nHost: localhost\r\nauthorization: bear " + token + "\r\n\r\n":            401,
		strings.Repeat("A", 9000) + " / HTTP/1.1\r\nHost: localhost\r\n\r\n":                              405,
	} {
		code, says := answer(t, dial(t, s, strings.Replace(text, "\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1)))
		if code != want || code != 200 && len(says) > 500 {
			t.Errorf("%.200q is answered with %d, not %d: %.600s", text, code, want, says)
		}
	}
}
