package snapshot

import (
	"fmt"
)

// DamageError says where a snapshot is not what its Builder wrote. Open and
// Verify return it; every other method of a Reader and of its Rows panics with
// *DamageError, and with nothing else, when it meets damage: callers recover
// exactly that type at their boundary.
type DamageError struct {
	Path    string // of the file
	Section string // "header", "dictionary", "subject rows", ...
	Offset  int64  // in the file, in bytes: of the page or the datum
	Msg     string // what is wrong
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("snapshot %q is damaged: section %q, byte %d: %s; restore the file from a copy, or load its sources again",
		e.Path, e.Section, e.Offset, e.Msg)
}

// damaged turns a *DamageError that a method threw into an error. It is
// deferred; other panics go on.
func damaged(err *error) {
	switch e := recover().(type) {
	case nil:
	case *DamageError:
		*err = e
	default:
		panic(e)
	}
}
