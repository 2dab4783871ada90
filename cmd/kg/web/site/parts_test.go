package site

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestLinks: which addresses a copy has, each under one key.
func TestLinks(t *testing.T) {
	t.Parallel()
	o := Options{Answers: []string{"embassies"}}
	for href, want := range map[string]string{
		"/": "/", "/#questions": "/", "/?q=1": "", "/static/a.css": "/static/a.css",
		"/entity?id=kg:a/b": "/entity?id=kg%3Aa%2Fb", "/entity?id=kg%3Aa%2Fb&page=1": "/entity?id=kg%3Aa%2Fb",
		"http://kg.invalid/entity?id=kg:a/b": "/entity?id=kg%3Aa%2Fb", "/entity": "", "/entity?id=a&relation=b": "",
		"/entity?format=svg&id=a": "/entity?format=svg&id=a", "/entity?format=ttl&id=a": "", "/entity?id=a&id=b": "",
		"/source?id=a&limit=0#c": "/source?id=a", "/source?id=a&limit=5": "", "/browse": "/browse", "/browse/kinds?page=2": "/browse/kinds?page=2",
		"/query/embassies": "/query/embassies", "/query/embassies?of=Russia": "", "/query/other": "",
		"/search": "", "/path": "", "/explore?id=a": "", "/compare": "", "/login": "", "/mcp": "", "/ui/": "",
		"https://ex.org/": "", "#main": "", "mailto:a@b": "",
	} {
		l := o.linkOf(href)
		if l.key != want {
			t.Errorf("%s is %q, not %q", href, l.key, want)
		}
		if outside := strings.HasPrefix(href, "https:") || strings.HasPrefix(href, "#") || strings.HasPrefix(href, "mailto:"); l.outside != outside {
			t.Errorf("%s leads outside: %t", href, l.outside)
		}
	}
}

// TestNames: the names of files are for every system, and none has two pages.
func TestNames(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, id := range []string{"kg:a/CON", "kg:a/con", "kg:a/Con.", "kg:a/ü", "kg:a/Ü", "kg:b/con", "https://ex.org/" + strings.Repeat("long/", 900), "kg:../../etc", "a\\b", "a\x00b", "kg:a/김정일"} {
		name := nameOf("/entity?id=" + strings.NewReplacer("%", "%25", "&", "%26", "#", "%23", "\x00", "%00").Replace(id))
		if seen[name] != "" {
			t.Errorf("%q and %q are one file", id, seen[name])
		}
		seen[name] = id
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-/.") != "" || strings.Contains(name, "..") || strings.Count(name, "/") != 1 || len(name) > 80 {
			t.Errorf("%q is %q", id, name)
		}
	}
}

// TestPictureLinks: links of a picture are changed or go; words that look like links stay.
func TestPictureLinks(t *testing.T) {
	t.Parallel()
	in := `<svg viewBox="0"><!-- href="/a" --><a xlink:href="/x?a=1&amp;b=2" xlink:title="href"><text>href="/gone"</text></a><a xlink:href="/gone"><path d="M1"/></a></svg>`
	want := `<svg viewBox="0"><!-- href="/a" --><a xlink:href="x&amp;y" xlink:title="href"><text>href="/gone"</text></a><a><path d="M1"/></a></svg>`
	var hrefs []string
	got, err := eachLink([]byte(in), func(href string) (string, bool) {
		hrefs = append(hrefs, href)
		return "x&y", href != "/gone"
	})
	if err != nil || string(got) != want || strings.Join(hrefs, " ") != "/x?a=1&b=2 /gone" {
		t.Errorf("%s, %q, %v", got, hrefs, err)
	}
}

// TestParse: what goes of a page, and what stays.
func TestParse(t *testing.T) {
	t.Parallel()
	o := Options{}
	p, err := o.parse([]byte(`<header class=top><a id=gone1 href="/path">Connect</a></header>
<section id=gone2><h2>How</h2> <form action="/path"><input></form></section>
<form class=ask><label>The place</label><input value="Ann &lt;b>"></form>
<p id=gone3><a href="/explore?id=a">Explore</a>: more.</p><p class=formats>This as <a href="/entity?id=a&format=ttl">ttl</a></p>
<ul><li id=gone4><a href="/query/other"><b>Q</b></a></li></ul><p id=stays>Rule. <a href="/entity?id=a&format=svg">SVG</a> · <a href="/query/x?edges=all">Draw</a></p>
<table><tr><th><a href="/query/x?sort=a">head</a></th></tr></table>`))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := html.Render(&b, p.root); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, gone := range []string{"gone", "<form", "formats", "Draw", " · ", "sort", "<li", "<ul"} {
		if strings.Contains(text, gone) {
			t.Errorf("%s is there: %s", gone, text)
		}
	}
	for _, stays := range []string{`<p class="note">The place: Ann &lt;b&gt;</p>`, "<th>head</th>", `<p id="stays">Rule. <a`, "SVG"} {
		if !strings.Contains(text, stays) {
			t.Errorf("%s is gone: %s", stays, text)
		}
	}
}
