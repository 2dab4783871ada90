package main

import (
	"fmt"
	"testing"
)

func TestLocaleLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ all, messages, lang, want string }{
		{"", "", "", "[]"},
		{"", "", "de_AT.UTF-8", "[de-AT]"},
		{"", "fr_FR@euro", "de_AT", "[fr-FR]"},
		{"C.UTF-8", "fr_FR", "de_AT", "[]"}, // the first that is set counts
		{"POSIX", "", "", "[]"},
		{"zh_TW.Big5", "", "", "[zh-TW]"},
		{"/usr/share/locale", "", "", "[]"},
		{".UTF-8", "", "", "[]"},
	} {
		env := map[string]string{"LC_ALL": c.all, "LC_MESSAGES": c.messages, "LANG": c.lang}
		if got := fmt.Sprint(localeLanguage(func(name string) string { return env[name] })); got != c.want {
			t.Errorf("%v: got %s, want %s", env, got, c.want)
		}
	}
}
