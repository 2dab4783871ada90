package web_test

import (
	"strings"
	"testing"
	"time"

	"kg/cmd/kg/web"
)

// TestLatePicture: a page does not wait for a picture that takes long; it is
// complete but for it, and leads to it.
func TestLatePicture(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, func(o *web.Options) { o.Limits.Picture = time.Nanosecond })
	const path = "/entity?id=kg:company/blue-line"
	body := get(t, s, path, 200)
	has(t, body, "<h1>Blue Line</h1>", "Harbourtown", "takes too long for this page", `href="/entity?format=svg&amp;id=kg:company/blue-line"`)
	if strings.Contains(body, "<svg") {
		t.Error("the picture is there")
	}
	has(t, get(t, s, path+"&format=svg", 200), "<svg ")
}
