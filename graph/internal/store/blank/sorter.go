package blank

import (
	"bytes"
	"container/heap"
	"slices"
)

// recordSorter gives records in the order of their bytes. Those that memory has no
// room for wait in runs, which are sorted each, on a tape.
type recordSorter struct {
	*recordTape
	room int
	text []byte
	ends []int
	runs [][2]int64 // where each is on the tape
}

func (n *Namer) newSorter(room int) *recordSorter {
	return &recordSorter{recordTape: n.newTape(readAhead), room: room}
}

// add adds a record made of parts.
func (s *recordSorter) add(parts ...[]byte) error {
	for _, p := range parts {
		s.text = append(s.text, p...)
	}
	s.ends = append(s.ends, len(s.text))
	const perRecord = 32 // its end, and its slice while they are sorted
	if len(s.text)+perRecord*len(s.ends) > s.room {
		return s.run()
	}
	return nil
}

// run writes the records in memory as a run.
func (s *recordSorter) run() error {
	from := s.size
	for _, record := range s.sorted() {
		if err := s.recordTape.add(record); err != nil {
			return err
		}
	}
	if err := s.flush(); err != nil {
		return err
	}
	s.runs = append(s.runs, [2]int64{from, s.size})
	s.text, s.ends = s.text[:0], s.ends[:0]
	return nil
}

func (s *recordSorter) sorted() [][]byte {
	list := make([][]byte, len(s.ends))
	from := 0
	for i, end := range s.ends {
		list[i] = s.text[from:end]
		from = end
	}
	slices.SortFunc(list, bytes.Compare)
	return list
}

// each gives all records in order, each good until the next.
func (s *recordSorter) each(do func(record []byte) error) error {
	if len(s.runs) == 0 {
		for _, record := range s.sorted() {
			if err := do(record); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.run(); err != nil {
		return err
	}
	s.text, s.ends = nil, nil
	var m runHeap
	ahead := min(max(s.room/len(s.runs), leastRead), readAhead)
	for _, run := range s.runs {
		r := s.records(run[0], run[1], ahead)
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			m = append(m, r)
		}
	}
	heap.Init(&m)
	for len(m) > 0 {
		if err := do(m[0].record); err != nil {
			return err
		}
		ok, err := m[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
		}
	}
	return nil
}

func (s *recordSorter) close() error {
	s.text, s.ends = nil, nil
	return s.recordTape.close()
}

// runHeap is a heap of runs by their next records.
type runHeap []*records

func (m runHeap) Len() int           { return len(m) }
func (m runHeap) Less(i, j int) bool { return bytes.Compare(m[i].record, m[j].record) < 0 }
func (m runHeap) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *runHeap) Push(x any)        { *m = append(*m, x.(*records)) }
func (m *runHeap) Pop() any {
	last := len(*m) - 1
	r := (*m)[last]
	*m = (*m)[:last]
	return r
}
