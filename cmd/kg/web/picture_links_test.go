package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// TestPictureFileLinks: a picture that is saved leads to the server it is from.
func TestPictureFileLinks(t *testing.T) {
	s := httptest.NewServer(exampleServer(t, nil))
	t.Cleanup(s.Close)
	res, err := s.Client().Get(s.URL + "/entity?format=svg&id=kg:company/blue-line")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body := text(t, res)
	has(t, body, `xlink:href="`+s.URL+`/entity?id=kg:`, `xlink:href="`+s.URL+`/claim?id=kg:`, "What Blue Line is joined to")
	if strings.Contains(body, `href="/`) {
		t.Error("a link leads nowhere from a file")
	}
}

// TestAlikeInPages: the many that only hang on one thing are one shape.
func TestAlikeInPages(t *testing.T) {
	body := get(t, foreignServer(t, hub(2000)), "/entity?id=https://ex.org/n0&format=svg", 200)
	has(t, body, "300 of knows", "The 300 surest of the 2000 edges")
}
