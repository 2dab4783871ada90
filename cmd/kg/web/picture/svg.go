package picture

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// SVG draws the picture. With legend it is a file of its own; without, an
// element for a page, whose style sheet colours it by class.
func (d *Drawer) SVG(ctx context.Context, p *Picture, legend bool) ([]byte, error) {
	out, err := d.Layout(ctx, p.DOT(legend), "svg")
	if err != nil || legend {
		return out, err
	}
	at := bytes.Index(out, []byte("<svg "))
	end := bytes.Index(out[max(at, 0):], []byte(">"))
	if at < 0 || end < 0 {
		return nil, fmt.Errorf("drawing a picture: Graphviz wrote no SVG")
	}
	head, rest := string(out[at:at+end]), out[at+end:]
	// The drawing is a group of links with a name, not one image.
	head = strings.Replace(head, "<svg ", `<svg class="graph" role="group" aria-label="`+escape(p.Title)+`" `, 1)
	return append([]byte(head), rest...), nil
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(clean(s))
}
