package pg_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// benchVariable names a database, by its address, with the graph of questions over
// persons, companies and payments that graph/internal/store/bench makes.
const benchVariable = "KG_POSTGRES_BENCH"

const benchBase = "http://kg.example/"

func via(name string) quad.IRI { return benchBase + quad.IRI(name) }

func namedNodes(kind string, n int) quad.IRI { return via(fmt.Sprintf("%s/%d", kind, n)) }

// question is one of the benchmark, as a path and in SQL, which gives the ids of its rows,
// and in which $1, $2 … are the heads of the keys of some terms.
type question struct {
	name  string
	path  func(*store.QuadStore) *path.Path
	sql   string
	terms []quad.Value
}

func sqlTerm(n int) string {
	return fmt.Sprintf("(SELECT id FROM kg_terms WHERE head = $%d AND digest = '')", n)
}

func lastCompany(quads uint64) quad.Value {
	if quads >= 10_000_000 {
		return namedNodes("company", 249_999)
	}
	return namedNodes("company", 24_999)
}

func questions(quads uint64) []question {
	recursion := func(step string) string {
		return "WITH RECURSIVE r(n) AS (SELECT " + sqlTerm(1) + " UNION " + step + ") SELECT n AS id FROM r WHERE n <> " + sqlTerm(1)
	}
	colleagues := "SELECT k.o AS id FROM kg_by_object w JOIN kg_by_subject k ON k.s = w.s AND k.p = " + sqlTerm(3) + " WHERE w.o = " + sqlTerm(1) + " AND w.p = " + sqlTerm(2)
	hub := func(company int) question {
		start := namedNodes("company", company)
		return question{path: func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, start).In(via("worksAt")).Out(via("knows"))
		}, sql: colleagues, terms: []quad.Value{start, via("worksAt"), via("knows")}}
	}
	list := []question{
		{"q1", func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, namedNodes("person", 7)).Out(via("knows"))
		}, "SELECT o AS id FROM kg_by_subject WHERE s = " + sqlTerm(1) + " AND p = " + sqlTerm(2), []quad.Value{namedNodes("person", 7), via("knows")}},
		hub(0), hub(20_000),
		{"q3", func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, namedNodes("person", 49)).Out(via("worksAt")).In(via("to")).Out(via("from"))
		}, "SELECT f.o AS id FROM kg_by_subject w JOIN kg_by_object t ON t.o = w.o AND t.p = " + sqlTerm(3) + " JOIN kg_by_subject f ON f.s = t.s AND f.p = " + sqlTerm(4) + " WHERE w.s = " + sqlTerm(1) + " AND w.p = " + sqlTerm(2),
			[]quad.Value{namedNodes("person", 49), via("worksAt"), via("to"), via("from")}},
		{"q4", func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, namedNodes("company", 0)).In(via("from")).And(path.StartPath(qs, namedNodes("company", 1)).In(via("to")))
		}, "SELECT f.s AS id FROM kg_by_object f JOIN kg_by_object t ON t.s = f.s AND t.p = " + sqlTerm(3) + " AND t.o = " + sqlTerm(4) + " WHERE f.o = " + sqlTerm(1) + " AND f.p = " + sqlTerm(2),
			[]quad.Value{namedNodes("company", 0), via("from"), via("to"), namedNodes("company", 1)}},
		{"q5up", func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, lastCompany(quads)).Filters(plan.FollowRecursive(path.StartMorphism().Out(via("owner")), -1))
		}, recursion("SELECT q.o FROM r JOIN kg_by_subject q ON q.s = r.n AND q.p = " + sqlTerm(2)), []quad.Value{lastCompany(quads), via("owner")}},
		{"q5down", func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, namedNodes("company", 100)).Filters(plan.FollowRecursive(path.StartMorphism().In(via("owner")), -1))
		}, recursion("SELECT q.s FROM r JOIN kg_by_object q ON q.o = r.n AND q.p = " + sqlTerm(2)), []quad.Value{namedNodes("company", 100), via("owner")}},
		{"q6", func(qs *store.QuadStore) *path.Path {
			large := shape.Comparison{Op: iterator.CompareGTE, Val: quad.Int(20000)}
			return path.StartPath(qs, via("type/Payment")).In(via("type")).HasFilter(via("amount"), false, large)
		}, "", []quad.Value{via("type/Payment"), via("type"), via("amount")}},
	}
	list[1].name, list[2].name = "q2hub", "q2leaf"
	return list
}

// large is q6 in SQL: a comparison is some ranges of keys.
func large(args []any) (string, []any, error) {
	keys, err := term.Ranges(iterator.CompareGTE, quad.Int(20000))
	if err != nil {
		return "", nil, err
	}
	in := ""
	for _, r := range keys {
		if in != "" {
			in += " OR "
		}
		in += fmt.Sprintf("v.head >= $%d AND v.head < $%d", len(args)+1, len(args)+2)
		args = append(args, r.From, r.To)
	}
	return "SELECT a.s AS id FROM kg_terms v JOIN kg_by_object a ON a.o = v.id AND a.p = " + sqlTerm(3) +
		" JOIN kg_by_subject t ON t.s = a.s AND t.p = " + sqlTerm(2) + " AND t.o = " + sqlTerm(1) + " WHERE (" + in + ")", args, nil
}

// BenchmarkQuestions asks the questions of the benchmark: as kg does, in a transaction
// and a store of their own each time, and with a statement written by hand, both on a
// connection that is there.
func BenchmarkQuestions(b *testing.B) {
	address := os.Getenv(benchVariable)
	if address == "" {
		b.Skipf("%s names no database with the graph of the benchmark", benchVariable)
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(ctx)
	var quads uint64
	if err := conn.QueryRow(ctx, "SELECT sum(n)::bigint FROM kg_counts WHERE kind = 'q'").Scan(&quads); err != nil {
		b.Fatal(err)
	}
	b.Run("connect", func(b *testing.B) {
		for b.Loop() {
			s, err := pg.Open(ctx, address, pg.Options{Ask: true})
			if err == nil {
				err = s.Close()
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("trip", func(b *testing.B) {
		for b.Loop() {
			if _, err := conn.Exec(ctx, "SELECT 1"); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, q := range questions(quads) {
		var rows int64
		b.Run(q.name+"/count/kg", func(b *testing.B) { rows = askOften(b, address, q, counted) })
		b.Run(q.name+"/count/sql", func(b *testing.B) { sqlOften(b, conn, q, rows, "SELECT count(*) FROM (%s) AS r") })
		b.Run(q.name+"/rows/kg", func(b *testing.B) { rows = askOften(b, address, q, listed) })
		b.Run(q.name+"/rows/sql", func(b *testing.B) {
			sqlOften(b, conn, q, rows, "SELECT t.head, t.rest FROM (%s) AS r JOIN kg_terms t ON t.id = r.id")
		})
	}
}

// listed reads the values of the rows.
func listed(ctx context.Context, qs *store.QuadStore, p *path.Path) (n int64, err error) {
	err = p.Iterate(ctx).EachValue(qs, func(quad.Value) error { n++; return nil })
	return n, err
}

func askOften(b *testing.B, address string, q question, ask func(context.Context, *store.QuadStore, *path.Path) (int64, error)) (n int64) {
	ctx := context.Background()
	s, err := pg.Open(ctx, address, pg.Options{Ask: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	least, waited := time.Hour, time.Duration(0)
	defer processor(b, s.Backend())()
	for b.Loop() {
		began := time.Now()
		if err := s.Again(); err != nil {
			b.Fatal(err)
		}
		err := rounds(s, func() (err error) { n, err = ask(ctx, s.Store(), q.path(s.Store())); return err })
		if err != nil {
			b.Fatal(err)
		}
		if took := time.Since(began); took < least {
			least, waited = took, s.Waited()
		}
	}
	b.ReportMetric(float64(waited.Microseconds()), "µs-of-these-waited")
	b.ReportMetric(float64(least.Microseconds()), "µs-asked-at-least")
	b.ReportMetric(float64(s.Statements), "statements")
	b.ReportMetric(float64(s.Rounds), "rounds")
	return n
}

func sqlOften(b *testing.B, conn *pgx.Conn, q question, rows int64, around string) {
	var args []any
	for _, t := range q.terms {
		key, err := term.Append(nil, t)
		if err != nil {
			b.Fatal(err)
		}
		args = append(args, key)
	}
	text := q.sql
	if text == "" {
		var err error
		if text, args, err = large(args); err != nil {
			b.Fatal(err)
		}
	}
	least := time.Hour
	defer processor(b, conn.PgConn().PID())()
	defer func() { b.ReportMetric(float64(least.Microseconds()), "µs-asked-at-least") }()
	for b.Loop() {
		began := time.Now()
		n, err := fetched(conn, fmt.Sprintf(around, text), args)
		if err != nil || n != rows {
			b.Fatalf("SQL gives %d rows, kg %d: %v", n, rows, err)
		}
		least = min(least, time.Since(began))
	}
}

// processor reports the processor time of this process and of a server's, each time,
// where /proc tells of it.
func processor(b *testing.B, server uint32) func() {
	ticks := func() (sum int64) {
		for _, pid := range []int{os.Getpid(), int(server)} {
			text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
			_, after, _ := strings.Cut(string(text), ") ")
			if f := strings.Fields(after); len(f) > 12 {
				user, _ := strconv.ParseInt(f[11], 10, 64)
				system, _ := strconv.ParseInt(f[12], 10, 64)
				sum += user + system
			}
		}
		return sum
	}
	began := ticks()
	return func() { b.ReportMetric(float64(ticks()-began)*10_000/float64(b.N), "µs-of-processor") }
}

// fetched is the number that a statement gives, or the number of its rows.
func fetched(conn *pgx.Conn, text string, args []any) (n int64, err error) {
	rows, err := conn.Query(context.Background(), text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if n++; len(rows.FieldDescriptions()) == 1 {
			err = rows.Scan(&n)
		} else {
			var head, rest []byte
			err = rows.Scan(&head, &rest)
		}
		if err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
