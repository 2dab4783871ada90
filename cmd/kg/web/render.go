package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dustin/go-humanize"

	"kg/cmd/kg/web/picture"
	"kg/schema/edtf"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// page is the data of the layout.
type page struct {
	Title string
	Page  any
	Typed string // the content of the search field
	// Description is the page's description for link previews.
	Description string
}

var functions = template.FuncMap{
	"thousands": thousands,
	"static":    staticAddress,
	"says":      func(c picture.Class) string { return c.Says() },
	"kind":      kindWords,
	"sentence":  sentence,
	"day":       day,
	"plural": func(n int, one, many string) string {
		if n == 1 {
			return thousands(n) + " " + one
		}
		return thousands(n) + " " + many
	},
}

// templates are the pages by name, each with the layout. They are parsed at first use,
// since other verbs do not need them.
var templates = sync.OnceValue(func() map[string]*template.Template {
	shared := template.Must(template.New("").Funcs(functions).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	set := map[string]*template.Template{}
	for _, name := range []string{"start", "search", "entity", "claim", "source", "query", "path", "compare", "readings", "match", "pair", "browse", "dossier", "explore", "login", "error"} {
		set[name] = template.Must(template.Must(shared.Clone()).ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return set
})

// Template returns a page of a mount in the layout of all pages: text defines its
// "content", and may use the templates and functions of the pages.
func Template(text string) *template.Template {
	shared := template.Must(template.New("").Funcs(functions).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	return template.Must(shared.Parse(text))
}

// Render sends a page of Template, complete or not at all. Browsers do not cache it.
func Render(w http.ResponseWriter, r *http.Request, code int, t *template.Template, title string, data any) error {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", page{Title: title, Page: data}); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", vary)
	return Send(w, r, code, b.Bytes())
}

func (s *Server) render(w http.ResponseWriter, r *http.Request, name, title string, data any) error {
	return s.renderCode(w, r, http.StatusOK, name, title, data)
}

// renderCode sends a page, complete or not at all.
func (s *Server) renderCode(w http.ResponseWriter, r *http.Request, code int, name, title string, data any) error {
	var b bytes.Buffer
	p := page{Title: title, Page: data}
	if name == "search" {
		p.Typed = r.FormValue("q")
	}
	if d, ok := data.(interface{ describe() string }); ok {
		p.Description = d.describe()
	}
	if err := templates()[name].ExecuteTemplate(&b, "layout", p); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	if name == "login" {
		h.Set("Cache-Control", "no-store")
	}
	h.Set("Vary", vary)
	return Send(w, r, code, b.Bytes())
}

// vary are the request headers that an answer with names depends on.
const vary = "Accept, Accept-Language"

// ignore drops the error of writing to a client that has gone away: the answer has begun,
// so no error can be sent.
func ignore(error) error { return nil }

// redirect redirects to the canonical address of a page, with the format if one was given.
func redirect(w http.ResponseWriter, r *http.Request, to string) error {
	if f := r.FormValue(formatParam); f != "" {
		to += "&" + formatParam + "=" + template.URLQueryEscaper(f)
	}
	w.Header().Set("Vary", vary)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// with returns the request's address with one parameter changed.
func with(r *http.Request, name, value string) string {
	values := maps.Clone(r.URL.Query())
	values.Set(name, value)
	return r.URL.Path + "?" + address(values)
}

// without returns the request's address without some parameters.
func without(r *http.Request, names ...string) string {
	values := r.URL.Query()
	for _, name := range names {
		values.Del(name)
	}
	if len(values) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + address(values)
}

// address encodes parameters, without the escapes that are not needed.
func address(values url.Values) string {
	return legible.Replace(values.Encode())
}

// Parameters of all pages.
const limitParam, formatParam = "limit", "format"

// only refuses unknown parameters, and those given twice.
func only(r *http.Request, names ...string) error {
	for name, values := range r.URL.Query() {
		if !slices.Contains(names, name) {
			return refuse(http.StatusBadRequest, "this page has no parameter %q; it has %s", name, strings.Join(names, ", "))
		}
		if len(values) > 1 && !slices.Contains([]string{whereParam, "page-" + whereParam}, name) {
			return refuse(http.StatusBadRequest, "parameter %s is given twice", name)
		}
	}
	return nil
}

// limit returns the number of rows on a page: the value of param, or the server's
// default; 0 is all.
func (s *Server) limit(r *http.Request, param string) (int, error) {
	word := r.FormValue(param)
	if word == "" {
		return s.limits.Rows, nil
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 {
		return 0, refuse(http.StatusBadRequest, "%s takes a number of rows, or 0 for all, not %q", param, word)
	}
	return n, nil
}

// assets are the static files.
type assets struct {
	byAddress map[string][]byte // by name with a part of its digest, so that browsers can cache it for ever
	addresses map[string]string // of byAddress, by plain name
}

var statics = sync.OnceValue(func() assets {
	a := assets{map[string][]byte{}, map[string]string{}}
	files, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic(err) // they are part of the program
	}
	for _, f := range files {
		b, err := staticFiles.ReadFile("static/" + f.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(b)
		ext := path.Ext(f.Name())
		name := strings.TrimSuffix(f.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		a.byAddress[name], a.addresses[f.Name()] = b, name
	}
	return a
})

func staticAddress(name string) string { return "/static/" + statics().addresses[name] }

// types are the content types of the static files; the systems' own tables differ.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	b, ok := statics().byAddress[r.PathValue("file")]
	if !ok {
		return errNoPage
	}
	w.Header().Set("Content-Type", types[path.Ext(r.PathValue("file"))])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return Send(w, r, http.StatusOK, b)
}

func (s *Server) favicon(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", types[".svg"])
	w.Header().Set("Cache-Control", "public, max-age=86400")
	_, err := w.Write(statics().byAddress[statics().addresses["icon.svg"]])
	return ignore(err)
}

// innerWord matches the beginning of a word within the name of a kind.
var innerWord = regexp.MustCompile(`[a-z][A-Z][a-z]`)

// kindWords returns the name of a kind for people, such as "joint venture" for
// JointVenture.
func kindWords(name string) string {
	return innerWord.ReplaceAllStringFunc(name, func(s string) string { return s[:1] + " " + strings.ToLower(s[1:]) })
}

// sentence capitalizes the first letter.
func sentence(words string) string {
	first, n := utf8.DecodeRuneInString(words)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + words[n:]
}

// thousands prints 3412 as 3,412.
func thousands(n int) string { return humanize.Comma(int64(n)) }

// day returns a date in words, and other texts unchanged.
func day(date string) string {
	d, err := edtf.Parse(date)
	if err != nil {
		return date
	}
	return d.Words()
}
