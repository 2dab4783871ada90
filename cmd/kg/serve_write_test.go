package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// printed is what a server prints, while it runs.
type printed struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.String()
}

// TestServeWrites writes through the API of a running server, by its token and
// by the cookie of its address: the pages show it at once, and what becomes
// denied is walked no more.
func TestServeWrites(t *testing.T) {
	t.Chdir(t.TempDir())
	if code := run([]string{"load"}, strings.NewReader(""), io.Discard, io.Discard); code != 0 {
		t.Fatalf("kg load exits with %d", code)
	}
	out := &printed{}
	a := &app{in: strings.NewReader(""), out: out, err: io.Discard}
	root := newRoot(a)
	root.SetArgs([]string{"serve", "--addr", "127.0.0.1:0", "--writable"})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := a.close(); err != nil {
			t.Error(err)
		}
	}()
	login := regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/login\?token=(\w+)`)
	var at, token string
	for began := time.Now(); at == ""; time.Sleep(10 * time.Millisecond) {
		if m := login.FindStringSubmatch(out.String()); m != nil {
			at, token = m[1], m[2]
		}
		if time.Since(began) > 20*time.Second {
			t.Fatal("the server does not start")
		}
	}
	const kim, claim = "https://kg.example/person/kim-jong-il", "https://kg.example/source/manual/claim/one"
	page := func() string {
		return send(t, "GET", at+"/path?from=kim-jong-il&to=kg:person/new-one", "", nil, 404, 200)
	}
	if !strings.Contains(page(), "unknown entity") {
		t.Fatal("what is to be written is there before")
	}
	written := `<` + kim + `> <https://kg.example/ontology#knows> <https://kg.example/person/new-one> <` + claim + `> .
<` + claim + `> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Claim> <https://kg.example/source/manual> .
<` + claim + `> <https://kg.example/ontology#stance> <https://kg.example/ontology#asserts> <https://kg.example/source/manual> .
<https://kg.example/person/new-one> <http://www.w3.org/2000/01/rdf-schema#label> "New One" <https://kg.example/source/manual> .
`
	send(t, "POST", at+"/api/v2/write", written, http.Header{"Authorization": {"Bearer " + token}}, 200)
	if got := page(); !strings.Contains(got, "1 path of 1 edge") {
		t.Errorf("what was written is not shown:\n%s", got)
	}
	if got := send(t, "GET", at+"/search?q=new+one", "", nil, 200); !strings.Contains(got, "kg:person/new-one") {
		t.Error("the new name is not found")
	}
	cookie := http.Header{"Cookie": {"kg-token=" + token}, "Origin": {at}, "Sec-Fetch-Site": {"same-origin"}}
	send(t, "POST", at+"/api/v2/write", `<`+claim+`> <https://kg.example/ontology#stance> <https://kg.example/ontology#denies> <https://kg.example/source/manual> .`, cookie, 200)
	if got := page(); !strings.Contains(got, "No path of at most") {
		t.Errorf("what is denied is walked:\n%s", got)
	}
	cookie.Set("Origin", "http://evil.example")
	send(t, "POST", at+"/api/v2/write", written, cookie, 403)
}

// send sends a request that must be answered with one of some statuses.
func send(t *testing.T, method, address, body string, header http.Header, codes ...int) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	for name, values := range header {
		r.Header[name] = values
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range codes {
		if res.StatusCode == code {
			return string(b)
		}
	}
	t.Fatalf("%s %s is answered with %s:\n%s", method, address, res.Status, b)
	return ""
}
