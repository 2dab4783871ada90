package pg

import (
	"cmp"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
)

// CopyState says which commits of a server a copy of its graph has.
type CopyState struct {
	Graph   string     `json:"graph"`         // that of kg_meta
	Last    int64      `json:"last"`          // the highest id of a commit that was seen
	Gaps    [][2]int64 `json:"gaps"`          // the ids before it that were not, from and to: of commits that failed, or were on their way
	Commits int64      `json:"commits"`       // how many were seen
	Tokens  int64      `json:"sum of tokens"` // and the sum of their tokens
}

// commit is a row of kg_commits.
type commit struct {
	id, token int64
	quads     int64
}

// after returns the state with some more commits, none of which it has.
func (s CopyState) after(commits []commit) CopyState {
	slices.SortFunc(commits, func(a, b commit) int { return cmp.Compare(a.id, b.id) })
	if n := len(commits); n > 0 && commits[n-1].id > s.Last {
		s.Gaps = append(slices.Clone(s.Gaps), [2]int64{s.Last + 1, commits[n-1].id})
		s.Last = commits[n-1].id
	}
	var gaps [][2]int64
	for _, gap := range s.Gaps {
		for len(commits) > 0 && commits[0].id <= gap[1] {
			if id := commits[0].id; id > gap[0] {
				gaps = append(gaps, [2]int64{gap[0], id - 1})
			}
			gap[0] = commits[0].id + 1
			s.Commits++
			s.Tokens += commits[0].token
			commits = commits[1:]
		}
		if gap[0] <= gap[1] {
			gaps = append(gaps, gap)
		}
	}
	s.Gaps = gaps
	return s
}

// has reports whether a copy with a state has all commits that another one has.
func (s CopyState) has(other CopyState) bool {
	for _, gap := range s.Gaps {
		if gap[0] <= other.Last && !slices.ContainsFunc(other.Gaps, func(g [2]int64) bool { return g[0] <= gap[0] && gap[1] <= g[1] }) {
			return false
		}
	}
	return other.Last <= s.Last
}

// gaps are the beginnings and the ends of the gaps.
func (s CopyState) gaps() (from, to []int64) {
	from, to = []int64{}, []int64{}
	for _, gap := range s.Gaps {
		from, to = append(from, gap[0]), append(to, gap[1])
	}
	return from, to
}

// unseen are the commits that a state has not.
const unseen = `SELECT id, token, quads FROM kg_commits WHERE id > $1
	UNION ALL SELECT c.id, c.token, c.quads FROM unnest($2::bigint[], $3::bigint[]) AS g(a, b) JOIN kg_commits c ON c.id BETWEEN g.a AND g.b`

// witness identifies a history by the number and the tokens of its commits.
const witness = `SELECT t.commits + c.n, t.tokens + c.sum FROM kg_trimmed t, (SELECT count(*) AS n, COALESCE(sum(token), 0)::bigint AS sum FROM kg_commits) c`

// Reasons why a copy cannot be refreshed by the changes.
var (
	errDropped = errors.New("the record of what it lacks was dropped")
	errPast    = errors.New("the server was put back to an earlier state")
)

// ErrOtherGraph is a State of another graph than the server's.
var ErrOtherGraph = errors.New("it is a copy of another graph")

// next gives the state of the session's transaction, and the commits that it has and
// an earlier state has not. The error is errDropped if one of these was trimmed, and
// errPast if the server has no longer all those of the earlier state.
func (s *Session) next(old CopyState) (now CopyState, commits []commit, err error) {
	s.Statements += 3
	dropped, err := trimmed(s.ctx, s.tx)
	switch {
	case err != nil:
		return now, nil, err
	case old.Graph == "":
		old = dropped
	case old.Graph != dropped.Graph:
		return now, nil, ErrOtherGraph
	case !old.has(dropped):
		return now, nil, errDropped
	}
	from, to := old.gaps()
	rows, err := s.tx.Query(s.ctx, unseen, old.Last, from, to)
	if err != nil {
		return now, nil, err
	}
	var c commit
	if _, err := pgx.ForEachRow(rows, []any{&c.id, &c.token, &c.quads}, func() error {
		commits = append(commits, c)
		return nil
	}); err != nil {
		return now, nil, err
	}
	now = old.after(commits)
	var count, sum int64
	if err := s.tx.QueryRow(s.ctx, witness).Scan(&count, &sum); err != nil {
		return now, nil, err
	}
	if count != now.Commits || sum != now.Tokens {
		return now, nil, errPast
	}
	return now, commits, nil
}
