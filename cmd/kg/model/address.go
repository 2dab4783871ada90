package model

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"kg/internal/strict"
)

// Address is the address of a model's endpoint. ParseAddress is its only constructor.
type Address struct {
	url *url.URL
}

// ParseAddress reads the address of a server, such as http://127.0.0.1:11434, of its
// API, …/v1, or of the endpoint itself, …/v1/chat/completions.
func ParseAddress(text string) (Address, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		// The error of url.Parse repeats the address, which may contain a key.
		return Address{}, errors.New("expected an address such as http://127.0.0.1:11434/v1")
	case u.User != nil:
		return Address{}, errors.New("it contains a user name or a password: give a key in the environment, as kg help draft says")
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return Address{}, strict.Errorf("expected http:// or https:// and a host, such as http://127.0.0.1:11434/v1, not %q", text)
	case u.Fragment != "" || u.RawQuery != "" && strings.Contains(strings.ToLower(u.RawQuery), "key="):
		return Address{}, errors.New("it contains a key or a fragment: give a key in the environment, as kg help draft says")
	}
	switch path := strings.TrimRight(u.Path, "/"); {
	case path == "":
		u.Path = "/v1/chat/completions"
	case strings.HasSuffix(path, "/chat/completions"):
		u.Path = path
	default:
		u.Path = path + "/chat/completions"
	}
	u.RawPath = ""
	return Address{u}, nil
}

// Host returns the host, with the port if the address has one.
func (a Address) Host() string { return a.url.Host }

// String returns the whole address of the endpoint.
func (a Address) String() string { return a.url.String() }

// Plain reports whether requests are not encrypted: http to another machine.
func (a Address) Plain() bool {
	if a.url.Scheme == "https" {
		return false
	}
	host := a.url.Hostname()
	ip := net.ParseIP(host)
	return host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// elsewhere returns the scheme and host of a redirect, for an error.
func (a Address) elsewhere(location string) string {
	u, err := a.url.Parse(location)
	if err != nil || u.Host == "" {
		return "to an address that cannot be read"
	}
	return fmt.Sprintf("to %s://%s", u.Scheme, strict.Brief(u.Host))
}
