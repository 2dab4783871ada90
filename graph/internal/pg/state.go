package pg

import (
	"cmp"
	"errors"
	"slices"
)

// State says which commits of a server a copy of its graph has.
type State struct {
	Graph   string     `json:"graph"`         // that of kg_meta
	Last    int64      `json:"last"`          // the highest id of a commit that was seen
	Gaps    [][2]int64 `json:"gaps"`          // the ids before it that were not, from and to: of commits that failed, or were on their way
	Commits int64      `json:"commits"`       // how many were seen
	Tokens  int64      `json:"sum of tokens"` // and the sum of their tokens
}

// commit is a row of kg_commits.
type commit struct {
	id, token    int64
	parts, quads int64
	left         int64 // rows of kg_changes
}

// after is the state with some commits more, which are none of it.
func (s State) after(commits []commit) State {
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

// unseen are the commits that a state has not.
const unseen = `SELECT c.id, c.token, c.parts, c.quads, (SELECT count(*) FROM kg_changes k WHERE k.commit_id = c.id) FROM kg_commits c WHERE c.id > $1
	UNION ALL SELECT c.id, c.token, c.parts, c.quads, (SELECT count(*) FROM kg_changes k WHERE k.commit_id = c.id)
	FROM unnest($2::bigint[], $3::bigint[]) AS g(a, b) JOIN kg_commits c ON c.id BETWEEN g.a AND g.b`

// witness is by how many commits there are, and which, that two pasts are told apart.
const witness = `SELECT count(*), COALESCE(sum(token), 0)::bigint FROM kg_commits`

// Why a copy cannot be refreshed by what changed.
var (
	errDropped = errors.New("the record of what it lacks was dropped")
	errMuch    = errors.New("much has changed")
	errPast    = errors.New("the server was put back to an earlier state")
)

// ErrOtherGraph is a State of another graph than the server's.
var ErrOtherGraph = errors.New("it is a copy of another graph")

// next gives the state of the session's transaction, and the commits that it has and
// an earlier state has not. The error is errPast if the server has no longer all those
// of the earlier one.
func (s *Session) next(old State) (now State, commits []commit, err error) {
	s.Statements++
	err = s.tx.QueryRow(s.ctx, `SELECT value FROM kg_meta WHERE name = 'graph'`).Scan(&now.Graph)
	switch {
	case err != nil:
		return now, nil, err
	case old.Graph != "" && old.Graph != now.Graph:
		return now, nil, ErrOtherGraph
	}
	old.Graph = now.Graph
	var from, to []int64
	for _, gap := range old.Gaps {
		from, to = append(from, gap[0]), append(to, gap[1])
	}
	s.Statements += 2
	rows, err := s.tx.Query(s.ctx, unseen, old.Last, from, to)
	if err != nil {
		return now, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c commit
		if err := rows.Scan(&c.id, &c.token, &c.parts, &c.quads, &c.left); err != nil {
			return now, nil, err
		}
		commits = append(commits, c)
	}
	if err := rows.Err(); err != nil {
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
