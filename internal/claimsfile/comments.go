package claimsfile

import (
	"strings"

	"kg/internal/strict"
)

// comments are those of a YAML file, which its nodes do not have reliably, by the
// lines they belong to, counted from 1.
type comments struct {
	above  map[int][]string // whole lines, by the line of the key they stand above
	behind map[int]string   // by their own line
	blank  map[int]bool     // keys with comments above them, after an empty line
	last   []string         // behind all keys
	gap    bool             // whether these stand behind an empty line
}

// readComments finds the comments of a file whose values are those of root: a #
// outside of quotes and texts of several lines, at the beginning or behind a space.
func readComments(file string, root strict.Node) *comments {
	lines := strings.Split(file, "\n")
	masked := make([][]rune, len(lines))
	for i, l := range lines {
		masked[i] = []rune(strings.TrimSuffix(l, "\r"))
	}
	mask(masked, root, 0)
	c := &comments{above: map[int][]string{}, behind: map[int]string{}, blank: map[int]bool{}}
	var waiting []string
	blank := false
	for i, line := range masked {
		text := strings.TrimSpace(string(line))
		at := hash(line)
		switch {
		case text == "" || text == "---" || text == "..." || i == 0 && strings.TrimPrefix(text, "\ufeff") == "" || strings.HasPrefix(text, "%"):
			blank = blank || len(waiting) == 0 && text == ""
			if text == "" && len(waiting) > 0 && waiting[len(waiting)-1] != "" {
				waiting = append(waiting, "")
			}
			continue
		case at >= 0 && strings.TrimSpace(string(line[:at])) == "":
			waiting = append(waiting, text)
			continue
		case at >= 0:
			c.behind[i+1] = strings.TrimSpace(string(line[at:]))
		}
		c.above[i+1], c.blank[i+1] = waiting, blank
		waiting, blank = nil, false
	}
	for len(waiting) > 0 && waiting[len(waiting)-1] == "" {
		waiting = waiting[:len(waiting)-1]
	}
	c.last, c.gap = waiting, blank
	return c
}

// hash is where a comment begins in a line, or -1.
func hash(line []rune) int {
	for i, r := range line {
		if r == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t' || line[i-1] == '\ufeff') {
			return i
		}
	}
	return -1
}

// mask replaces each character of quoted values and of multi-line texts by a letter.
// indent is the column of the value's key, from 0.
func mask(lines [][]rune, n strict.Node, indent int) {
	switch {
	case n.Empty():
	case n.IsMapping():
		for key, value := range n.Pairs("") {
			maskFrom(lines, key.Pos, indent)
			mask(lines, value, max(0, key.Pos.Column-1))
		}
	case n.IsList():
		for _, item := range n.Items("") {
			mask(lines, item, indent)
		}
	case n.Present():
		maskFrom(lines, n.Pos(), indent)
	}
}

func maskFrom(lines [][]rune, pos strict.Pos, indent int) {
	row, col := pos.Line-1, pos.Column-1
	if row < 0 || row >= len(lines) || col >= len(lines[row]) || col < 0 {
		return
	}
	switch q := lines[row][col]; q {
	case '"', '\'':
		end, stop := QuoteEnd(lines, row, col)
		for r := row; r <= end; r++ {
			from, to := 0, len(lines[r])
			if r == row {
				from = col
			}
			if r == end {
				to = stop + 1
			}
			for i := from; i < to; i++ {
				lines[r][i] = 'x'
			}
		}
	case '|', '>':
		for r := row + 1; r < len(lines); r++ {
			text := string(lines[r])
			if strings.TrimSpace(text) != "" && len(text)-len(strings.TrimLeft(text, " ")) <= indent {
				break
			}
			for i := range lines[r] {
				lines[r][i] = 'x'
			}
		}
	}
}

// QuoteEnd is where a quoted value ends that begins at row and col.
func QuoteEnd(lines [][]rune, row, col int) (int, int) {
	q := lines[row][col]
	for r, i := row, col+1; r < len(lines); r, i = r+1, 0 {
		for ; i < len(lines[r]); i++ {
			switch {
			case q == '"' && lines[r][i] == '\\':
				i++
			case lines[r][i] == q && q == '\'' && i+1 < len(lines[r]) && lines[r][i+1] == q:
				i++
			case lines[r][i] == q:
				return r, i
			}
		}
	}
	return len(lines) - 1, len(lines[len(lines)-1]) - 1
}
