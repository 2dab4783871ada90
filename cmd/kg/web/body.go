package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// BodyError is the error of a request whose body was late or cut off.
type BodyError struct{ Err error }

// Error describes the client's mistake, without the addresses in net's errors.
func (e *BodyError) Error() string {
	err := e.Err
	if e.Code() == http.StatusRequestTimeout {
		err = errors.New("it was sent too slowly")
	}
	var over *net.OpError
	if errors.As(err, &over) {
		err = over.Err
	}
	return fmt.Sprintf("reading the request's body: %v", err)
}

// Unwrap returns the cause.
func (e *BodyError) Unwrap() error { return e.Err }

// Code returns the status of the answer: 408 for a body that was too slow, else 400.
func (e *BodyError) Code() int {
	var slow net.Error
	if errors.As(e.Err, &slow) && slow.Timeout() {
		return http.StatusRequestTimeout
	}
	return http.StatusBadRequest
}

// sentBody is a body whose errors are the client's.
type sentBody struct{ io.ReadCloser }

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	var large *http.MaxBytesError
	if err != nil && err != io.EOF && !errors.As(err, &large) {
		err = &BodyError{err}
	}
	return n, err
}

// readBody reads the body of a request that queries the graph: at most most bytes, within
// Limits.Sending. The bytes count among those buffered for slow clients until forget is
// called.
func (s *Server) readBody(w http.ResponseWriter, r *http.Request, most int64) (forget func(), err error) {
	var kept int64
	forget = func() { s.patient.Add(-kept) }
	if r.ContentLength == 0 || r.Body == nil {
		return forget, nil
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(s.limits.Sending)) // a test's recorder has none
	var b bytes.Buffer
	body := http.MaxBytesReader(w, r.Body, most)
	for err == nil {
		var n int64
		n, err = io.CopyN(&b, body, 16<<10)
		kept += n
		if s.patient.Add(n) > s.limits.Patient {
			return forget, refuse(http.StatusServiceUnavailable, "too many clients are sending at once: try again in some seconds")
		}
	}
	if err != io.EOF {
		return forget, err
	}
	_ = control.SetReadDeadline(time.Time{})
	r.Body = io.NopCloser(&b)
	return forget, nil
}
