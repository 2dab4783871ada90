package main

import "golang.org/x/sync/errgroup"

// batch is a part of a file in numbers.
type batch struct {
	first uint32      // number of terms[0]
	terms [][]byte    // new in this batch, spelled as in N-Quads
	rows  [][4]uint32 // subject, predicate, object, label; label 0 is none
}

const batchRows = 1 << 13

// encode reads a file of N-Quads on one core and calls each on the other with
// its quads in numbers, every term handed over before or with the first quad
// that uses it.
func encode(file string, each func(*batch) error) error {
	batches := make(chan *batch, 4)
	stop := make(chan struct{})
	var g errgroup.Group
	g.Go(func() error {
		defer close(stop)
		for b := range batches {
			if err := each(b); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		defer close(batches)
		return produce(file, batches, stop)
	})
	return g.Wait()
}

// produce sends the quads of a file, until stop is closed.
func produce(file string, to chan<- *batch, stop <-chan struct{}) error {
	d := newDict()
	b := &batch{first: 1}
	hand := func() {
		for id := b.first; id <= uint32(d.len()); id++ {
			b.terms = append(b.terms, d.term(id))
		}
		select {
		case to <- b:
		case <-stop: // the other side has failed, and says why
		}
		b = &batch{first: uint32(d.len()) + 1, rows: make([][4]uint32, 0, batchRows)}
	}
	err := scan(file, func(s, p, o, l []byte) error {
		row := [4]uint32{d.add(s), d.add(p), d.add(o)}
		if len(l) > 0 {
			row[3] = d.add(l)
		}
		if b.rows = append(b.rows, row); len(b.rows) == batchRows {
			hand()
		}
		return nil
	})
	hand()
	return err
}
