package cayleyui

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/ui"

	"kg/cmd/kg/web"
	"kg/graph"
)

//go:embed files
var ours embed.FS

// file is a served file.
type file struct {
	kind string // its Content-Type
	tag  string // its ETag, without the quotes
	body []byte
	zip  []byte // body as gzip has it
}

// files are served by their path below /ui/.
type files struct {
	byPath map[string]file
	policy string // the content security policy
}

// assets prepares all files in memory: they are small, and browsers that have them only
// revalidate.
func (h *Handler) assets() (*files, error) {
	all := &files{byPath: map[string]file{}}
	for _, a := range assets {
		body, err := ui.FS.ReadFile("web/" + a.path)
		if err != nil {
			return nil, fmt.Errorf("preparing Cayley's web UI: it is another UI than kg was made for: %w", err)
		}
		if len(a.rewrites) > 0 {
			text, err := a.apply(string(body))
			if err != nil {
				return nil, err
			}
			body = []byte(text)
		}
		all.add(a.path, body)
	}
	list, err := ours.ReadDir("files")
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		body, err := ours.ReadFile("files/" + f.Name())
		if err != nil {
			return nil, err
		}
		all.add("kg/"+f.Name(), body)
	}
	settings, err := h.settings()
	if err != nil {
		return nil, err
	}
	all.add("kg/settings.js", settings)
	all.policy = policy(string(all.byPath[indexPage].body))
	return all, nil
}

func (f *files) add(name string, body []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // what a system's own tables could change
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".ts":
		kind = "text/plain; charset=utf-8"
	case ".ico":
		kind = "image/x-icon"
	case ".json":
		kind = "application/json"
	}
	sum := sha256.Sum256(body)
	f.byPath[name] = file{kind, base64.RawURLEncoding.EncodeToString(sum[:12]), body, web.Pack(body)}
}

// settings returns the script with this server's settings for our scripts: prefixes of
// IRIs, the maximum number of rows, the methods of queries, and the saved questions.
func (h *Handler) settings() ([]byte, error) {
	type method struct {
		Object    string   `json:"object"`
		Names     []string `json:"names"`
		Signature string   `json:"signature"`
		Doc       string   `json:"doc"`
	}
	var s struct {
		Prefixes [][2]string `json:"prefixes"`
		Most     int         `json:"most"`
		Methods  []method    `json:"methods"`
		Saved    []Saved     `json:"saved"`
	}
	s.Most, s.Saved = h.Rows, append([]Saved{}, h.Saved...)
	prefixes := h.Base.Prefixes()
	for _, name := range slices.Sorted(maps.Keys(prefixes)) {
		s.Prefixes = append(s.Prefixes, [2]string{name, prefixes[name]})
	}
	for _, m := range graph.Methods() {
		s.Methods = append(s.Methods, method{m.Object, append([]string{m.Name}, m.Aliases...), m.Signature, m.Doc})
	}
	text, err := json.Marshal(s)
	return fmt.Appendf(nil, "window.kgSettings = %s;\n", text), err
}

// policy returns a content security policy that lets the page load resources of this
// server, and run its inline scripts by their hashes. Styles are set by scripts, which
// needs no permission.
func policy(page string) string {
	scripts := "'self'"
	for rest := page; ; {
		_, after, ok := strings.Cut(rest, "<script>")
		if !ok {
			break
		}
		var text string
		if text, rest, ok = strings.Cut(after, "</script>"); !ok {
			break
		}
		sum := sha256.Sum256([]byte(text))
		scripts += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; script-src " + scripts + "; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
}

func (f *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/ui/")
	if name == "" {
		name = indexPage
	}
	file, ok := f.byPath[name]
	if !ok {
		http.Error(w, "Cayley's web UI has no such file", http.StatusNotFound)
		return
	}
	header := w.Header()
	header.Set("Content-Type", file.kind)
	header.Set("Cache-Control", "no-cache") // ask whether it changed
	header.Set("Vary", "Accept-Encoding")
	body, tag := file.body, file.tag
	if len(file.zip) < len(body) && web.Unpacks(r) {
		body, tag = file.zip, tag+"-gzip" // another form has another tag (RFC 9110, 8.8.3)
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("ETag", `"`+tag+`"`)
	header.Set("Content-Security-Policy", f.policy)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
