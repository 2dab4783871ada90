package main

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// fetch gets an address, or with a method and a token sends an empty request:
// fetch STATUS URL [METHOD [TOKEN]]. It waits for the server to be there, and
// leaves what it answers in stdout.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 4 {
		ts.Fatalf("usage: fetch STATUS URL [METHOD [TOKEN]]")
	}
	method := http.MethodGet
	if len(args) > 2 {
		method = args[2]
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, args[1], http.NoBody)
	ts.Check(err)
	if len(args) > 3 {
		r.Header.Set("Authorization", "Bearer "+args[3])
	}
	for {
		res, err := http.DefaultClient.Do(r)
		if err != nil && ctx.Err() == nil { // it has not begun to listen
			time.Sleep(20 * time.Millisecond)
			continue
		}
		ts.Check(err)
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		ts.Check(err)
		if strconv.Itoa(res.StatusCode) != args[0] {
			ts.Fatalf("%s %s is answered with %s, not %s:\n%s", method, args[1], res.Status, args[0], body)
		}
		_, err = ts.Stdout().Write(body)
		ts.Check(err)
		return
	}
}
