package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// leastPacked is the least size in bytes of a body to compress: a smaller one is one
// network packet either way.
const leastPacked = 1024

// packers are reused compressors. Each has some 800 kB of tables, so few are in use at
// the same time, and none while a client reads.
var (
	packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	packing = make(chan struct{}, runtime.GOMAXPROCS(0))
)

// Pack compresses a body with gzip (RFC 1952).
func Pack(body []byte) []byte {
	packing <- struct{}{}
	defer func() { <-packing }()
	var b bytes.Buffer
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&b)
	_, _ = z.Write(body) // a bytes.Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

// Unpacks reports whether a client accepts gzip (RFC 9110, 12.5.3).
func Unpacks(r *http.Request) bool {
	takes := false
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, weight, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != "gzip" && name != "x-gzip" && name != "*" {
			continue
		}
		q := 1.0
		if _, value, ok := strings.Cut(weight, "="); ok {
			var err error
			if q, err = strconv.ParseFloat(strings.TrimSpace(value), 64); err != nil {
				q = 0
			}
		}
		if name != "*" {
			return q > 0
		}
		takes = q > 0
	}
	return takes
}

// Send writes a complete body, compressed if the client accepts that. It is compressed
// before it is sent, so that a slow client holds no compressor, and sent with its length,
// so that a client notices a truncated answer.
func Send(w http.ResponseWriter, r *http.Request, code int, body []byte) error {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if code == http.StatusOK && h.Get("Cache-Control") == "no-cache" && h.Get("ETag") == "" {
		sum := sha256.Sum256(body) // a weak tag: the same for both encodings
		h.Set("ETag", `W/"`+hex.EncodeToString(sum[:16])+`"`)
	}
	if len(body) >= leastPacked && Unpacks(r) {
		body = Pack(body)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, err := w.Write(body)
	return ignore(err)
}
