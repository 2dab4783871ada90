package picture

import (
	"image"
	"image/draw"
	"math"
	"slices"
	"strings"

	"golang.org/x/image/vector"
)

type point struct{ x, y float64 }

// ellipse returns an ellipse as a polygon with many corners.
func ellipse(at point, a, b float64) []point {
	const corners = 72
	var line []point
	for i := range corners + 1 {
		angle := 2 * math.Pi * float64(i) / corners
		line = append(line, point{at.x + a*math.Cos(angle), at.y + b*math.Sin(angle)})
	}
	return line
}

// bezier flattens cubic curves: a first point, then three per curve.
func bezier(points []point) []point {
	if len(points) == 0 {
		return nil
	}
	const steps = 24
	line := []point{points[0]}
	for i := 0; i+3 < len(points); i += 3 {
		for n := 1; n <= steps; n++ {
			t := float64(n) / steps
			u := 1 - t
			mix := func(a, b, c, d float64) float64 {
				return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d
			}
			p := points[i:]
			line = append(line, point{mix(p[0].x, p[1].x, p[2].x, p[3].x), mix(p[0].y, p[1].y, p[2].y, p[3].y)})
		}
	}
	return line
}

// shape fills and strokes a line by its attributes.
func (c *canvas) shape(line []point, e attributes) {
	if len(line) < 2 {
		return
	}
	if fill := parseColor(e["fill"]); fill.A > 0 {
		c.paint([][]point{line}, image.NewUniform(fill))
	}
	pen := parseColor(e["stroke"])
	if pen.A == 0 {
		return
	}
	var pattern []float64
	for _, n := range e.numbers("stroke-dasharray") {
		pattern = append(pattern, n*scale)
	}
	c.paint(strokes(dashes(line, pattern), e.number("stroke-width", 1)*scale), image.NewUniform(pen))
}

// paint fills areas with one colour. Each is rasterized by itself, and a pixel has the
// largest coverage by any of them: a sum would leave specks where the rims of areas
// overlap.
func (c *canvas) paint(areas [][]point, with *image.Uniform) {
	size := c.image.Bounds().Size()
	low, high := bounds(areas, size)
	if low.X >= high.X || low.Y >= high.Y {
		return
	}
	whole := image.NewAlpha(image.Rectangle{Min: low, Max: high})
	for _, area := range areas {
		cover(whole, area, size)
	}
	draw.DrawMask(c.image, whole.Rect, with, image.Point{}, whole, low, draw.Over)
}

// cover adds an area to a mask.
func cover(whole *image.Alpha, area []point, size image.Point) {
	low, high := bounds([][]point{area}, size)
	if low.X >= high.X || low.Y >= high.Y {
		return
	}
	r := vector.NewRasterizer(high.X-low.X, high.Y-low.Y)
	for i, p := range area {
		x, y := float32(p.x)-float32(low.X), float32(p.y)-float32(low.Y)
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
	one := image.NewAlpha(image.Rectangle{Min: low, Max: high})
	r.Draw(one, one.Rect, image.Opaque, image.Point{})
	for y := low.Y; y < high.Y; y++ {
		to, from := whole.Pix[whole.PixOffset(low.X, y):], one.Pix[one.PixOffset(low.X, y):]
		for x := range high.X - low.X {
			to[x] = max(to[x], from[x])
		}
	}
}

// bounds returns the part of the image that areas touch, so that a small shape does
// not visit every pixel.
func bounds(areas [][]point, size image.Point) (low, high image.Point) {
	low = size
	for _, area := range areas {
		for _, p := range area {
			low.X, low.Y = min(low.X, int(p.x)-1), min(low.Y, int(p.y)-1)
			high.X, high.Y = max(high.X, int(p.x)+2), max(high.Y, int(p.y)+2)
		}
	}
	return image.Pt(max(low.X, 0), max(low.Y, 0)), image.Pt(min(high.X, size.X), min(high.Y, size.Y))
}

// dashes cuts a line into the dashes of a pattern of lengths on and off.
func dashes(line []point, pattern []float64) [][]point {
	if len(pattern) == 0 {
		return [][]point{line}
	}
	var out [][]point
	on, n, left := true, 0, pattern[0]
	current := []point{line[0]}
	for i := 1; i < len(line); i++ {
		from, to := line[i-1], line[i]
		for {
			length := math.Hypot(to.x-from.x, to.y-from.y)
			if length <= left {
				left -= length
				current = append(current, to)
				break
			}
			from = point{from.x + (to.x-from.x)*left/length, from.y + (to.y-from.y)*left/length}
			if on {
				out = append(out, append(current, from))
			}
			on, n = !on, (n+1)%len(pattern)
			left, current = pattern[n], []point{from}
		}
	}
	if on {
		out = append(out, current)
	}
	return out
}

// strokes returns the areas of lines of a width: a rectangle per segment, and a disc at
// each corner.
func strokes(lines [][]point, width float64) [][]point {
	var areas [][]point
	half := width / 2
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			length := math.Hypot(b.x-a.x, b.y-a.y)
			if length == 0 {
				continue
			}
			dx, dy := (b.y-a.y)*half/length, (a.x-b.x)*half/length
			areas = append(areas, []point{{a.x + dx, a.y + dy}, {b.x + dx, b.y + dy}, {b.x - dx, b.y - dy}, {a.x - dx, a.y - dy}})
			if i < len(line)-1 {
				areas = append(areas, ellipse(b, half, half))
			}
		}
	}
	return areas
}

// few joins at most eight texts of a list, sorted.
func few(list []string) string {
	slices.Sort(list)
	if len(list) > 8 {
		list = append(list[:8], "…")
	}
	return strings.Join(list, " ")
}
