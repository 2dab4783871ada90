package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// timeline is a picture of the dated rows of an answer: a bar from the earliest to the
// latest day of each.
type timeline struct {
	Title                        string
	Width, Height, Foot          int
	Ticks                        []tick
	Bars                         []bar
	Left                         int  // dated rows that are not drawn, of those that were looked at
	Part                         bool // whether these are not all
	Planned, Open, About, Denied bool
	first, last                  time.Time
}

// tick is a line of the scale.
type tick struct {
	X    int
	Text string
}

// bar is the bar of one row.
type bar struct {
	term           // what happened
	Date, Sure     string
	Short          string // what happened, in few words
	Class          string // of how it is drawn
	X, Y, Line     int    // of its words, and of the bar's upper edge
	Anchor, Path   string
	from, to       time.Time
	before, beyond bool // its beginning or its end is open
}

// Measures of the picture, in pixels of an unscaled one.
const (
	timelineWidth = 960
	barStep       = 42
	barHeight     = 12
	scaleHeight   = 30
	leastBar      = 8 // what a day is wide
	mostBars      = 80
	mostLabel     = 58 // characters of a bar's words
)

// timelineOf draws the rows of an answer that have a date and an entity; nil if fewer
// than two do.
func (a *asked) timelineOf(title string, res *queries.Result) (*timeline, error) {
	t := &timeline{Title: title, Width: timelineWidth}
	seen := map[string]bool{}
	for _, row := range res.Rows {
		b, ok, err := a.barOf(row)
		if err != nil {
			return nil, err
		}
		key := b.Date + "\x00" + b.Title + "\x00" + b.Class
		if !ok || seen[key] {
			continue
		}
		seen[key] = true
		t.Bars = append(t.Bars, b)
	}
	if len(t.Bars) < 2 {
		return nil, nil
	}
	slices.SortStableFunc(t.Bars, func(x, y bar) int {
		return cmp.Or(x.first().Compare(y.first()), x.end().Compare(y.end()), strings.Compare(x.Text, y.Text))
	})
	if len(t.Bars) > mostBars {
		t.Left = len(t.Bars) - mostBars
		t.Bars = t.Bars[:mostBars]
	}
	t.layout()
	return t, nil
}

// first and end return the known ends of a bar; an open end is at the other one.
func (b *bar) first() time.Time {
	if b.before {
		return b.to
	}
	return b.from
}

func (b *bar) end() time.Time {
	if b.beyond {
		return b.from
	}
	return b.to
}

// barOf returns the bar of a row, from its first date and its first entity.
func (a *asked) barOf(row queries.Row) (b bar, ok bool, err error) {
	for _, cell := range row.Cells {
		iri, is := cell.Value.(quad.IRI)
		switch dated := cell.Parts != nil; {
		case dated && b.Date == "":
			b.dates(cell)
			if t, err := a.cell(cell); err != nil {
				return b, false, err
			} else if b.from != b.to || !b.from.IsZero() {
				b.Date = t.Text
			}
		case is && !dated && b.Href == "" && !schema.IRI(iri).OfOntology():
			if b.term, err = a.cell(cell); err != nil {
				return b, false, err
			}
		}
	}
	b.Sure = row.Evidence.SaidBy() + ": " + row.Evidence.Sure()
	var classes []string
	for _, word := range surely(row.Evidence) {
		switch word {
		case "planned", "promised", "attempted":
			classes = append(classes, "planned")
		case "approximate", "uncertain":
			classes = append(classes, "about")
		}
	}
	if len(row.Evidence.Deniers) > 0 || row.Evidence.Unasserted {
		classes = append(classes, "denied")
	}
	b.Class = strings.Join(slices.Compact(classes), " ")
	b.Short = b.Text
	if words := []rune(b.Text); len(words) > mostLabel {
		b.Short = string(words[:mostLabel-1]) + "…"
	}
	return b, b.Href != "" && b.Date != "", nil
}

// dates reads the earliest and the latest day of a cell.
func (b *bar) dates(cell graph.Cell) {
	day := func(predicate quad.IRI) (time.Time, bool) {
		d, err := time.Parse(time.DateOnly, graph.Text(cell.Parts[schema.IRI(predicate).LastPart()]))
		return d, err == nil
	}
	from, hasFrom := day(schema.Earliest)
	to, hasTo := day(schema.Latest)
	if !hasFrom && !hasTo {
		return
	}
	b.from, b.to, b.before, b.beyond = from, to, !hasFrom, !hasTo
}

// layout computes all positions.
func (t *timeline) layout() {
	t.first, t.last = t.Bars[0].first(), t.Bars[0].end()
	for i := range t.Bars {
		for _, day := range []time.Time{t.Bars[i].first(), t.Bars[i].end()} {
			if day.Before(t.first) {
				t.first = day
			}
			if day.After(t.last) {
				t.last = day
			}
		}
	}
	room := max(t.last.Sub(t.first)/16, 30*24*time.Hour) // for the arrows of open ends
	t.first, t.last = t.first.Add(-room), t.last.Add(room)
	t.Height = scaleHeight + len(t.Bars)*barStep + 8
	t.Foot = t.Height - 4
	t.scale()
	for i := range t.Bars {
		b := &t.Bars[i]
		t.draw(b, scaleHeight+i*barStep)
		t.Planned = t.Planned || strings.Contains(b.Class, "planned")
		t.About = t.About || strings.Contains(b.Class, "about")
		t.Denied = t.Denied || strings.Contains(b.Class, "denied")
		t.Open = t.Open || b.before || b.beyond
	}
}

// x returns the horizontal position of a day.
func (t *timeline) x(day time.Time) int {
	return int(float64(t.Width) * day.Sub(t.first).Hours() / t.last.Sub(t.first).Hours())
}

// draw draws a bar in a row. An open end is an arrow out of the picture.
func (t *timeline) draw(b *bar, y int) {
	from, to := 0, t.Width
	if !b.before {
		from = t.x(b.from)
	}
	if !b.beyond {
		to = t.x(b.to.AddDate(0, 0, 1))
	}
	if to-from < leastBar {
		from, to = (from+to-leastBar)/2, (from+to+leastBar)/2
	}
	b.Y, b.Line = y+14, y+20
	b.X, b.Anchor = max(from, 2), "start"
	if from > t.Width/2 {
		b.X, b.Anchor = min(to, t.Width-2), "end"
	}
	top, middle, bottom := b.Line, b.Line+barHeight/2, b.Line+barHeight
	path := fmt.Sprintf("M%d,%d", from, top)
	if b.before {
		path = fmt.Sprintf("M%d,%d L%d,%d L%d,%d", from+10, bottom, from+1, middle, from+10, top)
	}
	if b.beyond {
		path += fmt.Sprintf(" L%d,%d L%d,%d L%d,%d", to-10, top, to-1, middle, to-10, bottom)
	} else {
		path += fmt.Sprintf(" L%d,%d L%d,%d", to, top, to, bottom)
	}
	if !b.before {
		path += fmt.Sprintf(" L%d,%d", from, bottom)
	}
	b.Path = path + " Z"
}

// scale draws years, or months if the whole is short: at most a dozen lines.
func (t *timeline) scale() {
	const mostTicks = 12
	months := int(t.last.Sub(t.first).Hours() / 24 / 30)
	step := 1200 * 10
	for _, s := range []int{1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000} {
		if months/s <= mostTicks {
			step = s
			break
		}
	}
	years := max(1, step/12)
	at := time.Date(t.first.Year()/years*years, 1, 1, 0, 0, 0, 0, time.UTC)
	for ; at.Before(t.last); at = at.AddDate(0, step, 0) {
		x := t.x(at)
		if x < 24 || x > t.Width-24 {
			continue
		}
		text := at.Format("2006")
		if step < 12 {
			text = at.Format("Jan 2006")
		}
		t.Ticks = append(t.Ticks, tick{x, text})
	}
}
