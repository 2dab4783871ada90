package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/queries"
)

// Limits bound the cost of one request, and of all concurrent requests.
type Limits struct {
	Time    time.Duration // for one request, its query included
	Picture time.Duration // that a page waits for its picture; a late one is linked
	Beside  time.Duration // that a page waits for optional values computed in the background
	Trying  time.Duration // to try whether a question has an answer; one that takes longer is offered
	Body    int64         // bytes of a request's body
	Sending time.Duration // for sending a body to those that ask
	Patient int64         // bytes buffered for all slow clients together
	Address int           // bytes of a request's address
	Asking  int           // requests of classes Ask and Long that run at once
	Waiting int           // requests of each class that wait for a slot
	Wait    time.Duration // how long they wait
	Rows    int           // rows on one page; links lead to all of them
}

// DefaultLimits returns limits for a machine that does other work, too.
func DefaultLimits() Limits {
	return Limits{
		Time: 15 * time.Second, Picture: 3 * time.Second, Beside: 100 * time.Millisecond, Trying: 2 * time.Second, Body: 1 << 20, Address: 8 << 10,
		Sending: 5 * time.Second, Patient: 64 << 20,
		Asking: 2 * runtime.GOMAXPROCS(0), Waiting: 128, Wait: 2 * time.Second, Rows: 200,
	}
}

// Options configure a Server.
type Options struct {
	// View returns a view of the graph, with denied edges or without. It is called for
	// each request, and the View is used by that request only.
	View    func(denied bool) *graph.View
	Queries queries.Set
	// Version returns a string that changes whenever the graph does, and invalidates
	// caches. Without it the graph never changes.
	Version func() string
	// Ready makes sure, before each request, that View reads an intact store, and returns
	// a check that the store was not overwritten since, which would make the answer
	// invalid. Without it the store cannot be overwritten.
	Ready func() (still func() error, err error)
	// Hash returns the hash of the current graph, for citations; without it they have
	// none.
	Hash   func(context.Context) (string, error)
	Drawer *picture.Drawer                       // makes the pictures; one of the server's own if nil
	Decide func(context.Context, Decision) error // nil of a server that only reads
	Author string                                // of what is decided; without one nothing can be
	Text   string                                // the file or folder with the texts of sources; may be empty
	Hosts  []string                              // names it goes by, beside localhost and addresses
	Token  string                                // lets a client write; empty for a server that only reads
	Limits Limits
	Log    *slog.Logger
	Mounts []Mount
	Copied bool // the pages are for a copy: a citation has no address of this server
}

// Server serves the pages. New is its only constructor.
type Server struct {
	Options
	limits        Limits
	hosts         []string
	token         string
	log           *slog.Logger
	metrics       *metrics
	slots         *slots
	patient       atomic.Int64 // bytes buffered for slow clients
	drawer        *picture.Drawer
	drawnBefore   pictureCache
	sources       remembered[[]sourceCount]
	speakerCounts remembered[[]graph.Count]
	kindCounts    remembered[kindCounts]
	hashed        hashes
	order         claimOrder
	offered       offers
	pairs         pairsBefore
	texts         textCache
	answers       *answers
	now           func() time.Time // a test has another
	handler       http.Handler
}

// New makes a Server. It reads and draws nothing before the first request.
func New(o Options) *Server {
	s := &Server{
		Options: o, limits: o.Limits, token: o.Token, log: o.Log,
		metrics: newMetrics(),
		slots:   newSlots(o.Limits.Asking),
		drawer:  o.Drawer,
		answers: newAnswers(),
		now:     time.Now,
	}
	if s.drawer == nil {
		s.drawer = picture.NewDrawer()
	}
	for _, h := range o.Hosts {
		s.hosts = append(s.hosts, strings.ToLower(h))
	}
	if s.Version == nil {
		s.Version = func() string { return "" }
	}
	if s.Ready == nil {
		s.Ready = func() (func() error, error) { return func() error { return nil }, nil }
	}
	s.handler = s.outermost(s.routes())
	return s
}

// ServeHTTP answers a request; see the package's description.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// routes returns the pages and the mounts, each behind the gate.
func (s *Server) routes() http.Handler {
	own := http.NewServeMux()
	for pattern, handle := range map[string]handler{
		"GET /{$}":           s.start,
		"GET /search":        s.search,
		"GET /suggest":       s.suggest,
		"GET /entity":        s.entity,
		"GET /claim":         s.claim,
		"GET /source":        s.source,
		"GET /query/{name}":  s.query,
		"GET /path":          s.path,
		"GET /compare":       s.compare,
		"GET /browse":        s.browse,
		"GET " + matchPath:   s.match,
		"POST " + matchPath:  s.matchDecide,
		"GET /browse/{list}": s.browse,
		"GET " + explorePath: s.explorePage,
		"GET " + loginPath:   s.login,
		"GET /static/{file}": s.static,
		"GET /healthz":       s.healthz,
		"GET /metrics":       s.metricsPage,
		"GET /favicon.ico":   s.favicon,
		"/":                  s.elsewhere,
	} {
		own.Handle(pattern, s.answer(handle))
	}
	pages := s.gate(ownClass, s.limits.Body, own, s.kept)
	mounted := make([]http.Handler, len(s.Mounts))
	for i := range s.Mounts {
		m := &s.Mounts[i]
		body := m.Body
		if body == 0 {
			body = s.limits.Body
		}
		mounted[i] = s.gate(m.class, body, m.Handler, anew)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i := s.mountOf(r); i >= 0 {
			mounted[i].ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// mountOf returns the index of the mount of a request, -1 for the pages.
func (s *Server) mountOf(r *http.Request) int {
	return slices.IndexFunc(s.Mounts, func(m Mount) bool { return below(r.URL.Path, m.Path) })
}

// below reports whether a path belongs to a mount: all paths below one that ends in /,
// and the same path without the /.
func below(path, mount string) bool {
	return path == mount || strings.HasSuffix(mount, "/") && (strings.HasPrefix(path, mount) || path+"/" == mount)
}

// ownClass returns the class of a request for a page. Pages that query the graph are Ask,
// since their cost depends on the question; suggestions are Look, since the names are in
// memory.
func ownClass(r *http.Request) Class {
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/query/"), path == "/path", path == "/search", path == "/compare", path == explorePath, path == matchPath, path == "/entity", path == "/claim", path == "/source", path == "/browse", strings.HasPrefix(path, "/browse/"):
		return Ask
	}
	return Look
}

func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write([]byte("ok\n"))
	return err
}

func (s *Server) metricsPage(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	var b bytes.Buffer
	s.metrics.write(&b, s.slots.running(), s.slots.most)
	_, err := w.Write(b.Bytes())
	return ignore(err)
}
