package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const key = "sk-very-secret"

// asks is a client of a stand-in; it does not wait, and says how long it would have.
func asks(t *testing.T, handler http.HandlerFunc) (c *Client, waited *[]time.Duration) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	address, err := ParseAddress(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	waited = &[]time.Duration{}
	return &Client{Address: address, Model: "m", Key: key, Agent: "kg/1", Timeout: 5 * time.Second, sleep: func(ctx context.Context, d time.Duration) error {
		*waited = append(*waited, d)
		return ctx.Err()
	}}, waited
}

func says(w io.Writer, content string) {
	fmt.Fprintf(w, `{"model": "m-1", "created": 1795824000, "choices": [{"message": {"content": %q}, "finish_reason": "length"}]}`, content)
}

func TestAsk(t *testing.T) {
	t.Parallel()
	c, _ := asks(t, func(w http.ResponseWriter, r *http.Request) {
		var got request
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+key || r.Header.Get("User-Agent") != "kg/1" || r.Header.Get("Cookie") != "" {
			t.Errorf("asked %s %s, %v", r.Method, r.URL, r.Header)
		}
		if got.Model != "m" || len(got.Messages) != 2 || got.Messages[0] != (message{"system", "do"}) || got.Messages[1] != (message{"user", "text"}) || got.ResponseFormat.Type != "json_schema" {
			t.Errorf("asked %+v", got)
		}
		says(w, "yes")
	})
	a, err := c.Ask(t.Context(), Question{"do", "text", map[string]any{"type": "object"}})
	if err != nil || a.Content != "yes" || a.Model != "m-1" || !a.Cut || a.Made.Format(time.DateOnly) != "2026-11-28" {
		t.Errorf("%+v, %v", a, err)
	}
}

// Whatever a server answers that is no answer is an error that says what it is, is
// short, and has no key in it.
func TestBadServers(t *testing.T) {
	t.Parallel()
	status := func(code int, body string, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
			fmt.Fprint(w, body)
		}
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"500":                {status(500, "it broke \x1b[31m"), `500 Internal Server Error: "it broke \x1b[31m"`},
		"500 with the key":   {status(500, "Bearer "+key+" is wrong"), `"Bearer (the key) is wrong"`},
		"a long 500":         {status(500, strings.Repeat("a", 1<<20)), "500"},
		"401":                {status(401, `{"error": {"message": "no `+key+`"}}`), `401 Unauthorized: "no (the key)": kg help draft`},
		"404":                {status(404, ""), `404 Not Found: is http://127.0.0.1`},
		"400 for good":       {status(400, `{"error": {"message": "no"}}`), `400 Bad Request: "no"`},
		"200 HTML":           {status(200, "<html>"), "not an OpenAI-compatible endpoint"},
		"200 of nothing":     {status(200, ""), "not an OpenAI-compatible endpoint"},
		"no choices":         {status(200, `{"choices": []}`), "it has no choices"},
		"null":               {status(200, `null`), "it has no choices"},
		"content of parts":   {status(200, `{"choices": [{"message": {"content": [1]}}]}`), "not an OpenAI-compatible endpoint"},
		"a refusal":          {status(200, `{"choices": [{"message": {"refusal": "I will not, `+key+`"}}]}`), `the model refuses: "I will not, (the key)"`},
		"the key":            {status(200, `{"choices": [{"message": {"content": "sk-very\u002dsecret"}}]}`), "the answer repeats the key"},
		"the key, as model":  {status(200, `{"model": "`+key+`", "choices": [{"message": {"content": ""}}]}`), "the answer repeats the key"},
		"deep":               {status(200, strings.Repeat("[", 1<<20)), "not an OpenAI-compatible endpoint"},
		"an odd redirect":    {status(302, "", "Location", "::"+key+strings.Repeat("a", 10000)), "failed to parse Location header"},
		"a redirect nowhere": {status(307, ""), "kg does not follow"},
		"a wait too long":    {status(503, "", "Retry-After", "3600"), "asks to wait 1h0m0s: try again then"},
		"a wait of ages":     {status(429, "", "Retry-After", "99999999999999"), "asks to wait 24h0m0s"},
		"busy for good":      {status(429, "slow down"), `429 Too Many Requests: "slow down", after 4 tries`},
	} {
		c, _ := asks(t, test.handler)
		a, err := c.Ask(t.Context(), Question{})
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "asking the model at 127.0.0.1:") {
			t.Errorf("%s: %+v, %v, not %s", name, a, err, test.want)
		} else if strings.Contains(err.Error(), key) || len(err.Error()) > 600 || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%s: %q", name, err)
		}
	}
}

// A server that is busy is asked again when it wishes, or later each time.
func TestBusy(t *testing.T) {
	t.Parallel()
	at := time.Now().Add(30 * time.Second).UTC().Format(http.TimeFormat)
	for _, test := range []struct {
		after string
		least time.Duration
		most  time.Duration
	}{{"7", 7 * time.Second, 7 * time.Second}, {"", time.Second, time.Second}, {"soon", time.Second, time.Second}, {"-1", time.Second, time.Second}, {at, 2 * time.Second, 30 * time.Second}, {"Mon, 02 Jan 2006 15:04:05 GMT", 0, 0}} {
		var n atomic.Int32
		c, waited := asks(t, func(w http.ResponseWriter, _ *http.Request) {
			if n.Add(1) == 1 {
				w.Header().Set("Retry-After", test.after)
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			says(w, "yes")
		})
		a, err := c.Ask(t.Context(), Question{})
		if err != nil || a.Content != "yes" || len(*waited) != 1 || (*waited)[0] < test.least || (*waited)[0] > test.most {
			t.Errorf("Retry-After %q: %v, waited %v", test.after, err, *waited)
		}
	}
}

// A server that refuses a schema is asked without one from then on.
func TestNoSchema(t *testing.T) {
	t.Parallel()
	var with, without int
	c, _ := asks(t, func(w http.ResponseWriter, r *http.Request) {
		var got request
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		if got.ResponseFormat != nil || got.Temperature != nil {
			with++
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		without++
		says(w, "yes")
	})
	for range 3 {
		if _, err := c.Ask(t.Context(), Question{}); err != nil {
			t.Fatal(err)
		}
	}
	if with != 1 || without != 3 {
		t.Errorf("asked %d times with a schema, %d without", with, without)
	}
}

// The text and the key go to no other host, nor to another path of the same.
func TestNoRedirect(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another host is asked") }))
	defer other.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{other.URL, "/elsewhere", "//" + strings.TrimPrefix(other.URL, "http://")} {
			n := 0
			c, _ := asks(t, func(w http.ResponseWriter, r *http.Request) {
				n++
				http.Redirect(w, r, to, code)
			})
			if _, err := c.Ask(t.Context(), Question{}); err == nil || !strings.Contains(err.Error(), "redirects") || n != 1 {
				t.Errorf("%d to %s: %v, asked %d times", code, to, err, n)
			}
		}
	}
}

// An answer without end, and one without beginning, end: by size, by time, by Ctrl-C.
func TestBounds(t *testing.T) {
	t.Parallel()
	endless := func(pause time.Duration, first string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			chunk := strings.Repeat("a", 1<<16)
			fmt.Fprint(w, first)
			for r.Context().Err() == nil {
				if pause > 0 {
					select {
					case <-r.Context().Done():
					case <-time.After(pause):
					}
					chunk = " "
				}
				if _, err := fmt.Fprint(w, chunk); err != nil {
					return
				}
				http.NewResponseController(w).Flush()
			}
		}
	}
	c, _ := asks(t, endless(0, `{"choices": [{"message": {"content": "`))
	if _, err := c.Ask(t.Context(), Question{}); err == nil || !strings.Contains(err.Error(), "longer than 4 MB") {
		t.Errorf("without end: %v", err)
	}
	c, _ = asks(t, endless(10*time.Millisecond, ""))
	c.Timeout = 200 * time.Millisecond
	if _, err := c.Ask(t.Context(), Question{}); err == nil || !strings.Contains(err.Error(), "no complete answer within 200ms: --timeout") {
		t.Errorf("slow: %v", err)
	}
	c, _ = asks(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := c.Ask(ctx, Question{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended by the user: %v", err)
	}
	c, _ = asks(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "50")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c.sleep = nil
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := c.Ask(ctx, Question{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended while it waits: %v", err)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://127.0.0.1:11434": "http://127.0.0.1:11434/v1/chat/completions", "https://x.example/": "https://x.example/v1/chat/completions",
		"https://x.example/v1": "https://x.example/v1/chat/completions", "https://x.example/api/v1/": "https://x.example/api/v1/chat/completions",
		"https://x.example/v1/chat/completions": "https://x.example/v1/chat/completions", "http://[::1]:1/v1": "http://[::1]:1/v1/chat/completions",
		"https://x.example/openai?api-version=1": "https://x.example/openai/chat/completions?api-version=1",
		"x.example":                              "", "ftp://x.example": "", "http://": "", "": "", "http://a:b@x.example": "", "https://x.example#a": "", "https://x.example?key=" + key: "", "http://x.example:" + key: "", "http://" + key + "\x7f": "",
	} {
		a, err := ParseAddress(text)
		if want == "" {
			if err == nil || strings.Contains(err.Error(), key) {
				t.Errorf("%q: %v", text, err)
			}
		} else if err != nil || a.String() != want {
			t.Errorf("%q: %v, %v, not %s", text, a, err, want)
		}
	}
	for text, want := range map[string]bool{
		"http://127.0.0.1": false, "http://127.8.0.1": false, "http://[::1]:7": false, "http://localhost:7": false, "https://x.example": false,
		"http://x.example": true, "http://10.0.0.1": true, "http://localhost.example": true, "http://127.0.0.1.example": true, "http://0.0.0.0": true, "http://[::ffff:127.0.0.1]": false,
	} {
		a, err := ParseAddress(text)
		if err != nil || a.Plain() != want {
			t.Errorf("%q: %v, plain is %v", text, err, a.Plain())
		}
	}
}

// Whatever is in an answer, reading it ends, and nothing that is taken has the key.
func FuzzRead(f *testing.F) {
	f.Add(`{"model": "m", "choices": [{"message": {"content": "x"}}]}`)
	f.Add(`{"choices": [{"message": {"content": "sk-very\u002dsecret"}}]}`)
	f.Add(`{"created": -1, "choices": [{}]}`)
	c := &Client{Key: key}
	f.Fuzz(func(t *testing.T, body string) {
		a, err := c.read([]byte(body))
		if err != nil && strings.Contains(err.Error(), key) || err == nil && (strings.Contains(a.Content, key) || strings.Contains(a.Model, key)) {
			t.Errorf("the key: %+v, %v", a, err)
		}
	})
}
