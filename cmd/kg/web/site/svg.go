package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
)

// hrefAttr matches a link within a tag of a picture.
var hrefAttr = regexp.MustCompile(`(\s(?:xlink:)?href=)"([^"]*)"`)

// eachLink returns a picture with changed links. If change says so, a link is removed, and
// its shape stays. Only tags are changed, not words that look like a link.
func eachLink(svg []byte, change func(href string) (string, bool)) ([]byte, error) {
	var out bytes.Buffer
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		from := d.InputOffset()
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		raw := svg[from:d.InputOffset()]
		if _, ok := token.(xml.StartElement); ok {
			raw = hrefAttr.ReplaceAllFunc(raw, func(attr []byte) []byte {
				m := hrefAttr.FindSubmatch(attr)
				href, ok := change(html.UnescapeString(string(m[2])))
				if !ok {
					return nil
				}
				return []byte(string(m[1]) + `"` + html.EscapeString(href) + `"`)
			})
		}
		out.Write(raw)
	}
}
