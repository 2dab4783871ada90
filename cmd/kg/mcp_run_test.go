package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/cmd/kg/mcp"
	"kg/graph"
)

// TestAssistantStdio: the built command answers over standard input and output, changes
// no file, and ends with its input and when it is interrupted.
func TestAssistantStdio(t *testing.T) {
	t.Parallel()
	db := articleStore(t)
	dir := filepath.Dir(db)
	before := folder(t, dir)
	cmd := child(t.Context(), t, dir, "kg", "mcp")
	var says bytes.Buffer
	cmd.Stderr = &says
	c := connect(t, &sdk.CommandTransport{Command: cmd})
	if got := tool(t, c, "ask", map[string]any{"question": "embassies"}); len(got.Rows) == 0 {
		t.Errorf("got %+v", got)
	}
	if err := c.Close(); err != nil || says.Len() > 0 {
		t.Error(err, says.String())
	}
	if !maps.Equal(folder(t, dir), before) {
		t.Error("reading changes a file")
	}
	if runtime.GOOS == "windows" {
		return // it interrupts no other process
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd = child(ctx, t, dir, "kg", "mcp")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, `{"jsonrpc":"2.0","id":1,"method":"ping"}`)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("it answers %q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitInterrupted {
		t.Error(err)
	}
}

// TestAssistantHTTP: a server answers assistants at /mcp behind the gate of the pages:
// no request of another site's page or to another name, and no token to read.
func TestAssistantHTTP(t *testing.T) {
	s := serving(t, "--writable")
	c := connect(t, &sdk.StreamableClientTransport{Endpoint: s.at + "/mcp"})
	if got := tool(t, c, "show", map[string]any{"entity": "Kim Jong Il", "limit": 2}); len(got.Rows) != 2 || !strings.HasPrefix(got.Notes[0], "showing 2 of ") {
		t.Errorf("got %+v", got)
	}
	if got := tool(t, c, "show", map[string]any{"entity": "Kim"}); len(got.Candidates) == 0 {
		t.Errorf("got %+v", got)
	}
	const ping = `{"jsonrpc":"2.0","id":1,"method":"ping"}`
	for _, test := range []struct {
		name, method, body string
		header, value      string
		status             int
	}{
		{"a program", "POST", ping, "", "", 200},
		{"the server's own page", "POST", ping, "Origin", s.at, 200},
		{"another site's page", "POST", ping, "Origin", "http://evil.example", 403},
		{"a script of another site", "POST", ping, "Sec-Fetch-Site", "cross-site", 403},
		{"another name", "POST", ping, "Host", "evil.example", 421},
		{"a token that is none", "POST", ping, "Authorization", "Bearer x", 200},
		{"a long body", "POST", `"` + strings.Repeat("x", 2<<20) + `"`, "", "", 413},
		{"no JSON", "POST", "{", "", "", 400},
		{"a browser", "GET", "", "", "", 405},
		{"a session's end", "DELETE", "", "", "", 405},
	} {
		req, err := http.NewRequestWithContext(t.Context(), test.method, s.at+"/mcp", strings.NewReader(test.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		if test.header == "Host" {
			req.Host = test.value
		} else if test.header != "" {
			req.Header.Set(test.header, test.value)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != test.status {
			t.Errorf("%s: got %s: %s, want %d", test.name, res.Status, body, test.status)
		}
	}
}

// TestAssistantGone: over HTTP the answer to a client that has gone away ends, whatever
// version of the protocol it spoke.
func TestAssistantGone(t *testing.T) {
	t.Parallel()
	r := reading(t, settings{db: articleStore(t)}, graph.Bounds{Timeout: time.Hour, Memory: 1 << 30})
	r.slots = make(chan struct{}, 1)
	server := httptest.NewServer(mcp.Handler(r.options()))
	defer server.Close()
	post := func(ctx context.Context, gizmo string) (string, error) {
		body := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"gizmo","arguments":{"gizmo":"` + gizmo + `"}}}`
		req, err := http.NewRequestWithContext(ctx, "POST", server.URL, strings.NewReader(body))
		if err != nil {
			return "", err
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		answer, err := io.ReadAll(res.Body)
		return string(answer), err
	}
	ctx, goAway := context.WithCancel(t.Context())
	answered := make(chan error, 1)
	go func() { _, err := post(ctx, "for (;;);"); answered <- err }()
	eventually(t, func() bool { return len(r.slots) > 0 }) // the query runs
	goAway()
	if err := <-answered; err == nil {
		t.Error("a query without an end is answered")
	}
	if got, err := post(t.Context(), "g.emit({n: 1});"); err != nil || !strings.Contains(got, `"rows"`) {
		t.Error(got, err)
	}
}
