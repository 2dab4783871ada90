package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"

	"kg/cmd/kg/web"
	"kg/internal/sourcetext"
)

// listPage is the data of the first page: the files, and the texts without one.
type listPage struct {
	Files []listedFile
	Texts []listedFile
}

// listedFile is an entry of the list of files.
type listedFile struct {
	Name, Href   string
	Claims, Open int
	Drafts       int
	Review       string
}

func (d *Desk) list(w http.ResponseWriter, r *http.Request) error {
	names, err := d.files.names()
	if err != nil {
		return err
	}
	var l listPage
	begun := map[string]bool{}
	for _, name := range names {
		file, version, err := d.files.read(name)
		if err != nil {
			return err
		}
		o := d.open(name, file, version)
		is := listedFile{Name: name, Href: href(name), Review: reviewHref(name, 0, "0"), Drafts: len(o.drafts())}
		if o.edited != nil {
			is.Claims, is.Open = len(o.edited.Claims()), len(openRows(name, o))
			begun[o.edited.Source()["sha256"]] = true
		} else {
			is.Open = len(problems(o.bad))
		}
		l.Files = append(l.Files, is)
	}
	texts := d.textFiles()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if !begun[digestOf(ownText(texts[name]))] {
			l.Texts = append(l.Texts, listedFile{Name: name, Href: beginHref(name)})
		}
	}
	return web.Render(w, r, http.StatusOK, listTemplate(), "The desk", l)
}

// ownText returns the text beside a document, if there is one, or else the file itself.
func ownText(path string) string {
	if _, err := os.Lstat(path + sourcetext.Ending); err == nil {
		return path + sourcetext.Ending
	}
	return path
}

// digestOf returns the digest of a file, or "" if it is larger than the desk accepts.
func digestOf(path string) string {
	info, err := os.Stat(path)
	if err != nil || info.Size() > mostBytes {
		return "unknown"
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

func beginHref(text string) string { return "/desk/new?" + url.Values{"text": {text}}.Encode() }
