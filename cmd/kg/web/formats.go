package web

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// format is a form of a page's content other than HTML.
type format struct {
	Name string // as in ?format=
	Says string // in links
	Type string // as in Accept
	Href string
}

// graphFormats are the formats of a part of the graph.
var graphFormats = []format{
	{Name: "jsonld", Says: "JSON-LD", Type: "application/ld+json"},
	{Name: "nq", Says: "N-Quads", Type: "application/n-quads"},
	{Name: "ttl", Says: "Turtle", Type: "text/turtle"},
	{Name: "svg", Says: "SVG", Type: "image/svg+xml"},
	{Name: "dossier", Says: "Dossier to print", Type: "text/html"},
}

// queryFormats are the formats of an answer.
var queryFormats = []format{
	{Name: "csv", Says: "CSV", Type: "text/csv"},
	{Name: "csv-safe", Says: "CSV for spreadsheets", Type: "text/csv"},
	{Name: "json", Says: "JSON", Type: "application/json"},
	{Name: "nq", Says: "N-Quads", Type: "application/n-quads"},
	{Name: "svg", Says: "SVG", Type: "image/svg+xml"},
	{Name: "dossier", Says: "Dossier to print", Type: "text/html"},
}

// pathFormats are those of paths.
var pathFormats = []format{{Name: "svg", Says: "SVG", Type: "image/svg+xml"}}

// formatsOf returns links to the other formats of a page.
func formatsOf(r *http.Request, param string, all []format) []format {
	list := slices.Clone(all)
	for i := range list {
		list[i].Href = with(r, param, list[i].Name)
	}
	return list
}

// wanted returns the name of the format that a request asks for: by param, or else by its
// Accept header (RFC 9110, 12.5.1). HTML is "html", the format for clients that accept
// any.
func wanted(r *http.Request, param string, all []format) (string, error) {
	if name := r.FormValue(param); name != "" {
		if name == "html" || slices.ContainsFunc(all, func(f format) bool { return f.Name == name }) {
			return name, nil
		}
		return "", refuse(http.StatusBadRequest, "unknown format %q: one of html, %s", name, names(all))
	}
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if accept == "" {
		return "html", nil
	}
	best, quality := "", 0.0
	for _, f := range append([]format{{Name: "html", Type: "text/html"}}, all...) {
		if q := accepts(accept, f.Type); q > quality {
			best, quality = f.Name, q
		}
	}
	if best == "" {
		return "", refuse(http.StatusNotAcceptable, "this page has the formats html, %s", names(all))
	}
	return best, nil
}

func names(all []format) string {
	var list []string
	for _, f := range all {
		list = append(list, f.Name)
	}
	return strings.Join(list, ", ")
}

// accepts returns the quality of a media type in an Accept header: that of the most
// specific matching range.
func accepts(accept, mediaType string) float64 {
	major, _, _ := strings.Cut(mediaType, "/")
	quality, specific := 0.0, -1
	for _, part := range strings.Split(accept, ",") {
		name, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		level := slices.Index([]string{"*/*", major + "/*", mediaType}, name)
		if level <= specific {
			continue
		}
		q := 1.0
		if word, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(word, 64); err != nil || q < 0 || q > 1 {
				continue
			}
		}
		quality, specific = q, level
	}
	return quality
}
