package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kg/cmd/kg/web/picture"
	"kg/internal/testsize"
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

// running is a server of this process.
type running struct {
	at, token string
	stop      context.CancelFunc
	err       chan error // what kg serve returns
	says      *printed   // its standard error
}

// serving serves the bundled article with more arguments, until
// the test ends.
func serving(t *testing.T, args ...string) *running {
	t.Helper()
	t.Chdir(t.TempDir())
	putArticle(t, "kg.db")
	return serveWith(t, args...)
}

// serveWith serves the store that the arguments name, until the test ends.
func serveWith(t *testing.T, args ...string) *running {
	t.Helper()
	out, s := &printed{}, &running{err: make(chan error, 1), says: &printed{}}
	a := newApp(strings.NewReader(""), out, s.says)
	a.drawer = testsize.Of(picture.NewSingleDrawer, picture.NewDrawer) // compiling takes long
	root := newRoot(a)
	root.SetArgs(append([]string{"serve", "--addr", "127.0.0.1:0", "--timeout", "1h"}, args...)) // the machine may be busy
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go func() { s.err <- errors.Join(root.ExecuteContext(ctx), a.close()); close(s.err) }()
	t.Cleanup(func() {
		stop()
		if err := <-s.err; err != nil {
			t.Error(err)
		}
	})
	address := regexp.MustCompile(`(?m)^(http://127\.0\.0\.1:\d+)/$`)
	eventually(t, func() bool {
		if m := address.FindStringSubmatch(out.String()); m != nil {
			s.at = m[1]
		}
		return s.at != ""
	})
	if _, token, ok := strings.Cut(out.String(), "/login?token="); ok {
		s.token = strings.TrimSpace(token)
	}
	return s
}

// eventually waits for what must come, on a machine that may be busy.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for began := time.Now(); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 3*time.Minute {
			t.Fatal("it does not come")
		}
	}
}

// TestServeWrites writes through the API of a running server, by its token, also
// as the page's script sends it: the pages show it at once, and what becomes
// denied is walked no more.
func TestServeWrites(t *testing.T) {
	s := serving(t, "--writable")
	at, token := s.at, s.token
	const kim, claim = "https://kg.example/person/kim-jong-il", "https://kg.example/source/manual/claim/one"
	page := func() string {
		return send(t, "GET", at+"/path?from=kim-jong-il&to=kg:person/new-one", nil, nil, 404, 200)
	}
	if !strings.Contains(page(), "unknown entity") {
		t.Fatal("what is to be written is there before")
	}
	written := `<` + kim + `> <https://kg.example/ontology#knows> <https://kg.example/person/new-one> <` + claim + `> .
<` + claim + `> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Claim> <https://kg.example/source/manual> .
<` + claim + `> <https://kg.example/ontology#stance> <https://kg.example/ontology#asserts> <https://kg.example/source/manual> .
<https://kg.example/person/new-one> <http://www.w3.org/2000/01/rdf-schema#label> "New One" <https://kg.example/source/manual> .
`
	send(t, "POST", at+"/api/v2/write", strings.NewReader(written), http.Header{"Authorization": {"Bearer " + token}}, 200)
	if got := page(); !strings.Contains(got, "1 path</h2>") {
		t.Errorf("what was written is not shown:\n%s", got)
	}
	if got := send(t, "GET", at+"/search?q=new+one", nil, nil, 200); !strings.Contains(got, "kg:person/new-one") {
		t.Error("the new name is not found")
	}
	script := http.Header{"Authorization": {"Bearer " + token}, "Origin": {at}, "Sec-Fetch-Site": {"same-origin"}}
	send(t, "POST", at+"/api/v2/write", strings.NewReader(`<`+claim+`> <https://kg.example/ontology#stance> <https://kg.example/ontology#denies> <https://kg.example/source/manual> .`), script, 200)
	if got := page(); !strings.Contains(got, "joined only through what sources deny") {
		t.Errorf("what is denied is walked as if it were not:\n%s", got)
	}
	script.Set("Origin", "http://evil.example")
	send(t, "POST", at+"/api/v2/write", strings.NewReader(written), script, 403)
}

// TestServeStops: told to stop as services are, a server takes no new requests,
// ends what runs and those who are silent, and ends well.
func TestServeStops(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for those who are silent")
	}
	if runtime.GOOS == "windows" {
		t.Skip("there are no signals")
	}
	s := serving(t)
	answered := make(chan string, 1)
	go func() {
		code, text, err := try(t.Context(), "POST", s.at+"/api/v2/query?lang=gizmo", strings.NewReader("for (;;) {}"), nil)
		answered <- fmt.Sprint(code, text, err)
	}()
	for !strings.Contains(send(t, "GET", s.at+"/metrics", nil, nil, 200), "\nkg_queries_running 1\n") {
		time.Sleep(10 * time.Millisecond)
	}
	for _, begun := range []string{"", "GET / HT", "POST /api/v2/query?lang=gizmo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"} {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.at, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, begun); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	// Half a second after it was ended nobody is waited for any more.
	if got := <-answered; !strings.HasPrefix(got, "503") && !strings.HasPrefix(got, "0") {
		t.Errorf("what was running is answered with %s", got)
	}
	if err := <-s.err; err != nil {
		t.Error(err)
	}
	if got := s.says.String(); !strings.Contains(got, "stopping") {
		t.Errorf("it says\n%s", got)
	}
}

// send sends a request that must be answered with one of some statuses.
func send(t *testing.T, method, address string, body io.Reader, header http.Header, codes ...int) string {
	t.Helper()
	code, text, err := try(t.Context(), method, address, body, header)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(codes, code) {
		t.Fatalf("%s %s is answered with %d:\n%s", method, address, code, text)
	}
	return text
}

// try sends a request as a browser does, unless the header says otherwise.
func try(ctx context.Context, method, address string, body io.Reader, header http.Header) (code int, text string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Accept", "text/html")
	for name, values := range header {
		r.Header[name] = values
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), err
}
