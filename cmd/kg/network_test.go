package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// offline is kg for scripts, with the connections of others cut: what a library of
// kg's opens by the usual ways, or looks up by name, ends kg with a code that no
// script expects. kg draft has a transport of its own, which names this machine.
func offline(kg func()) {
	dial := func(_ context.Context, network, address string) (net.Conn, error) {
		fmt.Fprintln(os.Stderr, "kg opens a connection:", network, address)
		os.Exit(99)
		return nil, errors.New("not reached")
	}
	http.DefaultTransport.(*http.Transport).DialContext = dial
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: dial}
	kg()
}

// outward are names by which Go opens a connection or looks one up.
var outward = map[string]*regexp.Regexp{
	"net/http":   regexp.MustCompile(`^(Get|Post|PostForm|Head|DefaultClient|DefaultTransport|Client|Transport)$`),
	"net":        regexp.MustCompile(`^(Dial.*|Lookup.*|Resolve.*|Resolver|DefaultResolver)$`),
	"crypto/tls": regexp.MustCompile(`^(Dial.*|Client)$`),
	"net/smtp":   regexp.MustCompile(`.`),
	"net/rpc":    regexp.MustCompile(`.`),

	"github.com/jackc/pgx/v5":        regexp.MustCompile(`^Connect`),
	"github.com/jackc/pgx/v5/pgconn": regexp.MustCompile(`^Connect`),
}

// majorVersion ends the path of a module, and is not in the name of its package.
var majorVersion = regexp.MustCompile(`/v[0-9]+$`)

// TestConnections holds that no code of kg's but that of kg draft and that of a graph on
// a server opens a connection, and that no verb but kg draft asks a model.
func TestConnections(t *testing.T) {
	t.Parallel()
	var connects, asks []string
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(filepath.ToSlash(path), "graph/internal/store/bench") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, imported := range file.Imports {
			from := strings.Trim(imported.Path.Value, `"`)
			name := majorVersion.ReplaceAllString(from, "")
			name = name[strings.LastIndex(name, "/")+1:]
			if imported.Name != nil {
				name = imported.Name.Name
			}
			names[name] = from
			if from == "kg/cmd/kg/model" {
				asks = append(asks, filepath.Base(path))
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && outward[names[x.Name]] != nil && outward[names[x.Name]].MatchString(s.Sel.Name) && !slices.Contains(connects, filepath.ToSlash(folder)) {
					connects = append(connects, filepath.ToSlash(folder))
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// internal/pgtest starts servers for tests, and is in no program.
	if !slices.Equal(connects, []string{"cmd/kg/model", "graph/internal/pg", "internal/pgtest"}) {
		t.Errorf("what opens connections is in %q", connects)
	}
	if !slices.Equal(asks, []string{"draft.go"}) {
		t.Errorf("a model is asked by %q", asks)
	}
}
