package strict

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Folder is a folder of the user's, with the name that errors give it.
type Folder struct {
	fs.FS
	Name string
}

// FolderFile is a file of a folder.
type FolderFile struct {
	Name string // within the folder
	Path string // as errors name it
	Data []byte
	Err  error // reading it failed with this
}

// ReadFolder reads the files of a folder that have an ending, such as .yaml: one at
// least. what names their content in errors.
func ReadFolder(what string, folder fs.FS, ending string) ([]FolderFile, error) {
	named, where := "", "the folder"
	if f, ok := folder.(Folder); ok {
		named, where = f.Name, fmt.Sprintf("the folder %q", f.Name)
	}
	if _, err := fs.Stat(folder, "."); err != nil {
		if p := new(fs.PathError); errors.As(err, &p) {
			err = p.Err // its path is but a dot
		}
		return nil, fmt.Errorf("reading %s: %s: %w", what, where, err)
	}
	names, err := fs.Glob(folder, "*"+ending)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %s: %w", what, where, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("reading %s: %s holds no %s file", what, where, ending)
	}
	var files []FolderFile
	for _, name := range names {
		file := FolderFile{Name: name, Path: filepath.Join(named, name)}
		if file.Data, err = fs.ReadFile(folder, name); err != nil {
			file.Err = fmt.Errorf("reading %s: %s: %w", what, where, err)
		}
		files = append(files, file)
	}
	return files, nil
}
