package extract

import (
	"context"
	"errors"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// memoryPages bounds the memory of PDFium, in pages of 64 KiB: 1 GiB. A PDF can make it
// ask for any amount.
const memoryPages = 16384

// Compiling PDFium takes as long as interpreting it for some forty pages.
var (
	interpreted = sync.OnceValues(func() (pdfium.Pool, error) { return start(wazero.NewRuntimeConfigInterpreter()) })
	compiled    = sync.OnceValues(func() (pdfium.Pool, error) { return start(wazero.NewRuntimeConfig()) })
)

const fewPages = 40

// start starts PDFium without access to files: by default go-pdfium gives it the whole
// disk.
func start(config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxIdle: 1, MaxTotal: 1, ReuseWorkers: true,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: config.WithMemoryLimitPages(memoryPages).
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling),
	})
}

// readPDF returns the text of each page, in the order of PDFium.
func readPDF(file []byte) (string, error) {
	pages, read, err := pagesOf(interpreted, file, fewPages)
	if err == nil && !read {
		pages, _, err = pagesOf(compiled, file, math.MaxInt)
	}
	return strings.Join(pages, "\n\f\n") + "\n", err
}

// pagesOf reads a document of at most so many pages, and reports whether it did.
func pagesOf(pool func() (pdfium.Pool, error), file []byte, most int) (pages []string, read bool, err error) {
	p, err := pool()
	if err != nil {
		return nil, false, err
	}
	in, err := p.GetInstance(time.Minute)
	if err != nil {
		return nil, false, err
	}
	defer in.Close()
	doc, err := in.OpenDocument(&requests.OpenDocument{File: &file})
	if errors.Is(err, pdferrors.ErrFormat) { // whose text looks like a position: "3: incorrect format"
		return nil, false, errors.New("it is damaged, or ends too early: copy it again")
	}
	if err != nil {
		return nil, false, err
	}
	defer in.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: doc.Document})
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil || count.PageCount > most {
		return nil, false, err
	}
	for i := range count.PageCount {
		p, err := in.GetPageTextStructured(&requests.GetPageTextStructured{
			Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc.Document, Index: i}},
			Mode: requests.GetPageTextStructuredModeChars, // rectangles repeat letters that are set closer
		})
		if err != nil {
			return nil, false, err
		}
		pages = append(pages, joined(p.Chars))
	}
	return pages, true, nil
}

// line is a line of a page with its distance from the bottom, in points.
type line struct {
	text        string
	top, bottom float64
}

// joined joins the lines of a page. A paragraph begins where the space to the line above
// is more than half the height of a line.
func joined(chars []*responses.GetPageTextStructuredChar) string {
	var b strings.Builder
	var above line
	for _, l := range lines(chars) {
		height := l.top - l.bottom
		if b.Len() > 0 {
			b.WriteByte('\n')
			if gap := above.bottom - l.top; gap > 0.6*height || gap < -3*height {
				b.WriteByte('\n')
			}
		}
		b.WriteString(l.text)
		above = l
	}
	return b.String()
}

// lines returns the lines of a page that have a letter.
func lines(chars []*responses.GetPageTextStructuredChar) (list []line) {
	var b strings.Builder
	now := line{}
	end := func() {
		if now.text = spaced(b.String()); now.text != "" {
			list = append(list, now)
		}
		b.Reset()
		now = line{}
	}
	for _, c := range chars {
		if c.Text == "\n" || c.Text == "\r" {
			end()
			continue
		}
		if at := c.PointPosition; at.Top > at.Bottom && strings.TrimSpace(c.Text) != "" {
			if now.top == 0 || at.Top > now.top {
				now.top = at.Top
			}
			if now.bottom == 0 || at.Bottom < now.bottom {
				now.bottom = at.Bottom
			}
		}
		b.WriteString(strings.Map(func(r rune) rune {
			if r == '\uFFFE' || r == 0 || r == '\u00AD' { // PDFium's code for a hyphen at the end of a line
				return '-'
			}
			return r
		}, c.Text))
	}
	end()
	return list
}
