package main

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"

	"kg/internal/pgtest"
)

// moment is a time of day, which differs between two that do the same.
var moment = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+Z|\d{8}T\d{6}(\.\d+)?Z|[0-9a-f]{16,}`)

// twoStores are a file and a graph on a server that have the same, and folders for
// what is written beside them.
type twoStores struct {
	t           *testing.T
	dbs, beside [2]string
}

func newTwoStores(t *testing.T) *twoStores {
	t.Helper()
	if testing.Short() {
		t.Skip("asks a server and a file for all they have, again and again")
	}
	s := &twoStores{t: t}
	s.dbs[1] = pgtest.Database(t)
	t.Setenv("LC_ALL", "C")
	t.Setenv("KG_AUTHOR", "Ann Lee")
	example, err := filepath.Abs("../../data/testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	s.beside = [2]string{t.TempDir(), t.TempDir()}
	s.dbs[0] = filepath.Join(t.TempDir(), "kg.db")
	kg(t, "--db", s.dbs[1], "db", "init")
	s.says("load", "")
	s.verb("load", "", example)
	return s
}

// verb carries out a verb on both, BESIDE in its arguments being a folder of each, and
// holds what they print, what is beside them and what is in them against each other.
func (s *twoStores) verb(name, in string, args ...string) string {
	s.t.Helper()
	said := s.says(name, in, args...)
	s.hold("kg " + name + " " + strings.Join(args, " "))
	return said
}

// says carries out a verb that changes nothing on both, and holds what they print
// against each other.
func (s *twoStores) says(name, in string, args ...string) string {
	s.t.Helper()
	var said [2]string
	for i, db := range s.dbs {
		var out, errOut bytes.Buffer
		all := []string{"--db", db, name}
		for _, arg := range args {
			all = append(all, strings.ReplaceAll(arg, "BESIDE", s.beside[i]))
		}
		code := run(all, strings.NewReader(in), &out, &errOut)
		text := out.String() + "\n" + errOut.String()
		for _, named := range []string{db, shownAddress(db), s.beside[i]} {
			text = strings.ReplaceAll(text, named, "IT")
		}
		said[i] = moment.ReplaceAllString(text, "WHEN") + string(rune('0'+code))
	}
	if said[0] != said[1] {
		s.t.Errorf("kg %s %q says on a server\n%s\nwant\n%s", name, args, said[1], said[0])
	}
	return said[1]
}

// hold holds what is in the two and beside them against each other.
func (s *twoStores) hold(after string) {
	s.t.Helper()
	held := [2][]string{s.holds(0), s.holds(1)}
	var alone [2][]string // lines that the other does not have
	for i, lines := range held {
		for _, line := range lines {
			if _, there := slices.BinarySearch(held[1-i], line); !there {
				alone[i] = append(alone[i], moment.ReplaceAllString(line, "WHEN"))
			}
		}
		slices.Sort(alone[i]) // the ids of decisions are of their moments, and so is their order
	}
	if len(held[0]) != len(held[1]) || !slices.Equal(alone[0], alone[1]) {
		s.t.Errorf("after %s a server has %d lines, and alone\n%.3000s\nwant %d lines, and\n%.3000s",
			after, len(held[1]), strings.Join(alone[1], "\n"), len(held[0]), strings.Join(alone[0], "\n"))
	}
}

// holds is what a store has, and the files beside it: their lines, sorted.
func (s *twoStores) holds(i int) []string {
	s.t.Helper()
	text := kg(s.t, "--db", s.dbs[i], "export")
	files, err := filepath.Glob(filepath.Join(s.beside[i], "*"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			s.t.Fatal(err)
		}
		text += filepath.Base(name) + "\n" + string(file)
	}
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return lines
}

// TestPostgresDecides holds that what is decided and retracted is on a server what it
// is in a file, to the byte.
func TestPostgresDecides(t *testing.T) {
	s := newTwoStores(t)
	decisions := []string{"--decisions", "BESIDE/decisions.yaml"}
	pair := append([]string{"kg:person/kim-jong-il", "Blue Line"}, decisions...)
	if text := s.verb("match", "", append(pair, "--decide", "different", "--because", "one is a ferry line")...); !strings.HasSuffix(text, "0") {
		t.Error(text)
	}
	s.says("match", "", pair...)
	s.says("match", "", "--all")
	s.verb("match", "", append(pair, "--decide", "undecided", "--because", "a second thought")...)
	s.verb("match", "", append(pair, "--undo")...)
	s.verb("match", "", append(pair, "--undo")...)
	s.verb("match", "", append(pair, "--decide", "different")...)
	if text := s.verb("retract", "", "herald-2020-05-04", "--reason", "a test"); !strings.HasSuffix(text, "0") {
		t.Error(text)
	}
	s.says("find", "", "blue line")
	s.says("find", "", "blue line", "--include-retracted")
	s.says("show", "", "Blue Line")
	s.verb("retract", "", "herald-2020-05-04", "--reason", "again")
	s.verb("restore", "", "herald-2020-05-04", "--reason", "it was a test")
	s.says("show", "", "Blue Line")
	s.says("retract", "", "no-such-source", "--reason", "a test")
	s.says("check", "")
	s.says("stats", "")
	s.hold("all of it")
	kg(t, "--db", s.dbs[1], "db", "check")
}

// TestPostgresDesk holds that what is saved at the desk, and decided on the pages, is
// on a server what it is in a file, to the byte.
func TestPostgresDesk(t *testing.T) {
	read := func(name string) []byte {
		file, err := os.ReadFile(filepath.Join("web/desk/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	claims, words := read("courier.yaml"), read("courier.txt")
	s := newTwoStores(t)
	var pages [2]string
	for i, db := range s.dbs {
		texts := t.TempDir()
		for name, file := range map[string][]byte{filepath.Join(s.beside[i], "courier.yaml"): claims, filepath.Join(texts, "courier.txt"): words} {
			if err := os.WriteFile(name, file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		r := serveWith(t, "--db", db, "--writable", "--claims", s.beside[i], "--text", texts, "--decisions", filepath.Join(s.beside[i], "decisions.yaml"))
		post := func(path string, form url.Values, codes ...int) {
			form.Set("token", r.token)
			header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {"Bearer " + r.token}}
			send(t, "POST", r.at+path, strings.NewReader(form.Encode()), header, codes...)
		}
		version := func() string {
			page := send(t, "GET", r.at+"/desk/file?name=courier.yaml", nil, nil, 200)
			return regexp.MustCompile(`name="from" value="([^"]*)"`).FindStringSubmatch(page)[1]
		}
		for _, form := range []url.Values{
			{"act": {"save"}, "edges": {"coastal-bank owns gull"}, "words": {"The bank has not yet agreed."}},
			{"act": {"save"}, "edges": {"anna-weber owns gull"}, "words": {"The bank has not yet agreed."}},
			{"act": {"remove"}, "was": {"brandt-denies"}},
			{"act": {"undo"}},
		} {
			form.Set("from", version())
			post("/desk/file?name=courier.yaml", form, 200, 303)
		}
		post("/match", url.Values{"a": {"kg:person/kim-jong-il"}, "b": {"Blue Line"}, "verdict": {"different"}, "because": {"a ferry line"}}, 200, 303)
		pages[i] = send(t, "GET", r.at+"/search?q=gull", nil, nil, 200) + send(t, "GET", r.at+"/desk/file?name=courier.yaml", nil, nil, 200)
		pages[i] = strings.NewReplacer(r.at, "AT", r.token, "TOKEN", shownAddress(db), "IT", db, "IT", s.beside[i], "IT").Replace(pages[i])
		r.stop()
		<-r.err
	}
	if moment.ReplaceAllString(pages[0], "WHEN") != moment.ReplaceAllString(pages[1], "WHEN") {
		t.Errorf("the pages differ:\n%s\n\n%s", pages[1], pages[0])
	}
	s.hold("what was done on the pages")
	got := strings.Join(s.holds(1), "\n")
	if !strings.Contains(got, "coastal-bank-owns-gull") || !strings.Contains(got, "a ferry line") {
		t.Errorf("what was saved and decided is not there:\n%.3000s", got)
	}
}

// TestPostgresShell asks a graph on a server as queries are typed: in rounds, and what
// is declared, printed and completed is as of a file.
func TestPostgresShell(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a terminal")
	}
	address := pgtest.Database(t)
	kg(t, "--db", address, "db", "init")
	kg(t, "--db", address, "load")
	ctx, _, command := inFolder(t)
	shell := command("--db", address, "query", "-i")
	tty, err := pty.StartWithSize(shell, &pty.Winsize{Rows: 40, Cols: 150})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	screen := &watcher{tty: tty}
	go screen.watch()
	screen.converse(ctx, t, shell, []exchange{
		{"", "gizmo> "},
		{`g.V(g.IRI("kg:bank/banco-delta-asia")).in(g.IRI("kgo:held-at")).all()` + "\r", "North Korea's account at Banco Delta Asia"},
		{`let bank = g.V(g.IRI("kg:bank/banco-delta-asia"))` + "\r", ""},
		{`const again = bank` + "\r", ""},
		{`again.out(g.IRI("kgo:located-in")).all()` + "\r", "Macau"},
		{"g.again()\r", "line 1, column 8: Object has no member 'again'"},
		{"embassies country=\"North Korea\"\r", "Mos Film Street"},
		{"while (true) {}\r", ""},
		{"\x03", "the query was stopped"},
		{`g.V(g.IRI("kg:bank/banco-d` + "\t", "kg:bank/banco-delta-asia"},
		{"\x03", ""},
		{"exit\r", ""},
	})
}
