package picture

import (
	"image"
	"testing"
)

// TestEvenLine: a line in many pieces is as dark in every place, with no specks where
// pieces meet.
func TestEvenLine(t *testing.T) {
	c := &canvas{image: image.NewRGBA(image.Rect(0, 0, 200, 20))}
	for i := range c.image.Pix {
		c.image.Pix[i] = 0xff
	}
	line := bezier([]point{{5, 10.3}, {60, 10.3}, {120, 10.3}, {195, 10.3}})
	c.shape(line, attributes{"stroke": "black"})
	for y := range 20 {
		want := c.image.RGBAAt(100, y)
		for x := 10; x < 190; x++ {
			got := c.image.RGBAAt(x, y)
			if d := int(got.R) - int(want.R); d < -24 || d > 24 {
				t.Fatalf("at %d, %d the line is %v, at 100 it is %v", x, y, got, want)
			}
		}
	}
	if c.image.RGBAAt(100, 10).R > 40 {
		t.Errorf("there is no line: %v", c.image.RGBAAt(100, 10))
	}
}
