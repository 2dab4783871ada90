package web

import (
	"cmp"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// answers caches answers of the pages until the graph changes. Its size is bounded in
// bytes. The admission policy is W-TinyLFU, by frequency: addresses that are requested
// once, such as those that a hostile client invents, evict nothing.
type answers struct {
	cache   *otter.Cache[answerKey, *answerKept]
	version atomic.Pointer[string]

	mu     sync.Mutex
	making map[answerKey]*making
}

// answerKey is all that an answer depends on. Version is that of the graph with the day,
// which some answers show.
type answerKey struct {
	version, address, host, accept, languages string
	secure, packed                            bool
}

// answerKept is a cached answer, as it was sent.
type answerKept struct {
	header http.Header
	body   []byte
}

// mostKept bounds the bytes of all cached answers, mostKeptOne those of one answer, and
// mostKeptKey those of its key.
const mostKept, mostKeptOne, mostKeptKey = 32 << 20, 1 << 20, 4 << 10

// entryCost is the overhead of an entry in bytes.
const entryCost = 1 << 10

func newAnswers() *answers {
	return &answers{making: map[answerKey]*making{}, cache: otter.Must(&otter.Options[answerKey, *answerKept]{
		MaximumWeight: mostKept,
		Weigher: func(k answerKey, a *answerKept) uint32 {
			return uint32(entryCost + k.size() + len(a.body))
		},
	})}
}

func (k *answerKey) size() int {
	return len(k.version) + len(k.address) + len(k.host) + len(k.accept) + len(k.languages)
}

// keyOf returns the key of a request; ok is false if its answer is not cached, as for
// clients with the token.
func (s *Server) keyOf(r *http.Request) (k answerKey, ok bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Authorization") != "" || r.Header.Get("Range") != "" {
		return k, false
	}
	k = answerKey{
		version: s.version(), address: r.URL.RequestURI(), host: r.Host, accept: strings.Join(r.Header.Values("Accept"), ","),
		languages: strings.Join(r.Header.Values("Accept-Language"), ","), secure: strings.HasPrefix(origin(r), "https"), packed: Unpacks(r),
	}
	if k.size() > mostKeptKey {
		return k, false
	}
	if asksHTML(k.accept) {
		k.accept = ""
	}
	k.languages = languagesKey(k.languages)
	return k, true
}

// asksHTML reports whether an Accept header prefers HTML, as an empty one does (see
// wanted). Each browser has a different header.
func asksHTML(accept string) bool {
	first, _, _ := strings.Cut(accept, ",")
	return first == "text/html" || accept == "*/*"
}

// languagesKey returns the canonical form of a list of languages: browsers differ in its
// weights.
func languagesKey(list string) string {
	languages, err := ParseLanguages(list)
	if list == "" || err != nil {
		return "" // an invalid list counts as empty: see asked
	}
	var b strings.Builder
	for _, tag := range languages {
		b.WriteByte(',')
		b.WriteString(tag.String())
	}
	return cmp.Or(b.String(), ",")
}

// version returns the version of the graph with the day.
func (s *Server) version() string { return s.Version() + " " + s.today() }

// today returns the day that answers show.
func (s *Server) today() string { return s.now().UTC().Format(time.DateOnly) }

// get returns a cached answer, or nil. Answers of another version are dropped.
func (a *answers) get(k answerKey) *answerKept {
	if last := a.version.Load(); last == nil || *last != k.version {
		if a.version.CompareAndSwap(last, &k.version) {
			a.cache.InvalidateAll()
		}
	}
	kept, _ := a.cache.GetIfPresent(k)
	return kept
}

// kept sends the cached answer to a request, or calls next and caches its answer; equal
// requests meanwhile wait for it. A cached answer was checked to be of an intact store
// when it was computed, and needs no slot.
func (s *Server) kept(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if !plain(r) {
		if _, err := s.Ready(); err != nil { // which tells the version of a store that is opened anew
			s.fail(w, r, s.unusable(err))
			return
		}
	}
	key, ok := s.keyOf(r)
	if !ok {
		next.ServeHTTP(w, r)
		return
	}
	if a := s.answers.get(key); a != nil {
		s.sendKept(w, r, a)
		return
	}
	s.joined(w, r, next, key)
}

func (s *Server) sendKept(w http.ResponseWriter, r *http.Request, a *answerKept) {
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	if matches(r, h.Get("ETag")) {
		notModified(w)
		return
	}
	w.WriteHeader(http.StatusOK)
	_, _ = s.patiently(w, a.body, func() {}) // who went away needs no answer
}

// matches reports whether a client has the answer with an ETag (RFC 9110, 13.1.2).
func matches(r *http.Request, tag string) bool {
	if tag == "" {
		return false
	}
	for one := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// notModified sends 304: the client has the answer.
func notModified(w http.ResponseWriter) {
	for _, name := range []string{"Content-Length", "Content-Encoding", "Content-Type", "Content-Disposition"} {
		w.Header().Del(name)
	}
	w.WriteHeader(http.StatusNotModified)
}
