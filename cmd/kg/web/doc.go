// Package web is the pages of kg serve, and the server that makes them safe to
// leave running.
//
// A Server is an http.Handler: the pages at /, /healthz, /metrics, and what
// others mount below a path of their own. Every request, a mounted one too,
// passes the same gate before its handler sees it:
//
//   - Host must be a name this server goes by, Origin must be its own, and a
//     page of another site can load nothing of it: no DNS rebinding, no
//     cross-site request;
//   - address, body and time are bounded: 414, 413, and a context that ends;
//   - a request that asks the graph is read whole, within seconds, and then
//     takes one of few places; it waits a little for one, and gets 429 with
//     Retry-After when there is none. What a client can make as long as it likes
//     has half of the places at most, and no address but this machine all. While
//     a client is slow to take its answer, others have the place; what all slow
//     clients keep is bounded;
//   - one that writes needs a server that writes, and its token;
//   - a panic is logged and answered with 500, nothing of it shown;
//   - the headers that keep a browser careful are set, among them a content
//     security policy without inline script or style;
//   - an answer that was given before, and depends on nothing that changed since, is
//     given again, without a place, and one that is being made goes to all who ask for
//     it meanwhile: see answers, making;
//   - it is counted for /metrics and logged in one line.
//
// # Mounting a handler
//
// Whoever brings pages or an API of their own hands over a Mount:
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
// Without a Class, GET and HEAD look and everything else writes. The body is
// cut by http.MaxBytesReader at the mount's Body: a read that fails with
// *http.MaxBytesError is answered with 413. A mounted handler that needs
// another content security policy sets the header itself, before it writes;
// scripts are allowed by hash, never with 'unsafe-inline'. One whose clients
// expect errors in a form of its own writes the gate's refusals, too, with the
// mount's Refuse. web imports no mounted package: cmd/kg puts them together in serve.go.
//
// # Under load
//
// go test -run xxx -bench BenchmarkLoad -benchtime 10000x ./cmd/kg/web sends what 64
// clients do, over HTTP: every sort of page of the bundled article, pictures, answers
// as files and paths, while one client more sends what nobody should. The README of
// graph/internal/store/bench has figures.
package web
