//go:build unix

package pgtest

import (
	"os"
	"os/exec"
	"syscall"
)

var quit = syscall.SIGQUIT

// asOther lets a program of PostgreSQL run as another user than root.
func asOther(cmd *exec.Cmd) error {
	if os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := other()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	return err
}
