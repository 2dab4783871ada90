package testsize

import (
	"flag"
	"testing"
)

func TestOf(t *testing.T) {
	was := testing.Short()
	defer func() { set(t, was) }()
	for short, want := range map[bool]int{true: 1, false: 9} {
		set(t, short)
		if got := Of(1, 9); got != want {
			t.Errorf("with -short=%t the size is %d, want %d", short, got, want)
		}
	}
}

func set(t *testing.T, short bool) {
	value := "false"
	if short {
		value = "true"
	}
	if err := flag.Set("test.short", value); err != nil {
		t.Fatal(err)
	}
}
