package main

import (
	"fmt"
	"os"
	"time"

	"github.com/cheggaaa/pb/v3"
	"golang.org/x/term"

	"kg/graph"
)

// patience is how long work may take before a bar shows how far it is.
const patience = time.Second

// progressLine is a bar with what pb has no words for in front of it.
const progressLine = `{{string . "what"}} {{string . "quads"}}  {{counters .}} {{bar .}} {{percent .}} {{rtime . "%s left" "%s" ""}}`

// progress returns a func to report to, and one to call at the end. On a
// terminal it draws a bar when the work takes longer than a second.
func (a *app) progress() (report func(graph.Progress), end func()) {
	f, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	started := time.Now()
	var bar *pb.ProgressBar
	report = func(p graph.Progress) {
		elapsed := time.Since(started)
		if elapsed < patience {
			return
		}
		if bar == nil {
			bar = pb.New64(p.Total).SetWriter(f).SetTemplateString(progressLine).Start()
		}
		bar.Set(pb.Bytes, p.Bytes)
		rate := int(float64(p.Quads) / elapsed.Seconds())
		bar.Set("what", p.Doing)
		if p.Quads > 0 {
			bar.Set("quads", fmt.Sprintf("%s quads, %s a second", thousands(int(p.Quads)), thousands(rate)))
		}
		bar.SetTotal(p.Total).SetCurrent(p.Done)
	}
	return report, func() {
		if bar != nil {
			bar.Finish()
		}
	}
}
