package desk

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kg/internal/sourcetext"
)

// textEndings are the endings of texts for new claims files.
var textEndings = []string{".txt", ".text", ".md", ".html", ".htm", ".pdf"}

// textFiles returns the texts for new claims files, by name: those of the folder, and
// those of --text, without extracted texts beside their documents.
func (d *Desk) textFiles() map[string]string {
	list := map[string]string{}
	add := func(folder, name string, e fs.DirEntry) {
		ending := strings.ToLower(filepath.Ext(name))
		document := strings.TrimSuffix(name, ".txt")
		if _, err := os.Lstat(filepath.Join(folder, document)); err == nil && document != name {
			return
		}
		if _, there := list[name]; !there && slices.Contains(textEndings, ending) && e.Type().IsRegular() && !strings.HasPrefix(name, ".") {
			list[name] = filepath.Join(folder, name)
		}
	}
	folders := []string{d.files.path}
	if info, err := os.Stat(d.Text); err == nil && info.IsDir() {
		folders = append(folders, d.Text)
	} else if err == nil && info.Mode().IsRegular() {
		list[filepath.Base(d.Text)] = d.Text
	}
	for _, folder := range folders {
		entries, _ := os.ReadDir(folder) // a missing folder has no texts
		for _, e := range entries {
			add(folder, e.Name(), e)
		}
	}
	return list
}

// textCalled reads one of these texts.
func (d *Desk) textCalled(name string) (*sourcetext.Text, error) {
	path, there := d.textFiles()[name]
	if !there {
		return nil, &refusal{http.StatusNotFound, "there is no such text in the folder of this desk, nor among those of --text"}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > mostBytes {
		return nil, &refusal{http.StatusRequestEntityTooLarge, "this text is larger than the desk accepts: 16 MiB"}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text, err := sourcetext.Read(path, file)
	if err != nil {
		return nil, &refusal{http.StatusUnprocessableEntity, fmt.Sprintf("%s cannot be read as a text: %v", name, err)}
	}
	return text, nil
}

func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
