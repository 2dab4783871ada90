package main

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestBuildOf(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Version: "v0.1.0"}, Settings: []debug.BuildSetting{
		{Key: "-trimpath", Value: "true"},
		{Key: "vcs.revision", Value: "9f556cd0123456789abcdef0123456789abcdef0"},
		{Key: "vcs.time", Value: "2026-11-28T08:47:03Z"},
		{Key: "vcs.modified", Value: "true"},
	}}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	want := buildInfo{"v0.1.0", "9f556cd0123456789abcdef0123456789abcdef0", "2026-11-28T08:47:03Z", true, "go1.26.0", platform}
	if got := buildOf(info); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := buildOf(info).String(), "v0.1.0 (9f556cd01234, 2026-11-28T08:47:03Z, modified, go1.26.0, "+platform+")"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := buildOf(&debug.BuildInfo{GoVersion: "go1.26.0"}).String(), "(devel) (go1.26.0, "+platform+")"; got != want {
		t.Errorf("without a repository: got %s, want %s", got, want)
	}
}

func BenchmarkThisBuild(b *testing.B) {
	for b.Loop() {
		thisBuild()
	}
}
