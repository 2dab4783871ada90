package picture

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// scale is the number of pixels per point of Graphviz.
const scale = 2.0

// mostPixels bounds a PNG: 64 million pixels are 256 MB in memory.
const mostPixels = 64_000_000

// PNG paints the picture with its legend. missing names letters that the Go
// fonts do not have.
func (d *Drawer) PNG(ctx context.Context, p *Picture) (b []byte, missing string, err error) {
	svg, err := d.SVG(ctx, p, true)
	if err != nil {
		return nil, "", err
	}
	c := &canvas{face: map[float64]font.Face{}, unlettered: map[rune]bool{}}
	if err := c.read(svg); err != nil {
		return nil, "", fmt.Errorf("painting a picture: %w", err)
	}
	var file bytes.Buffer
	err = png.Encode(&file, c.image)
	return file.Bytes(), c.missing(), err
}

// canvas is the picture being painted.
type canvas struct {
	image      *image.RGBA
	move       point // the offset of the drawing, in points
	face       map[float64]font.Face
	unlettered map[rune]bool
}

// read paints the elements of Graphviz's SVG one after the other. It knows
// those that Graphviz writes, and no others.
func (c *canvas) read(svg []byte) error {
	x := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		e := attributes{}
		for _, a := range start.Attr {
			e[a.Name.Local] = a.Value
		}
		switch start.Name.Local {
		case "svg":
			err = c.begin(e)
		case "g":
			if n := e.numbers("transform"); len(n) == 5 { // scale(1 1) rotate(0) translate(x y)
				c.move = point{n[3], n[4]}
			}
		case "text":
			err = c.write(x, e)
		default:
			c.shape(c.outline(start.Name.Local, e), e)
		}
		if err != nil {
			return err
		}
	}
}

// attributes are those of an element.
type attributes map[string]string

var numeral = regexp.MustCompile(`-?[0-9]+(\.[0-9]+)?`)

func (e attributes) numbers(name string) (list []float64) {
	for _, word := range numeral.FindAllString(e[name], -1) {
		n, err := strconv.ParseFloat(word, 64)
		if err == nil {
			list = append(list, n)
		}
	}
	return list
}

// number returns the number in an attribute, or otherwise.
func (e attributes) number(name string, otherwise float64) float64 {
	if list := e.numbers(name); len(list) > 0 {
		return list[0]
	}
	return otherwise
}

func (c *canvas) begin(e attributes) error {
	w, h := e.number("width", 0)*scale, e.number("height", 0)*scale
	if w < 1 || h < 1 || w*h > mostPixels {
		return fmt.Errorf("a PNG of %.0f by %.0f pixels is too large: draw an SVG", w, h)
	}
	c.image = image.NewRGBA(image.Rect(0, 0, int(w), int(h)))
	for i := range c.image.Pix {
		c.image.Pix[i] = 0xff
	}
	return nil
}

// outline returns the line of an element, in pixels.
func (c *canvas) outline(name string, e attributes) []point {
	switch name {
	case "polygon", "polyline":
		return c.points(e.numbers("points"))
	case "ellipse":
		at := c.toPixels(e.number("cx", 0), e.number("cy", 0))
		return ellipse(at, e.number("rx", 0)*scale, e.number("ry", 0)*scale)
	case "path": // M x,y C …: Graphviz writes nothing but curves
		return bezier(c.points(e.numbers("d")))
	}
	return nil
}

func (c *canvas) toPixels(x, y float64) point {
	return point{(x + c.move.x) * scale, (y + c.move.y) * scale}
}

func (c *canvas) points(numbers []float64) []point {
	var points []point
	for i := 0; i+1 < len(numbers); i += 2 {
		points = append(points, c.toPixels(numbers[i], numbers[i+1]))
	}
	return points
}

// write draws a line of text.
func (c *canvas) write(x *xml.Decoder, e attributes) error {
	token, err := x.Token()
	if err != nil {
		return err
	}
	text, ok := token.(xml.CharData)
	if !ok {
		return nil
	}
	face, err := c.letters(e.number("font-size", 12))
	if err != nil {
		return err
	}
	for _, r := range string(text) {
		if _, ok := face.GlyphAdvance(r); !ok {
			c.unlettered[r] = true
		}
	}
	ink := color.RGBA{A: 255}
	if e["fill"] != "" {
		ink = parseColor(e["fill"])
	}
	d := &font.Drawer{Dst: c.image, Src: image.NewUniform(ink), Face: face}
	at := c.toPixels(e.number("x", 0), e.number("y", 0))
	switch width := float64(d.MeasureBytes(text)) / 64; e["text-anchor"] {
	case "middle":
		at.x -= width / 2
	case "end":
		at.x -= width
	}
	d.Dot = fixed.Point26_6{X: fixed.Int26_6(at.x * 64), Y: fixed.Int26_6(at.y * 64)}
	d.DrawBytes(text)
	return nil
}

// letters are the Go font at a size in points; a little narrower than the
// Helvetica that Graphviz measured, so that it fits.
func (c *canvas) letters(size float64) (font.Face, error) {
	if f := c.face[size]; f != nil {
		return f, nil
	}
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size * scale * 0.94, DPI: 72, Hinting: font.HintingNone})
	c.face[size] = f
	return f, err
}

// missing lists the first few letters that were drawn as boxes.
func (c *canvas) missing() string {
	var list []string
	for r := range c.unlettered {
		list = append(list, string(r))
	}
	return few(list)
}

// parseColor reads #rrggbb and the names that Graphviz writes instead; any other word is
// no colour.
func parseColor(s string) color.RGBA {
	switch s {
	case "white":
		return color.RGBA{255, 255, 255, 255}
	case "black":
		return color.RGBA{A: 255}
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 {
		return color.RGBA{}
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}
