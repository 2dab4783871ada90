package main

import (
	"fmt"
	"time"

	"github.com/cheggaaa/pb/v3"

	"kg/graph"
)

// patience is the time after which a job shows a progress bar.
const patience = time.Second

// progressLine is one line for a whole job: its current part, a bar, and two values that
// pb does not compute: the number of quads, and the time left for the current part.
const (
	progressLine = `{{string . "what"}} {{bar . "[" "=" ">" " " "]"}} {{percent . "%.0f%%"}}{{string . "quads"}}{{string . "left"}}`
	narrow       = 60 // columns below which the line has no quads
)

// progress returns a func to report to, and one to call at the end. On a
// terminal it draws a bar when the work takes longer than a second.
func (a *app) progress() (report func(graph.Progress), end func()) {
	f := terminalOf(a.err)
	if f == nil {
		return nil, func() {}
	}
	j := &job{started: time.Now()}
	report = func(p graph.Progress) {
		now := time.Now()
		if p.Doing != j.doing {
			j.doing, j.since = p.Doing, now
		}
		if now.Sub(j.started) < patience {
			return
		}
		if j.bar == nil {
			j.bar = pb.New64(p.Total).SetWriter(f).SetWidth(screenOf(f).width).SetTemplateString(progressLine).Start()
		}
		j.show(p, now, screenOf(f).width)
	}
	return report, func() {
		if j.bar != nil {
			j.bar.Finish()
		}
	}
}

// job is work with a progress bar. Its parts, such as reading and writing, have their own
// bars, one after the other on the same line.
type job struct {
	started time.Time
	doing   string // the part that runs
	since   time.Time
	bar     *pb.ProgressBar
}

func (j *job) show(p graph.Progress, now time.Time, width int) {
	quads := ""
	if p.Quads > 0 && width >= narrow {
		quads = " " + thousands(int(p.Quads)) + " quads"
	}
	j.bar.Set("what", p.Doing).Set("quads", quads).Set("left", left(p, now.Sub(j.since)))
	j.bar.SetWidth(width).SetTotal(p.Total).SetCurrent(p.Done)
}

// left estimates the time left for a part from the time taken so far.
func left(p graph.Progress, taken time.Duration) string {
	if p.Done <= 0 || p.Total <= p.Done || taken < patience {
		return ""
	}
	rest := time.Duration(float64(taken) * float64(p.Total-p.Done) / float64(p.Done))
	return fmt.Sprintf(", %v left", max(rest.Round(time.Second), time.Second))
}
