//go:build unix && !linux

package files

import "os"

func unnamed() (*os.File, error) { return unlinked() }
