package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestComposeFile holds the file for Docker Compose that the manual has against what the
// image postgres documents, and against the address that the manual gives.
func TestComposeFile(t *testing.T) {
	t.Parallel()
	_, text := topic("postgres")
	block := regexp.MustCompile("(?s)```yaml\n(services:.*?)```").FindStringSubmatch(text)
	if block == nil {
		t.Fatal("there is no file for Docker Compose")
	}
	var file struct {
		Services map[string]struct {
			Image       string
			Environment map[string]string
			Secrets     []string
			Ports       []string
			Volumes     []string
			Healthcheck struct {
				Test     []string
				Interval string
			}
		}
		Secrets map[string]struct{ File string }
		Volumes map[string]struct{}
	}
	from := yaml.NewDecoder(strings.NewReader(block[1]))
	from.KnownFields(true)
	if err := from.Decode(&file); err != nil || len(file.Services) != 1 {
		t.Fatalf("%d services: %v", len(file.Services), err)
	}
	for _, s := range file.Services {
		version, err := strconv.Atoi(strings.TrimPrefix(s.Image, "postgres:"))
		if err != nil || version < 15 || version > 18 {
			t.Errorf("kg is not tried with the image %s", s.Image)
		}
		// Since 18 the image's volume is the folder above, with one for each version in it.
		folder := map[bool]string{true: "/var/lib/postgresql", false: "/var/lib/postgresql/data"}[version >= 18]
		for _, v := range s.Volumes {
			if name, at, _ := strings.Cut(v, ":"); at != folder || !has(file.Volumes, name) {
				t.Errorf("%s keeps nothing in the volume %s", s.Image, v)
			}
		}
		for name, value := range s.Environment {
			if !slices.Contains([]string{"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE"}, name) {
				t.Errorf("%s has no use for %s", s.Image, name)
			}
			if secret, is := strings.CutPrefix(value, "/run/secrets/"); is && (!slices.Contains(s.Secrets, secret) || file.Secrets[secret].File == "") {
				t.Errorf("there is no secret %s", secret)
			}
		}
		user, database := s.Environment["POSTGRES_USER"], s.Environment["POSTGRES_DB"]
		if want := "postgres://" + user + "@127.0.0.1/" + database; !slices.Equal(s.Ports, []string{"127.0.0.1:5432:5432"}) || !strings.Contains(text, want+"`") {
			t.Errorf("the manual does not say that the address is %s", want)
		}
		// While the image makes the database, its server listens on no address.
		if want := []string{"CMD", "pg_isready", "-h", "127.0.0.1", "-U", user, "-d", database}; !slices.Equal(s.Healthcheck.Test, want) {
			t.Errorf("the health is checked by %q, want %q", s.Healthcheck.Test, want)
		}
	}
}

func has[T any](m map[string]T, name string) bool { _, ok := m[name]; return ok }
