// Package web serves the pages of kg serve, within bounds that make it safe to leave the
// server running.
//
// A Server is an http.Handler: the pages at /, /healthz, /metrics, and what
// others mount below a path of their own. Every request, a mounted one too,
// passes the same gate before its handler sees it:
//
//   - Host must be a name of this server, Origin must be its own, and pages of other
//     sites can load nothing: no DNS rebinding, no cross-site requests;
//   - address, body and time are bounded: 414, 413, and a context with a deadline;
//   - the body of a request that queries the graph is read first, within seconds; the
//     request then takes one of few slots. It waits a little for one, and gets 429 with
//     Retry-After if none is free. Requests whose length the client chooses have at most
//     half of the slots, and no address except this machine has all. While a client is
//     slow to read its answer, others get the slot; the bytes buffered for slow clients
//     are bounded;
//   - a request that writes needs a writable server and its token;
//   - a panic is logged and answered with 500, nothing of it shown;
//   - security headers are set, among them a content security policy without inline
//     script or style;
//   - a cached answer that is still valid is sent without a slot, and concurrent equal
//     requests share one computation: see answers, making;
//   - it is counted for /metrics and logged in one line.
//
// # Mounting a handler
//
// Another package adds pages or an API of its own as a Mount:
//
//	web.Mount{
//		Path:    "/api/v2/",  // all below it; the handler sees the whole path
//		Handler: h,
//		Class: func(r *http.Request) web.Class {
//			switch r.URL.Path {
//			case "/api/v2/query":
//				return web.Long // counted, and its context has the deadline
//			case "/api/v2/write":
//				return web.Write // 405 or 401 before the handler sees it
//			}
//			return web.Look
//		},
//	}
//
// Without a Class, GET and HEAD are Look and everything else is Write. The body is
// limited by http.MaxBytesReader to the mount's Body: a read that fails with
// *http.MaxBytesError is answered with 413. A mounted handler that needs another content
// security policy sets the header itself, before it writes; scripts are allowed by hash,
// never with 'unsafe-inline'. A mount whose clients expect errors in another format writes
// the gate's refusals with its Refuse. web imports no mounted package: cmd/kg combines
// them in serve.go.
//
// # Under load
//
// go test -run xxx -bench BenchmarkLoad -benchtime 10000x ./cmd/kg/web sends the requests
// of 64 clients over HTTP: every sort of page of the bundled article, pictures, answers as
// files and paths, beside one hostile client. The README of graph/internal/store/bench has
// figures.
package web
