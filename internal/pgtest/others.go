//go:build !unix

package pgtest

import (
	"os"
	"os/exec"
)

var quit = os.Kill

func asOther(*exec.Cmd) error { return nil }
