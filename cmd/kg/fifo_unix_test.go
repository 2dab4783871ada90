//go:build unix

package main

import (
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

func mkfifo(path string) error { return syscall.Mkfifo(path, 0o644) }

// TestHalfASpoolIsNone holds that what could not be read to its end is not there for the
// next round as if it were all.
func TestHalfASpoolIsNone(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "socket") // which opens for nobody
	l, err := net.Listen("unix", name)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	for _, r := range []*rounds{nil, {spools: map[string]*os.File{}}} {
		in := &quadInputs{}
		f, err := in.keep(&app{rounds: r}, cmd, name)
		if err == nil || f != nil || len(in.spools) > 0 || r != nil && len(r.spools) > 0 {
			t.Errorf("a socket is read into %v, %v, and kept: %+v, %+v", f, err, in.spools, r)
		}
	}
}
