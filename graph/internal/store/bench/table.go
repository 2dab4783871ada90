package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// table is printed as Markdown, its first column to the left and all others
// to the right.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) print(w io.Writer) error {
	width := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell), 3)
		}
	}
	var b strings.Builder
	line := func(row []string) {
		for i, cell := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				b.WriteString("| " + cell + pad + " |")
			} else {
				b.WriteString(" " + pad + cell + " |")
			}
		}
		b.WriteByte('\n')
	}
	line(t.head)
	rule := []string{strings.Repeat("-", width[0])}
	for _, n := range width[1:] {
		rule = append(rule, strings.Repeat("-", n-1)+":")
	}
	line(rule)
	for _, row := range t.rows {
		line(row)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// thousands writes a number in groups of three digits.
func thousands(v float64) string {
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// micros writes microseconds with three digits that say something, nothing if
// they were not measured.
func micros(v float64) string {
	switch {
	case v == 0:
		return ""
	case v < 1:
		return fmt.Sprintf("%.2f", v)
	case v < 100:
		return fmt.Sprintf("%.1f", v)
	}
	return thousands(v)
}

// ratio writes a / b, nothing where one was not measured.
func ratio(a, b float64) string {
	switch v := a / b; {
	case a == 0 || b == 0:
		return ""
	case v < 10:
		return fmt.Sprintf("%.2f", v)
	case v < 100:
		return fmt.Sprintf("%.1f", v)
	default:
		return thousands(v)
	}
}

// printAnswers prints the questions: kg's times, its goals, and the peers.
func (b *bench) printAnswers(a answers) error {
	t := table{head: []string{"question, warm, µs", "rows", "limit", "kg", "goal", "kg, names", "goal"}}
	peers := table{head: []string{"question, warm, µs", "kg"}}
	for _, name := range b.peers {
		if name != "kg" {
			peers.head = append(peers.head, name, "÷ kg")
		}
	}
	for _, q := range questions(b.last) {
		times := func(column string) float64 { return median(a.times[q.Name][column]) }
		limit, kg := times("limit"), times("kg")
		t.add(q.Name, thousands(float64(a.rows[q.Name])), micros(limit),
			micros(kg), micros(5+2*limit), micros(times("kg, names")), micros(5+4*limit))
		row := []string{q.Name, micros(kg)}
		for _, name := range b.peers {
			if name != "kg" {
				row = append(row, micros(times(name)), ratio(times(name), kg))
			}
		}
		peers.add(row...)
	}
	if err := t.print(b.out); err != nil {
		return err
	}
	return peers.print(b.out)
}

// machine prints the machine that was measured.
func (b *bench) machine() {
	w := b.out
	fmt.Fprintf(w, "%s quads, %s MB of N-Quads (%s). %s, %d cores, %s/%s, %s, %s. ",
		thousands(float64(b.digest.count)), thousands(float64(b.bytes)/1e6), b.shownFile(),
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), time.Now().Format("2006-01-02"))
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			switch m.Path {
			case "github.com/mattn/go-sqlite3", "github.com/duckdb/duckdb-go/v2":
				fmt.Fprintf(w, "%s %s, ", m.Path[strings.Index(m.Path, "/")+1:], m.Version)
			}
		}
	}
	if commit, err := exec.Command("git", "describe", "--always", "--dirty").Output(); err == nil {
		fmt.Fprintf(w, "kg %s. ", strings.TrimSpace(string(commit)))
	}
	if limit := os.Getenv("GOMEMLIMIT"); limit != "" {
		fmt.Fprintf(w, "GOMEMLIMIT=%s. ", limit)
	}
	fmt.Fprintf(w, "Medians of %d rounds, engines taking turns.\n\n", b.rounds)
}

func (b *bench) shownFile() string { return b.file[strings.LastIndexByte(b.file, os.PathSeparator)+1:] }

// processor returns the name of the processor where Linux reports it.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimLeft(strings.TrimSpace(name), ": \t")
		}
	}
	return "unknown processor"
}
