package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/maypok86/otter/v2"
)

// answers keeps answers to the pages' own addresses for as long as the graph is the
// same one. Its size is bounded in bytes. Which are kept is told by how often they
// are asked for (W-TinyLFU): addresses that nobody asks for twice, as a hostile
// client makes them up, put nothing out.
type answers struct {
	cache   *otter.Cache[answerKey, *answerKept]
	version atomic.Pointer[string]
}

// answerKey is all that an answer depends on.
type answerKey struct {
	version, address, host, accept, languages string
	secure, packed                            bool
}

// answerKept is an answer as it was sent.
type answerKept struct {
	header http.Header
	body   []byte
}

// mostKept is how many bytes kept answers take in all, mostKeptOne one of them,
// and mostKeptKey what it depends on.
const mostKept, mostKeptOne, mostKeptKey = 32 << 20, 1 << 20, 4 << 10

// entryCost is what an answer takes besides its bytes.
const entryCost = 1 << 10

func newAnswers() *answers {
	return &answers{cache: otter.Must(&otter.Options[answerKey, *answerKept]{
		MaximumWeight: mostKept,
		Weigher: func(k answerKey, a *answerKept) uint32 {
			return uint32(entryCost + k.size() + len(a.body))
		},
	})}
}

func (k *answerKey) size() int {
	return len(k.version) + len(k.address) + len(k.host) + len(k.accept) + len(k.languages)
}

// keyOf is what the answer to a request depends on; not ok for one whose answer is
// not kept, such as that to who may write.
func (s *Server) keyOf(r *http.Request) (k answerKey, ok bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Authorization") != "" || r.Header.Get("Range") != "" {
		return k, false
	}
	k = answerKey{
		version: s.Version(), address: r.URL.RequestURI(), host: r.Host, accept: strings.Join(r.Header.Values("Accept"), ","),
		languages: strings.Join(r.Header.Values("Accept-Language"), ","), secure: strings.HasPrefix(origin(r), "https"), packed: Unpacks(r),
	}
	return k, k.size() <= mostKeptKey
}

// get is a kept answer, nil if there is none. Those of another version are dropped.
func (a *answers) get(k answerKey) *answerKept {
	if last := a.version.Load(); last == nil || *last != k.version {
		if a.version.CompareAndSwap(last, &k.version) {
			a.cache.InvalidateAll()
		}
	}
	kept, _ := a.cache.GetIfPresent(k)
	return kept
}

// kept answers a request as it was answered before, or lets next answer and keeps
// that. A kept answer was checked to be of a whole store when it was made, and takes
// no place from those that ask the graph.
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
	k := &keeping{ResponseWriter: w, r: r}
	next.ServeHTTP(k, r.WithContext(context.WithValue(r.Context(), keepingKey{}, k)))
	if a := k.answer(); a != nil && r.Method == http.MethodGet && s.Version() == key.version {
		s.answers.cache.Set(key, a)
	}
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

// keeping notes an answer as it is sent, and spares a client one that it has.
type keeping struct {
	http.ResponseWriter
	r      *http.Request
	code   int
	header http.Header
	spare  bool // the client has it
	body   []byte
	over   bool
	never  atomic.Bool
}

type keepingKey struct{}

// unkept marks what is answered in a context as no answer to be kept: it is not made
// of the graph alone, or not to its end.
func unkept(ctx context.Context) {
	if k, ok := ctx.Value(keepingKey{}).(*keeping); ok {
		k.never.Store(true)
	}
}

func (k *keeping) WriteHeader(code int) {
	if k.code == 0 {
		k.code, k.header = code, k.Header().Clone()
		if code == http.StatusOK && matches(k.r, k.Header().Get("ETag")) {
			k.spare = true
			notModified(k.ResponseWriter)
			return
		}
	}
	if !k.spare {
		k.ResponseWriter.WriteHeader(code)
	}
}

func (k *keeping) Write(b []byte) (int, error) {
	if k.code == 0 {
		k.WriteHeader(http.StatusOK)
	}
	if k.over = k.over || len(k.body)+len(b) > mostKeptOne; k.over {
		k.body = nil
	} else {
		k.body = append(k.body, b...)
	}
	if k.spare {
		return len(b), nil
	}
	return k.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is beneath.
func (k *keeping) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// answer is what was sent, if it is to be kept: a whole answer of Send that any
// client may have.
func (k *keeping) answer() *answerKept {
	control := k.header.Get("Cache-Control")
	if k.code != http.StatusOK || k.over || k.never.Load() || control != "no-cache" && !strings.HasPrefix(control, "public") ||
		k.header.Get("Content-Length") != strconv.Itoa(len(k.body)) {
		return nil
	}
	return &answerKept{k.header, slices.Clip(k.body)}
}

// matches reports whether a client has the answer with a tag (RFC 9110, 13.1.2).
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

// notModified tells a client that it has the answer.
func notModified(w http.ResponseWriter) {
	for _, name := range []string{"Content-Length", "Content-Encoding", "Content-Type", "Content-Disposition"} {
		w.Header().Del(name)
	}
	w.WriteHeader(http.StatusNotModified)
}
