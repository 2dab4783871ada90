package web

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// TestExploringOneAddress: what a form sends has one address, which says the same.
func TestExploringOneAddress(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"":                                                        "/explore",
		"id=kg:a&relation=&at=":                                   "/explore?id=kg:a",
		"id=kg:a&id=kg:a":                                         "/explore?id=kg:a",
		"id=kg:a&open=1~kg:a":                                     "/explore?id=kg:a",
		"id=kg:a&open=2~kg:a":                                     "/explore?id=kg:a&open=2~kg:a",
		"id=kg:a&open=1~kg:b&open=2~kg:b":                         "/explore?id=kg:a&open=2~kg:b",
		"id=kg:a&open=1~kg:b&close=kg:b":                          "/explore?id=kg:a",
		"id=kg:a&close=kg:a":                                      "/explore?id=kg:a&open=0~kg:a",
		"id=kg:a&hide=kg:b&hide=kg:c&show=kg:b":                   "/explore?hide=kg:c&id=kg:a",
		"id=kg:a&pin=1,2~kg:b&pin=-3,4~kg:b":                      "/explore?id=kg:a&pin=-3%2C4~kg:b",
		"id=kg:a&pin=1,2~kg:b&unpin=kg:b":                         "/explore?id=kg:a",
		"id=kg:a&at=kg:b&at=kg:c":                                 "/explore?at=kg:c&id=kg:a",
		"id=kg:a&open=1~http://x.example/~2/%26%3D":               "/explore?id=kg:a&open=1~http://x.example/~2/%26%3D",
		"query=bribes&p-party=captain&p-other=":                   "/explore?p-party=captain&query=bribes",
		"id=kg:a&sure=weak&since=2006&until=2008-02&speaker=kg:s": "/explore?id=kg:a&since=2006&speaker=kg:s&sure=weak&until=2008-02",
	} {
		values, err := url.ParseQuery(sent)
		if err != nil {
			t.Fatal(err)
		}
		e, err := parseExploring(values)
		if err != nil {
			t.Errorf("%s: %v", sent, err)
			continue
		}
		if got := e.address(); got != want {
			t.Errorf("%s is %s, not %s", sent, got, want)
		}
		_, words, _ := strings.Cut(e.address(), "?")
		if values, err = url.ParseQuery(words); err != nil {
			t.Fatal(err)
		}
		again, err := parseExploring(values)
		if err != nil || again.address() != e.address() || !reflect.DeepEqual(again.open, e.open) && len(again.open)+len(e.open) > 0 {
			t.Errorf("%s reads as %+v, not %+v: %v", e.address(), again, e, err)
		}
	}
}

func FuzzExploring(f *testing.F) {
	f.Add("id=kg:a&open=2~kg:b&hide=%22x%22+kg:a&pin=1,2~kg:c&at=q&p-x=1")
	f.Fuzz(func(t *testing.T, words string) {
		values, err := url.ParseQuery(words)
		if err != nil {
			return
		}
		e, err := parseExploring(values)
		if err != nil {
			return
		}
		again, err := parseExploring(e.values())
		if err != nil || again.address() != e.address() {
			t.Errorf("%q is %s and then %v, %v", words, e.address(), again, err)
		}
	})
}
