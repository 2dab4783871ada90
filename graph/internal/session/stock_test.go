package session

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/internal/pgtest"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query"
	stock "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

// asked is a query for the stock session, which runs in a process of its own,
// since a query can kill it.
type asked struct {
	Graph string // N-Quads
	Query string
}

// answer is what a session makes of it: its results as JSON, sorted.
type answer struct {
	Rows []string
	Err  string
	Died bool `json:"-"`
}

const stockEnv = "KG_GIZMO_STOCK"

func TestMain(m *testing.M) {
	if os.Getenv(stockEnv) != "" {
		serveStock(os.Stdin, os.Stdout)
		return
	}
	os.Exit(pgtest.Main{M: m}.Run())
}

func serveStock(in io.Reader, out io.Writer) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	var text string
	var qs *memstore.QuadStore
	for lines.Scan() {
		var a asked
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			panic(err)
		}
		if qs == nil || a.Graph != text {
			qs, text = memstore.New(parse(a.Graph)...), a.Graph
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		reply, _ := json.Marshal(ask(ctx, stock.NewSession(qs), a.Query))
		cancel()
		out.Write(append(reply, '\n'))
	}
}

func parse(text string) []quad.Quad {
	quads, err := quad.ReadAll(nquads.NewReader(strings.NewReader(text), false))
	if err != nil {
		panic(err)
	}
	return quads
}

// ask runs a query in a session, as the HTTP API does.
func ask(ctx context.Context, s query.Session, text string) answer {
	var a answer
	it, err := s.Execute(ctx, text, query.Options{Limit: -1, Collation: query.JSON})
	if err != nil {
		return answer{Err: err.Error()}
	}
	defer it.Close()
	for it.Next(ctx) {
		row, err := json.Marshal(it.Result())
		if err != nil {
			return answer{Err: err.Error()}
		}
		a.Rows = append(a.Rows, string(row))
	}
	slices.Sort(a.Rows)
	if it.Err() != nil {
		a.Err = it.Err().Error()
	}
	return a
}

// stockProcess asks the stock session, and starts another when it dies.
type stockProcess struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	err bytes.Buffer
}

func newStock(t *testing.T) *stockProcess {
	p := &stockProcess{t: t}
	t.Cleanup(p.close)
	return p
}

func (p *stockProcess) start() {
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), stockEnv+"=1")
	p.err.Reset()
	p.cmd.Stderr = &p.err
	in, err := p.cmd.StdinPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 1<<20)
}

func (p *stockProcess) close() {
	if p.cmd != nil {
		p.in.Close()
		p.cmd.Wait()
		p.cmd = nil
	}
}

func (p *stockProcess) ask(a asked) answer {
	if p.cmd == nil {
		p.start()
	}
	line, _ := json.Marshal(a)
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		p.close()
		return answer{Died: true}
	}
	reply, err := p.out.ReadBytes('\n')
	if err != nil {
		p.close()
		return answer{Died: true, Err: strings.SplitN(p.err.String(), "\n", 2)[0]}
	}
	var out answer
	if err := json.Unmarshal(reply, &out); err != nil {
		p.t.Fatal(err)
	}
	return out
}

// cayleyFile reads a file of the Cayley module.
func cayleyFile(t testing.TB, name string) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
