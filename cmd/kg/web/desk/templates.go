package desk

import (
	_ "embed"
	"html/template"
	"sync"

	"kg/cmd/kg/web"
)

var (
	//go:embed list.html
	listHTML string
	//go:embed file.html
	fileHTML string
	//go:embed parts.html
	partsHTML string
	//go:embed review.html
	reviewHTML string
	//go:embed begin.html
	beginHTML string
)

// The templates are parsed at first use.
var (
	listTemplate   = sync.OnceValue(func() *template.Template { return web.Template(listHTML) })
	fileTemplate   = sync.OnceValue(func() *template.Template { return web.Template(fileHTML + partsHTML) })
	reviewTemplate = sync.OnceValue(func() *template.Template { return web.Template(reviewHTML + partsHTML) })
	beginTemplate  = sync.OnceValue(func() *template.Template { return web.Template(beginHTML + partsHTML) })
	failTemplate   = sync.OnceValue(func() *template.Template {
		return web.Template(`{{define "content"}}<header class="head"><h1>This could not be done</h1></header><p class="lead problem">{{.}}.</p><p><a href="/desk/">To the claims files</a></p>{{end}}`)
	})
)
