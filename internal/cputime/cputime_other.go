//go:build !windows

// Package cputime measures processor time for benchmarks, which load from other processes
// on the machine hardly changes.
package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time that this process has used, the system's for it included.
func Used() (time.Duration, error) {
	var used syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), err
}
