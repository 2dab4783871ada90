package pg

// sums are of quads added less those removed.
type sums struct {
	predicates map[int64]int64
	kinds      map[int64]int64 // those that say that something is of a kind
}

func newSums() sums { return sums{map[int64]int64{}, map[int64]int64{}} }

// count notes what became of the numbers of quads and of terms in a commit. It adds rows
// and changes none, which no other writer is in the way of.
func (s *Session) count(commit int64, sums sums, terms int64) error {
	kinds, ids, numbers := []string{string(rune(countTerms))}, []int64{0}, []int64{terms}
	var quads int64
	for id, n := range sums.predicates {
		if n != 0 {
			kinds, ids, numbers = append(kinds, string(rune(countPredicate))), append(ids, id), append(numbers, n)
			quads += n
		}
	}
	for id, n := range sums.kinds {
		if n != 0 {
			kinds, ids, numbers = append(kinds, string(rune(countKind))), append(ids, id), append(numbers, n)
		}
	}
	kinds, ids, numbers = append(kinds, string(rune(countQuads))), append(ids, 0), append(numbers, quads)
	s.Statements++
	_, err := s.tx.Exec(s.ctx, `INSERT INTO kg_counts (kind, id, n, commit_id) SELECT k::"char", i, n, $4 FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS c(k, i, n)`, kinds, ids, numbers, commit)
	return err
}
