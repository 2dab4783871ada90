package cayleyui

import (
	"fmt"
	"strings"
)

// rewrite replaces a string of a file of the UI.
type rewrite struct {
	old   string
	new   string
	times int // number of times that old must occur
}

// asset is a served file of the UI with its replacements. Files not listed are not served:
// the source maps, which no longer fit, and the service worker, which the UI does not
// register and which loads code from a public network.
type asset struct {
	path     string
	rewrites []rewrite
}

const (
	indexPage  = "index.html"
	mainBundle = "static/js/main.84d3ab8c.chunk.js"
	libBundle  = "static/js/2.7d84b3fa.chunk.js"
	mainStyle  = "static/css/main.72fe53e6.chunk.css"
	libStyle   = "static/css/2.6b51f286.chunk.css"
	logo       = "static/media/logo.ca711468.svg"
)

var assets = []asset{
	{path: indexPage, rewrites: []rewrite{
		// Addresses are relative to the page.
		{`href="/`, `href="`, 4},
		{`src="/static/`, `src="static/`, 2},
		{`l.p="/"`, `l.p=""`, 1},
		// Ours come before the bundle: with window.monaco there it loads none.
		{`<div id="root"></div>`, `<div id="root"></div>` + ourParts, 1},
		{`</head>`, `<link href="kg/kg.css" rel="stylesheet"></head>`, 1},
	}},
	{path: mainBundle, rewrites: []rewrite{
		// The API is beside the UI, on whatever port and address.
		{`"http://localhost:64210"`, `".."`, 1},
		{`"".concat("","/gizmo.d.ts")`, `"gizmo.d.ts"`, 1},
		// Answers of the API, errors too, go to the notice: whether a write was done,
		// and why there is no picture.
		{`fetch("".concat(`, `kg.fetch("".concat(`, 4},
		// An error of the shape is shown; thrown, nobody caught it.
		{`throw new Error(l);`, `return e.abrupt("return",c);`, 1},
		// The picture of an answer without rows, or with rows of another form,
		// turned the page white; literals were all one dot; names of edges were
		// drawn within a line, where nothing can be.
		{`data:ae(l.result),nodeComponent:ce,linkComponent:re`, `data:kg.graph(l.result),nodeComponent:kg.node(r.a),linkComponent:kg.link(r.a)`, 1},
		// Parts of the picture beyond the window could not be reached.
		{`r.a.createElement("svg",null,`, `r.a.createElement("svg",kg.frame(s,b,O),`, 1},
		// All lines were as long, however many met in a node.
		{`.distance(100)`, `.distance(kg.distance)`, 1},
		// Languages that this server does not run are marked.
		{`{label:"GraphQL",`, `{label:"GraphQL (not here)",`, 1},
		{`{label:"MQL",`, `{label:"MQL (not here)",`, 1},
		// The first query was one that lists every node there is.
		{`text:"g.V().all()"`, `text:kg.first`, 1},
		// The history ended with the page; a click on what was asked asks it again.
		{`Object(a.useState)(F)`, `Object(a.useState)(kg.history)`, 1},
		{`createElement(J.d,{key:e.id}`, `createElement(J.d,{key:e.id,onClick:function(){kg.load(e.text)}}`, 1},
		// An upload says in the notice that it was done.
		{`console.log("Uploaded ".concat(e.name))`, `void 0`, 1},
		// Icons were ligatures of a font on a public network.
		{`icon:"play_circle_filled"`, `icon:"kg/run.svg"`, 1},
		{`M.a,{icon:"error"}`, `M.a,{icon:"kg/error.svg",role:"img","aria-label":"failed"}`, 1},
		{`M.a,{icon:"check_circle"}`, `M.a,{icon:"kg/done.svg",role:"img","aria-label":"done"}`, 1},
		{"\n//# sourceMappingURL=main.84d3ab8c.chunk.js.map", "", 1},
	}},
	{path: libBundle, rewrites: []rewrite{
		// Never used, since window.monaco is there: but no address of a public
		// network is to be left.
		{`https://cdn.jsdelivr.net/npm/monaco-editor@0.18.1/min/vs/loader.js`, `kg/editor.js`, 1},
		{`https://cdn.jsdelivr.net/npm/monaco-editor@0.18.1/min/vs`, `kg`, 1},
		{`REACT_APP_SERVER_URL:"http://localhost:64210"`, `REACT_APP_SERVER_URL:".."`, 1},
		{"\n//# sourceMappingURL=2.7d84b3fa.chunk.js.map", "", 1},
	}},
	{path: mainStyle, rewrites: []rewrite{
		{`@import url(https://fonts.googleapis.com/icon?family=Material+Icons);`, ``, 1},
		{"\n/*# sourceMappingURL=main.72fe53e6.chunk.css.map */", "", 1},
	}},
	{path: libStyle, rewrites: []rewrite{
		{"\n/*# sourceMappingURL=2.6b51f286.chunk.css.map */", "", 1},
	}},
	{path: logo},
	{path: "gizmo.d.ts"},
	{path: "manifest.json"},
	{path: "favicon.ico"},
	{path: "logo192.png"},
	{path: "logo512.png"},
}

const ourParts = `<section id="kg-rows" aria-label="Rows of the answer" tabindex="0" hidden></section>` +
	`<footer class="kg-bar"><a href="../">kg: all pages</a>` +
	`<label>Saved question <select id="kg-saved"><option value="">none</option></select></label><a id="kg-page" hidden>Its page</a>` +
	`<div id="kg-notice" role="status" aria-live="polite"></div></footer>` +
	`<script src="kg/settings.js"></script><script src="kg/offers.js"></script><script src="kg/editor.js"></script><script src="kg/kg.js"></script><script src="kg/rows.js"></script>`

// apply makes the replacements in text, one after the other.
func (a asset) apply(text string) (string, error) {
	for _, r := range a.rewrites {
		if n := strings.Count(text, r.old); n != r.times {
			return "", fmt.Errorf("preparing Cayley's web UI: %s has %q %d times, expected %d: it is another UI than kg was made for", a.path, r.old, n, r.times)
		}
		text = strings.ReplaceAll(text, r.old, r.new)
	}
	return text, nil
}
