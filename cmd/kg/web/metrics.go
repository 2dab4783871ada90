package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"runtime"
	memory "runtime/metrics"
	"slices"
	"sync"
	"time"
)

// metrics are counted without Prometheus's client library, which would link protocol
// buffers into kg; its text format is a dozen lines.
type metrics struct {
	mu       sync.Mutex
	answers  map[int]int64 // by status
	running  int64
	buckets  []int64 // requests not slower than bounds[i]
	slow     int64   // slower than all bounds
	seconds  float64
	pictures int64
}

// bounds of the histogram of durations, in seconds.
var bounds = []float64{0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10}

func newMetrics() *metrics {
	return &metrics{answers: map[int]int64{}, buckets: make([]int64, len(bounds))}
}

func (m *metrics) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running++
}

func (m *metrics) end(_ *http.Request, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running--
	m.answers[status]++
	m.seconds += took.Seconds()
	for i, bound := range bounds {
		if took.Seconds() <= bound {
			m.buckets[i]++
			return
		}
	}
	m.slow++
}

func (m *metrics) drew() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pictures++
}

// write writes the text exposition format, version 0.0.4. Every request takes mu, so it
// is never held while waiting for a client or for the world to stop.
func (m *metrics) write(w *bytes.Buffer, asking, slots int) {
	m.writeCounts(w, asking, slots)
	gauge(w, "kg_heap_bytes", "Bytes of live and not yet swept heap objects.", heapBytes())
	gauge(w, "kg_goroutines", "Goroutines.", int64(runtime.NumGoroutine()))
}

// heapBytes is MemStats.HeapAlloc.
func heapBytes() int64 {
	sample := []memory.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	memory.Read(sample)
	return int64(sample[0].Value.Uint64())
}

func gauge(w *bytes.Buffer, name, help string, value int64) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %d\n", name, help, name, name, value)
}

func (m *metrics) writeCounts(w *bytes.Buffer, asking, slots int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fmt.Fprint(w, "# HELP kg_http_requests_total Requests answered, by status.\n# TYPE kg_http_requests_total counter\n")
	for _, code := range slices.Sorted(maps.Keys(m.answers)) {
		fmt.Fprintf(w, "kg_http_requests_total{code=\"%d\"} %d\n", code, m.answers[code])
	}
	fmt.Fprint(w, "# HELP kg_http_request_seconds How long requests took.\n# TYPE kg_http_request_seconds histogram\n")
	var sum int64
	for i, bound := range bounds {
		sum += m.buckets[i]
		fmt.Fprintf(w, "kg_http_request_seconds_bucket{le=\"%g\"} %d\n", bound, sum)
	}
	sum += m.slow
	fmt.Fprintf(w, "kg_http_request_seconds_bucket{le=\"+Inf\"} %d\nkg_http_request_seconds_sum %g\nkg_http_request_seconds_count %d\n", sum, m.seconds, sum)
	gauge(w, "kg_http_requests_running", "Requests being answered.", m.running)
	gauge(w, "kg_queries_running", "Queries being run.", int64(asking))
	gauge(w, "kg_queries_limit", "Limit of queries run at once.", int64(slots))
	fmt.Fprintf(w, "# HELP kg_pictures_total Pictures drawn.\n# TYPE kg_pictures_total counter\nkg_pictures_total %d\n", m.pictures)
}
