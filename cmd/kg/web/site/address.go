package site

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"slices"
	"strings"
)

// startKey is the address of the start page.
const startKey = "/"

// link is the target of an address on a page.
type link struct {
	key      string // the page's canonical address; empty if a copy has no such page
	fragment string
	outside  bool     // it leads to another host, or within the same page
	url      *url.URL // as written on the page
}

// pageParams are the parameters of the pages that a copy has. Others filter or sort, which
// needs a server.
var pageParams = map[string][]string{
	"/entity": {"id", "after", "page", "format"}, "/claim": {"id", "format"}, "/source": {"id", "limit"},
	"/browse": {"page"}, "/query": {"page", "page-page", "format", "page-format"},
}

// linkOf reads an address of a page.
func (o *Options) linkOf(href string) link {
	u, err := url.Parse(href)
	if err != nil {
		return link{outside: true, url: &url.URL{}}
	}
	l := link{url: u, fragment: u.Fragment}
	if u.Host != "" && u.Host != Host || u.Host == "" && u.Scheme != "" || u.Path == "" && u.RawQuery == "" && u.Host == "" {
		l.outside = true
		return l
	}
	q, room := u.Query(), "/"+strings.Split(u.Path+"/", "/")[1]
	switch {
	case room == "/static", u.Path == startKey:
		if u.RawQuery == "" {
			l.key = u.Path
		}
		return l
	case room == "/query" && !slices.Contains(o.Answers, strings.TrimPrefix(u.Path, "/query/")):
		return l
	}
	for name, values := range q {
		switch {
		case !slices.Contains(pageParams[room], name), len(values) != 1:
			return l
		case strings.HasSuffix(name, "format") && values[0] != "svg":
			return l
		case name == "limit" && values[0] == "0": // a source has all of its claims on one page
			q.Del(name)
		case name == "limit":
			return l
		case strings.HasSuffix(name, "page") && values[0] == "1":
			q.Del(name)
		}
	}
	if _, ok := pageParams[room]; !ok || pageParams[room][0] == "id" && q.Get("id") == "" {
		return l
	}
	l.key = u.Path
	if len(q) > 0 {
		l.key += "?" + q.Encode()
	}
	return l
}

// asked returns the address to request from the handler.
func asked(key string) string {
	if strings.HasPrefix(key, "/source?") {
		return key + "&limit=0"
	}
	return key
}

// mostSlug bounds the characters of an id in the name of a file.
const mostSlug = 40

// nameOf returns the path of a page's file, with slashes. It has only lower-case letters,
// digits and hyphens, for file systems that ignore case or forbid the colon; a digest of
// the address makes it unique.
func nameOf(key string) string {
	u, err := url.Parse(key)
	switch {
	case err != nil || key == startKey:
		return "index.html"
	case strings.HasPrefix(key, "/static/"):
		return strings.TrimPrefix(key, "/")
	}
	ending, q := ".html", u.Query()
	if q.Get("format")+q.Get("page-format") == "svg" {
		ending = ".svg"
	}
	room := strings.Split(u.Path, "/")[1]
	words := q.Get("id")
	if words == "" {
		words = path.Base(u.Path)
	}
	sum := sha256.Sum256([]byte(key))
	return room + "/" + slug(words) + hex.EncodeToString(sum[:8]) + ending
}

// slug returns the last part of an id, for readers, with a hyphen after it.
func slug(id string) string {
	id = id[strings.LastIndexAny(id, "/#:")+1:]
	words := strings.FieldsFunc(strings.ToLower(id), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	s := strings.Join(words, "-")
	s = strings.Trim(s[:min(len(s), mostSlug)], "-")
	if s == "" {
		return ""
	}
	return s + "-"
}

// relative returns the relative path from one file to another.
func relative(from, to string) string {
	return strings.Repeat("../", strings.Count(from, "/")) + to
}
