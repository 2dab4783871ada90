package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
)

// making is an answer that one request computes for all concurrent equal requests. The
// others continue as soon as it is complete, or turns out not to be shareable: they wait
// neither for the client of the first, nor for its end.
type making struct {
	answers *answers
	key     answerKey
	done    chan struct{}
	// Set before done is closed.
	answer *answerKept // nil if each has to make its own
	again  bool        // the next request computes it: the first client went away, or the graph changed
}

// join starts an answer, which the caller then has to settle (mine), or returns the one
// that is being computed, or the one just cached.
func (a *answers) join(key answerKey) (m *making, kept *answerKept, mine bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if m := a.making[key]; m != nil {
		return m, nil, false
	}
	if kept := a.get(key); kept != nil {
		return nil, kept, false
	}
	m = &making{answers: a, key: key, done: make(chan struct{})}
	a.making[key] = m
	return m, nil, true
}

// settle releases the waiting requests. The answer is cached before, so that none of them
// computes it again.
func (m *making) settle(kept *answerKept, again bool) {
	if kept != nil {
		m.answers.cache.Set(m.key, kept)
	}
	m.answers.mu.Lock()
	delete(m.answers.making, m.key)
	m.answers.mu.Unlock()
	m.answer, m.again = kept, again
	close(m.done)
}

// wait waits for the answer.
func (m *making) wait(ctx context.Context) error {
	select {
	case <-m.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// joined answers a request that is not in the cache: it calls next, or waits, without a
// slot, for an equal request. If that answer is not shareable, the request computes its
// own in the time left.
func (s *Server) joined(w http.ResponseWriter, r *http.Request, next http.Handler, key answerKey) {
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Time+s.limits.Wait)
	defer cancel()
	r = r.WithContext(ctx)
	m, kept, mine := s.answers.join(key)
	for kept == nil && !mine {
		if err := m.wait(ctx); err != nil {
			s.fail(w, r, err)
			return
		}
		if !m.again {
			kept, m = m.answer, nil
			break
		}
		key.version = s.version()
		m, kept, mine = s.answers.join(key)
	}
	if kept != nil {
		s.sendKept(w, r, kept)
		return
	}
	s.make(w, r, next, m)
}

// make calls next, also for the requests that wait for m, if m is not nil.
func (s *Server) make(w http.ResponseWriter, r *http.Request, next http.Handler, m *making) {
	k := &keeping{ResponseWriter: w, r: r, m: m, version: s.version}
	defer func() { k.settle(nil, r.Context().Err() != nil) }() // of a panic, too
	next.ServeHTTP(k, r.WithContext(context.WithValue(r.Context(), keepingKey{}, k)))
}

// keeping records an answer while it is sent, and sends 304 to a client that has it.
type keeping struct {
	http.ResponseWriter
	r       *http.Request
	m       *making // nil once it is settled
	version func() string
	code    int
	spare   bool // the client has it
	header  http.Header
	length  int // of the whole body
	body    []byte
	never   atomic.Bool
}

type keepingKey struct{}

// unkept marks the answer in a context as not cacheable: it depends on more than the
// graph, or is incomplete.
func unkept(ctx context.Context) {
	if k, ok := ctx.Value(keepingKey{}).(*keeping); ok {
		k.never.Store(true)
	}
}

func (k *keeping) WriteHeader(code int) {
	if k.code == 0 {
		k.code = code
		if k.m != nil && !k.lasts() {
			k.settle(nil, false)
		}
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

// lasts reports by its header whether an answer is cacheable: a complete answer of Send
// that is the same for all clients.
func (k *keeping) lasts() bool {
	h := k.Header()
	control := h.Get("Cache-Control")
	length, err := strconv.Atoi(h.Get("Content-Length"))
	if k.code != http.StatusOK || err != nil || length <= 0 || length > mostKeptOne || k.never.Load() || control != "no-cache" && !strings.HasPrefix(control, "public") {
		return false
	}
	k.header, k.length = h.Clone(), length
	return true
}

func (k *keeping) Write(b []byte) (int, error) {
	if k.code == 0 {
		k.WriteHeader(http.StatusOK)
	}
	if k.m != nil {
		k.keep(b)
	}
	if k.spare {
		return len(b), nil
	}
	return k.ResponseWriter.Write(b)
}

// keep records the bytes about to be sent, and settles with the last of them.
func (k *keeping) keep(b []byte) {
	if len(k.body)+len(b) > k.length {
		k.settle(nil, false)
		return
	}
	if k.body == nil {
		k.body = make([]byte, 0, k.length)
	}
	if k.body = append(k.body, b...); len(k.body) < k.length {
		return
	}
	if k.version() != k.m.key.version {
		k.settle(nil, true)
		return
	}
	k.settle(&answerKept{k.header, k.body}, false)
}

// settle releases the waiting requests, once.
func (k *keeping) settle(kept *answerKept, again bool) {
	if k.m != nil {
		k.m.settle(kept, again)
		k.m = nil
	}
}

// Unwrap returns the underlying writer, for http.ResponseController.
func (k *keeping) Unwrap() http.ResponseWriter { return k.ResponseWriter }
