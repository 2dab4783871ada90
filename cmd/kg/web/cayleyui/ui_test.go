package cayleyui

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// TestRewrites: every replacement finds its string as often as it must, and a
// bundle that is another one is an error that names the string.
func TestRewrites(t *testing.T) {
	newHandler(t, harbour, nil)
	a := asset{path: "a.js", rewrites: []rewrite{{"old", "new", 1}, {"new", "newer", 1}}}
	if got, err := a.apply("an old one"); err != nil || got != "an newer one" {
		t.Errorf("apply gives %q, %v", got, err)
	}
	for _, text := range []string{"", "old and old"} {
		if _, err := a.apply(text); err == nil || !strings.Contains(err.Error(), `a.js has "old"`) {
			t.Errorf("%q: error is %v", text, err)
		}
	}
}

// TestNothingFromElsewhere: no file names an address that a browser would load.
// The names of vocabularies and namespaces are none, nor are those in the texts
// of React's errors and of Gizmo's documentation.
func TestNothingFromElsewhere(t *testing.T) {
	h := newHandler(t, harbour, nil)
	harmless := regexp.MustCompile(`^https?://(www\.w3\.org/|reactjs\.org/docs/error-decoder|fb\.me/|kg\.example/|schema\.org/|purl\.org/|id\.loc\.gov/|github\.com/google/re2/wiki)`)
	all, err := h.assets()
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range all.byPath {
		if strings.HasPrefix(f.kind, "image/") && name != logo {
			continue
		}
		for _, address := range regexp.MustCompile(`(https?:)?//[\w.-]+\.[a-z]{2,}[/:]?[\w./-]*`).FindAllString(string(f.body), -1) {
			if strings.HasPrefix(address, "http") && !harmless.MatchString(address) {
				t.Errorf("%s names %s", name, address)
			}
		}
		if strings.Contains(string(f.body), "localhost") && name != mainBundle { // there it is a test of the page's own address
			t.Errorf("%s names localhost", name)
		}
	}
}

// TestAbsolutePaths: the page and what it loads know no path from the root.
func TestAbsolutePaths(t *testing.T) {
	h := newHandler(t, harbour, nil)
	page := ask(h, "GET", "/ui/", "").Body.String()
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		address := m[1]
		if address == "../" {
			continue
		}
		if strings.HasPrefix(address, "/") {
			t.Errorf("the page loads %s", address)
		}
		if w := ask(h, "GET", "/ui/"+address, ""); w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
	if bundle := ask(h, "GET", "/ui/"+mainBundle, "").Body.String(); strings.Contains(bundle, `"/static`) || strings.Contains(bundle, `"/gizmo`) {
		t.Error("the bundle has an absolute path")
	}
}

func TestPolicy(t *testing.T) {
	h := newHandler(t, harbour, nil)
	w := ask(h, "GET", "/ui/", "")
	csp := w.Header().Get("Content-Security-Policy")
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || !strings.HasPrefix(csp, "default-src 'none'; script-src 'self' 'sha256-") {
		t.Errorf("the policy is %s", csp)
	}
	scripts := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(w.Body.String(), -1)
	if len(scripts) != 1 {
		t.Fatalf("%d inline scripts", len(scripts))
	}
	sum := sha256.Sum256([]byte(scripts[0][1]))
	if !strings.Contains(csp, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Error("the inline script is not allowed by its hash")
	}
	if got := policy("<script>a</script> <script src=x></script><script>b</script>"); strings.Count(got, "'sha256-") != 2 {
		t.Errorf("two inline scripts have the policy %s", got)
	}
}

func TestFiles(t *testing.T) {
	h := newHandler(t, harbour, nil)
	for path, kind := range map[string]string{
		"":                               "text/html; charset=utf-8",
		"index.html":                     "text/html; charset=utf-8",
		"kg/kg.css":                      "text/css; charset=utf-8",
		"kg/settings.js":                 "text/javascript; charset=utf-8",
		"kg/run.svg":                     "image/svg+xml",
		"gizmo.d.ts":                     "text/plain; charset=utf-8",
		"favicon.ico":                    "image/x-icon",
		"static/media/logo.ca711468.svg": "image/svg+xml",
	} {
		w := ask(h, "GET", "/ui/"+path, "")
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != kind || w.Header().Get("ETag") == "" {
			t.Errorf("%s: status %d, %v", path, w.Code, w.Header())
		}
		if again := ask(h, "GET", "/ui/"+path, "", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("%s: the second time status %d", path, again.Code)
		}
	}
	for _, path := range []string{"service-worker.js", "static/js/main.84d3ab8c.chunk.js.map", "kg", "kg/", "../ui/", "nothing"} {
		if w := ask(h, "GET", "/ui/"+path, ""); w.Code == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
	if w := ask(h, "GET", "/ui", ""); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "ui/" {
		t.Errorf("/ui: status %d, %v", w.Code, w.Header())
	}
	if w := ask(h, "POST", "/ui/", ""); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST /ui/: status %d", w.Code)
	}
	if settings := ask(h, "GET", "/ui/kg/settings.js", "").Body.String(); !strings.Contains(settings, `["kg","https://kg.example/"]`) || !strings.Contains(settings, `"most":10000`) {
		t.Errorf("settings.js is %s", settings)
	}
}
