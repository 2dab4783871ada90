// Package cputime measures processor time for benchmarks, which load from other processes
// on the machine hardly changes.
package cputime

import (
	"time"

	"golang.org/x/sys/windows"
)

// Used is the processor time that this process has used, the system's for it included.
func Used() (time.Duration, error) {
	var begun, ended, kernel, user windows.Filetime
	err := windows.GetProcessTimes(windows.CurrentProcess(), &begun, &ended, &kernel, &user)
	ticks := func(t windows.Filetime) int64 { return int64(t.HighDateTime)<<32 | int64(t.LowDateTime) } // of 100 ns
	return time.Duration(100 * (ticks(kernel) + ticks(user))), err
}
