package table

import (
	"bytes"
	"strings"
)

// cells are those of one row.
type cells struct {
	list  []string
	plain []byte // with doubled quotes made single, all cells one after the other
	ends  []int
}

// split cuts a row into its cells (RFC 4180): a cell in quotes may have separators, line
// ends and doubled quotes in it. A mistake is returned with the cell's number.
func (c *cells) split(row []byte, sep byte) (cell int, msg string) {
	c.plain, c.ends = c.plain[:0], c.ends[:0]
	for {
		if len(row) > 0 && row[0] == '"' {
			rest, msg := c.quoted(row[1:], sep)
			if msg != "" {
				return len(c.ends) + 1, msg
			}
			row = rest
		} else {
			n := bytes.IndexByte(row, sep)
			if n < 0 {
				n = len(row)
			}
			if bytes.IndexByte(row[:n], '"') >= 0 {
				return len(c.ends) + 1, `a quote stands within a cell that is not in quotes: put the cell in quotes, and double those in it`
			}
			c.plain = append(c.plain, row[:n]...)
			row = row[n:]
		}
		c.ends = append(c.ends, len(c.plain))
		if len(row) == 0 {
			break
		}
		row = row[1:] // the separator
	}
	all, start := string(c.plain), 0
	c.list = c.list[:0]
	for _, end := range c.ends {
		c.list = append(c.list, all[start:end])
		start = end
	}
	return 0, ""
}

// quoted takes a cell after its first quote, and returns the rest after the last.
func (c *cells) quoted(row []byte, sep byte) (rest []byte, msg string) {
	for {
		n := bytes.IndexByte(row, '"')
		if n < 0 {
			return nil, "a quote is not closed"
		}
		c.plain = append(c.plain, row[:n]...)
		row = row[n+1:]
		switch {
		case len(row) == 0 || row[0] == sep:
			return row, ""
		case row[0] == '"':
			c.plain, row = append(c.plain, '"'), row[1:]
		default:
			return nil, "something stands behind the closing quote of a cell: double the quotes in it"
		}
	}
}

func trim(s string) string { return strings.TrimSpace(s) }
