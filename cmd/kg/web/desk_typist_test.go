//go:build browser

package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/desk"
	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/internal/propose"
	"kg/schema"
)

// typist is a tab with a desk, and counts the keys that are pressed in it.
type typist struct {
	*browser
	first context.Context
	dir   string
	keys  int
	store *graph.Store
	stop  func() // the server
}

func newTypist(t *testing.T, first context.Context) *typist {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	store := graph.Scratch()
	t.Cleanup(func() { store.Close() })
	d := &typist{first: first, dir: t.TempDir(), store: store}
	for _, name := range []string{"courier.yaml", "begun.yaml"} {
		if err := os.WriteFile(filepath.Join(d.dir, name), readFile(t, "desk/testdata/"+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opt := options(t, func(bool) *graph.View { return store.View(schema.DefaultBase) })
	opt.Token, opt.Text = token, "desk/testdata/courier.txt"
	load := func(ctx context.Context, doc *document.Checked, dry bool) error {
		_, err := store.Load(ctx, o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase, Replace: true, DryRun: dry})
		return err
	}
	begins := func(ctx context.Context, typed string) (list []propose.Known, err error) {
		v := store.View(schema.DefaultBase)
		found, _, err := v.FindAll(ctx, typed, graph.FindOptions{Limit: 40})
		for _, f := range found {
			if id, is := v.Base.NamedID(f.IRI); is && !f.ByKind && !f.OfClaim {
				list = append(list, propose.Known{ID: id, Kind: f.Kind, Name: f.Name})
			}
		}
		return list, err
	}
	made, err := desk.New(desk.Options{Begins: begins, Dir: d.dir, Text: opt.Text, Ontology: o, Base: schema.DefaultBase, Token: token, Load: load, Log: opt.Log})
	if err != nil {
		t.Fatal(err)
	}
	opt.Mounts = []web.Mount{made.Mount()}
	s := httptest.NewServer(web.New(opt))
	t.Cleanup(s.Close)
	d.stop = s.Close
	d.browser = newTab(t, first, s.URL)
	d.do(t, chromedp.EmulateViewport(1280, 900))
	d.open(t, web.LoginPath(token))
	d.do(t, holds(`location.pathname === "/" && document.readyState === "complete"`))
	return d
}

// load puts a case into the store, as one read before.
func (d *typist) load(t *testing.T, name string) {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := data.Read(name, readFile(t, "desk/testdata/"+name), o, schema.DefaultBase)
	if err == nil {
		_, err = d.store.Load(t.Context(), o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// press presses keys, each counted, one with others held as one. Unlike KeyEvent it
// sends no character for a key that the page made something else of.
func (d *typist) press(t *testing.T, keys string, held ...chromedp.Modifier) {
	t.Helper()
	d.do(t, holds(`document.readyState === "complete"`)) // before its script has run, a page shows and takes no keys
	for _, k := range keys {
		d.keys++
		events := kb.Encode(k)
		down, up := *events[0], *events[len(events)-1]
		for _, m := range held {
			down.Modifiers |= int64(m)
			up.Modifiers |= int64(m)
		}
		if len(events) == 3 && !slices.Contains(held, chromedp.ModifierCtrl) {
			down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
		}
		if err := errors.Join(call(d.browser, input.DispatchKeyEvent, down), call(d.browser, input.DispatchKeyEvent, up)); err != nil {
			t.Fatal(err)
		}
	}
}

// pick types the beginning of a word until it is offered first, and takes it.
func (d *typist) pick(t *testing.T, typed, word string) {
	t.Helper()
	d.press(t, typed)
	d.do(t, holds(fmt.Sprintf(`document.querySelector('.suggest:not([hidden]) [aria-selected="true"] span')?.textContent === %q`, word)))
	d.press(t, kb.Enter)
	d.do(t, gone(`.suggest:not([hidden])`))
}

// entity types a line of a kind that is completed, and the rest of the line.
func (d *typist) entity(t *testing.T, typed, kind, rest string) {
	t.Helper()
	d.pick(t, typed, kind)
	d.press(t, rest)
}

// save saves, and waits for the page with so many claims.
func (d *typist) save(t *testing.T, claims int) {
	t.Helper()
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	d.do(t, holds(fmt.Sprintf(`document.getElementById("claims").textContent.startsWith("%d claim") && location.search.includes("saved=") && document.activeElement?.id === "desk-text"`, claims)))
}

func (d *typist) focused(t *testing.T, id string) {
	t.Helper()
	d.do(t, holds(fmt.Sprintf(`document.activeElement?.id === %q`, id)))
}

// passage marks a sentence, so many further on, and takes it.
func (d *typist) passage(t *testing.T, further int, words string) {
	t.Helper()
	d.press(t, strings.Repeat(kb.ArrowDown, further)+kb.Enter)
	d.focused(t, "f-edges")
	if got := run(t, d.browser, chromedp.Value(chromedp.CSS("#f-words"))); !strings.HasPrefix(got, words) {
		t.Fatalf("the passage is %q, not %q", got, words)
	}
}

func (d *typist) toEntities(t *testing.T) {
	t.Helper()
	d.press(t, kb.Tab, chromedp.ModifierShift)
	d.focused(t, "f-entities")
}

func (d *typist) toEdges(t *testing.T) {
	t.Helper()
	d.press(t, kb.Tab)
	d.focused(t, "f-edges")
}

func (d *typist) toSpeaker(t *testing.T) {
	t.Helper()
	d.press(t, kb.Tab)
	d.focused(t, "f-speaker")
}

// write writes a file into the folder of the desk.
func (d *typist) write(t *testing.T, name string, file []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), file, 0o600); err != nil {
		t.Fatal(err)
	}
}
