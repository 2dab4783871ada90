package session

import (
	"context"
	"iter"
)

// aheadRows is how many rows are handed over at once, and aheadLists how many times so
// many may wait.
const (
	aheadRows  = 256
	aheadLists = 4
)

// RowsAhead is Rows, with the query run in a goroutine of its own that finds the next rows
// while the caller has some. It has ended when the range has. A store that one goroutine
// at a time reads, of which terms are read with the rows, is asked by Rows.
func (r *PreparedQuery) RowsAhead() iter.Seq2[Row, error] {
	if !r.s.opts.Unread {
		return r.Rows()
	}
	return func(yield func(Row, error) bool) {
		a := ahead{lists: make(chan []Row, aheadLists), used: make(chan []Row, aheadLists), left: make(chan struct{})}
		ctx, stop := context.WithCancel(r.s.parent)
		r.s.parent = ctx
		go a.run(r)
		defer func() {
			close(a.left)
			stop()              // the current iteration may give no more rows
			for range a.lists { // until it has ended
			}
		}()
		for list := range a.lists {
			for _, row := range list {
				if !yield(row, nil) {
					return
				}
			}
			clear(list)
			select {
			case a.used <- list[:0]:
			default:
			}
		}
		if a.err != nil {
			yield(Row{}, a.err)
		}
	}
}

// ahead passes rows to another goroutine.
type ahead struct {
	lists, used chan []Row
	left        chan struct{} // closed when no more rows are wanted
	err         error         // of the query, once lists is closed
}

func (a *ahead) run(r *PreparedQuery) {
	defer close(a.lists)
	var list []Row
	for row, err := range r.Rows() {
		if err != nil {
			a.err = err
			break
		}
		if list = append(list, row); len(list) < aheadRows {
			continue
		}
		if !a.give(list) {
			return
		}
		select {
		case list = <-a.used:
		default:
			list = make([]Row, 0, aheadRows)
		}
	}
	if len(list) > 0 {
		a.give(list)
	}
}

func (a *ahead) give(list []Row) bool {
	select {
	case a.lists <- list:
		return true
	case <-a.left:
		return false
	}
}
