//go:build browser

package cayleyui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kg/cmd/kg/web"
)

// links asks for all edges out of a node, named.
const links = `g.V("` + blueLine + `").tag("source").out(null, "by").tag("target").all()`

// TestInBrowser uses the UI as people do.
func TestInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser, and its time")
	}
	browser := newBrowser(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, context.Context)
	}{
		{"query", queryInBrowser},
		{"keyboard", keyboardInBrowser},
		{"offers", offersInBrowser},
		{"language", languageInBrowser},
		{"visualize", visualizeInBrowser},
		{"limit", limitInBrowser},
		{"shape", shapeInBrowser},
		{"write", writeInBrowser},
		{"read-only", readOnlyInBrowser},
		{"token", tokenInBrowser},
		{"rows", rowsInBrowser},
		{"stop", stopInBrowser},
		{"look", lookInBrowser},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, browser) })
	}
}

func queryInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.write("g.V(\"" + blueLine + "\") // who owns it\n  .out(g.IRI(\"https://kg.example/ontology#ownedBy\"))\n  .all()")
	b.run("1 row, all there are")
	b.shown("company/north-shore")
	b.shot("query")
	b.write("g.V(\"<no:body>\").all()\n\n\n")
	b.run("no rows")
	b.shown(`"result": []`)
	b.write("g.V()\n  .nonsense()")
	b.run("line 2, column")
	b.shown(`"error"`)
	b.wait(`document.querySelector(".kg-wrong").innerText.trim() === "2"`)
	b.shot("query-error")
	b.press(`//span[text()="Query History"]`)
	b.wait(`document.querySelectorAll(".QueryHistory [aria-label=done]").length === 2`)
	b.wait(`document.querySelector(".QueryHistory [aria-label=failed]").getBoundingClientRect().width > 10`)
	b.shot("history")
	b.clean("400 (Bad Request)")
}

func keyboardInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.write("  g.V()")
	b.enter()
	b.do(chromedp.KeyEvent(".count()"))
	b.wait(`document.querySelector(".kg-text").value === "  g.V()\n  .count()"`)
	b.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	b.says("write g.emit(…) around it")
	b.wait(`document.querySelector(".kg-text").value === "  g.V()\n  .count()"`)
	b.write(`g.V("(").all()`)
	b.wait(`[...document.querySelectorAll(".kg-matched")].map(e => e.textContent).join("") === "()"`)
	b.wait(`document.querySelector(".kg-string").textContent === '"("'`)
	b.do(chromedp.KeyEvent("\t"))
	b.wait(`document.activeElement.tagName === "BUTTON"`) // Tab leaves the editor
	b.clean()
}

// offersInBrowser: what can be typed next is offered, with what it does.
func offersInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.write(`g.V("` + blueLine + `").out`)
	b.do(chromedp.KeyEvent("P"))
	b.wait(`document.querySelector(".kg-offers li[aria-selected=true]")?.textContent.startsWith("outPredicates()")`)
	b.enter()
	b.wait(`!document.querySelector(".kg-offers") && document.querySelector(".kg-text").value.endsWith(".outPredicates")`)
	b.write("g.V().out") // which is a method itself, and not to be made another
	b.wait(`document.querySelectorAll(".kg-offers li").length === 2`)
	b.enter()
	b.wait(`document.querySelector(".kg-text").value === "g.V().out\n"`)
	b.write("g")
	b.do(chromedp.KeyEvent("."))
	b.wait(`[...document.querySelectorAll(".kg-offers li")].some(e => e.textContent.startsWith("V("))`)
	b.wait(`![...document.querySelectorAll(".kg-offers li")].some(e => e.textContent.startsWith("outPredicates"))`)
	b.shot("offers")
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.Escape))
	b.wait(`!document.querySelector(".kg-offers")`)
	b.write("g.V()")
	b.do(chromedp.KeyEvent(".al"))
	b.wait(`document.querySelector(".kg-offers li")?.dataset.name === "all"`)
	b.write(`g.V("a`)
	b.do(chromedp.KeyEvent("."))
	b.wait(`!document.querySelector(".kg-offers")`)
	b.clean()
}

func languageInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.write(links)
	for _, label := range []string{"GraphQL", "MQL"} {
		b.choose(label)
		b.run("does not run " + strings.ToLower(label))
		b.wait(`document.querySelector("` + editor + `").value.includes("blue-line")`)
	}
	b.shot("language")
	b.choose("Gizmo")
	b.run("4 rows, all there are")
	b.clean("400 (Bad Request)")
}

func visualizeInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.page("Visualize")
	b.write(links)
	b.run("4 rows, all there are")
	b.wait(`document.querySelectorAll(".kg-node").length === 2 && document.querySelectorAll(".kg-literal").length === 3`)
	b.wait(`[...document.querySelectorAll(".kg-edge-name")].map(e => e.textContent).sort().join(" ") === "kgo:ownedBy kgo:ships kgo:since schema:name"`)
	b.wait(`[...document.querySelectorAll(".kg-name")].some(e => e.textContent.startsWith("North Shore")) && document.querySelectorAll(".kg-arrow").length === 4`)
	b.wait(`document.querySelector(".graph a").getAttribute("href").startsWith("../entity?id=kg%3A")`)
	if pictures() {
		time.Sleep(2 * time.Second) // the picture comes to rest
	}
	b.shot("visualize")
	b.write(`g.V("<no:body>").tag("source").out().tag("target").all()`)
	b.run("no rows")
	b.wait(`document.querySelector(".graph") && !document.querySelector(".kg-node")`)
	b.write(`g.V("` + blueLine + `").all()`)
	b.run("Nothing to draw")
	b.shot("visualize-nothing")
	b.write(`g.emit("text"), g.emit(3), g.V().count()`) // rows that are no objects
	b.run("3 rows, all there are. Nothing to draw")
	b.write("g.V(")
	b.run("line 1")
	b.wait(`!document.querySelector(".graph")`)
	b.clean("400 (Bad Request)")
}

func limitInBrowser(t *testing.T, browser context.Context) {
	var many strings.Builder
	for i := range 150 {
		fmt.Fprintf(&many, "<x:a> <x:p> <x:%d> <x:g> .\n", i)
	}
	b := newTab(t, browser, newHandler(t, many.String(), nil))
	b.page("Visualize")
	b.write(`g.V("<x:a>").tag("source").out("<x:p>").tag("target").all()`)
	b.run("The first 100 rows; there are more.")
	b.wait(`document.querySelectorAll(".kg-node").length === 101`)
	b.shot("cut")
	b.wait(`document.querySelector(".graph svg").getAttribute("viewBox").split(" ")[2] >= 900`)
	b.press(`//button[text()="Show more"]`)
	b.says("150 rows, all there are")
	b.wait(`document.querySelectorAll(".kg-node").length === 151`)
	b.clean()
}

func shapeInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.page("Query Shape")
	b.write(links)
	b.run("The shape of the query: ")
	b.shown(`"is_link_node": true`)
	b.shown(blueLine)
	b.shot("shape")
	b.write("g.V(.all()")
	b.run("line 1")
	b.shown(`"error"`)
	b.clean("400 (Bad Request)")
}

func writeInBrowser(t *testing.T, browser context.Context) {
	h := newHandler(t, harbour, nil)
	b := newTab(t, browser, h)
	b.page("Write")
	b.write("<x:new> <x:p> \"text\" .\n<x:new> <x:p> <x:o> <x:g> .\n")
	b.run("Successfully wrote 2 quads.")
	b.shot("write")
	b.choose("Delete")
	b.run("Successfully deleted 2 quads.")
	b.run("quad does not exist")
	b.write("<x:new> <x:p> \"text\" .\nnonsense\n")
	b.run(`:2:1: expected`)
	b.wait(`document.querySelector(".kg-wrong").innerText.trim() === "2"`)
	b.shot("write-error")
	b.clean("400 (Bad Request)", "404 (Not Found)")
}

func readOnlyInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, gated(t, newHandler(t, harbour, readOnly)))
	b.write(links)
	b.run("4 rows, all there are")
	b.page("Write")
	b.write("<x:new> <x:p> \"text\" .")
	b.run("this server only reads")
	b.shot("read-only")
	b.clean("405 (Method Not Allowed)")
}

// tokenInBrowser: without the token, writing says what is missing; the printed
// address lets one write, and leaves nothing that goes to another port.
func tokenInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, gated(t, newHandler(t, harbour, nil)))
	b.page("Write")
	b.write("<x:new> <x:p> \"text\" .")
	b.run("writing needs the token")
	b.shot("no-token")
	b.do(chromedp.Navigate(b.at + web.LoginPath("secret")))
	b.wait(`location.pathname === "/" && location.search === "" && document.cookie === ""`)
	b.do(chromedp.Navigate(b.at + "/ui/"))
	b.page("Write")
	b.write("<x:new> <x:p> \"text\" .")
	b.run("Successfully wrote 1 quad.")
	b.clean("401 (Unauthorized)")
}
