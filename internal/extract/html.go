package extract

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// readHTML returns the title of a page, its day of publication if the page states it, and
// its main content by Readability.
func readHTML(file []byte) (string, error) {
	in, err := charset.NewReader(bytes.NewReader(file), "text/html")
	if err != nil {
		return "", err
	}
	a, err := readability.FromReader(in, &url.URL{Scheme: "file", Path: "/"})
	if err != nil {
		return "", err
	}
	w := &blocks{}
	if a.Node != nil {
		w.node(a.Node)
		w.end()
	}
	if len(w.list) == 0 {
		return "", nil
	}
	var front []string
	if title := spaced(a.Title()); title != "" && w.list[0] != title {
		front = append(front, title)
	}
	if day, err := a.PublishedTime(); err == nil {
		front = append(front, day.Format(time.DateOnly))
	}
	return strings.Join(slices.Concat(front, w.list), "\n\n") + "\n", nil
}

// blocks collects the paragraphs of a page.
type blocks struct {
	list []string
	b    strings.Builder
}

// inline are the elements that do not end a paragraph; all others do.
var inline = strings.Fields("a abbr acronym b bdi bdo cite code data del dfn em font i ins kbd label mark q ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr br")

func (w *blocks) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.b.WriteString(n.Data)
		return
	case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "template"):
		return
	case n.Type == html.ElementNode && n.Data == "br":
		w.b.WriteByte(' ')
		return
	}
	ends := n.Type == html.ElementNode && !slices.Contains(inline, n.Data)
	if ends {
		w.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	if ends {
		w.end()
	}
}

// end ends a paragraph.
func (w *blocks) end() {
	if text := spaced(w.b.String()); text != "" {
		w.list = append(w.list, text)
	}
	w.b.Reset()
}

// spaced returns a text with each run of white space replaced by one space.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }
