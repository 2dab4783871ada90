package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
)

// making is an answer that a request has made for all who ask for the same meanwhile.
// They are told as soon as it is there, or is not for them: neither a slow client of
// the one that makes it, nor its end, holds them up.
type making struct {
	answers *answers
	key     answerKey
	done    chan struct{}
	// Set before done is closed.
	answer *answerKept // nil if each has to make its own
	again  bool        // whoever comes first makes it: this one's client went away, or the graph changed
}

// join begins to make an answer, which is the caller's then to settle, or finds that
// it is being made, or was just now.
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

// settle tells those who wait. What is kept is kept before, so that nobody makes it
// once more.
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

// joined answers a request for what is not kept: it has next make it, or waits,
// without a place, for a request that does. Who waited for what is not for all has
// what is left of that time to make its own.
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

// make lets next answer, for those too who wait for m if there is one.
func (s *Server) make(w http.ResponseWriter, r *http.Request, next http.Handler, m *making) {
	k := &keeping{ResponseWriter: w, r: r, m: m, version: s.version}
	defer func() { k.settle(nil, r.Context().Err() != nil) }() // of a panic, too
	next.ServeHTTP(k, r.WithContext(context.WithValue(r.Context(), keepingKey{}, k)))
}

// keeping notes an answer as it is sent, and spares a client one that it has.
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

// unkept marks what is answered in a context as no answer to be kept: it is not made
// of the graph alone, or not to its end.
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

// lasts tells by its header whether an answer is to be kept: a whole answer of Send
// that any client may have.
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

// keep takes what is about to be sent, and settles with the last of it.
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

// settle tells those who wait, once.
func (k *keeping) settle(kept *answerKept, again bool) {
	if k.m != nil {
		k.m.settle(kept, again)
		k.m = nil
	}
}

// Unwrap lets http.ResponseController reach what is beneath.
func (k *keeping) Unwrap() http.ResponseWriter { return k.ResponseWriter }
