package model

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// The request of the API, as far as kg needs it: see
// https://platform.openai.com/docs/api-reference/chat/create.
type request struct {
	Model          string          `json:"model"`
	Messages       []message       `json:"messages"`
	Temperature    *int            `json:"temperature,omitempty"`
	ResponseFormat *responseFormat `json:"response_format,omitempty"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type responseFormat struct {
	Type       string `json:"type"`
	JSONSchema struct {
		Name   string `json:"name"`
		Strict bool   `json:"strict"`
		Schema any    `json:"schema"`
	} `json:"json_schema"`
}

// request returns the question as a request body. A server that refused the JSON schema
// gets neither schema nor temperature: some models accept only their own temperature.
func (c *Client) request(q Question) request {
	r := request{Model: c.Model, Messages: []message{{"system", q.Instructions}, {"user", q.Text}}}
	if !c.plain {
		r.Temperature = new(int)
		r.ResponseFormat = &responseFormat{Type: "json_schema"}
		r.ResponseFormat.JSONSchema.Name = "claims"
		r.ResponseFormat.JSONSchema.Strict = true
		r.ResponseFormat.JSONSchema.Schema = q.Schema
	}
	return r
}

// refusal returns the error of an answer other than 200.
func (c *Client) refusal(res *http.Response) error {
	status := fmt.Sprintf("%d %s", res.StatusCode, http.StatusText(res.StatusCode))
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return &errBusy{status + c.said(res), retryAfter(res.Header.Get("Retry-After"), time.Now())}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return fmt.Errorf("the server redirects (%s) %s: kg does not follow redirects; if that is right, give that address", status, c.Address.elsewhere(res.Header.Get("Location")))
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("%s%s: kg help draft says where the key goes", status, c.said(res))
	case http.StatusNotFound:
		return fmt.Errorf("%s%s: is %s the address, and %q a model of that server?", status, c.said(res), c.Address, c.Model)
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return &errRefused{fmt.Errorf("%s%s", status, c.said(res))}
	}
	return fmt.Errorf("%s%s", status, c.said(res))
}

// retryAfter reads seconds or a date of HTTP; negative for neither.
func retryAfter(header string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(header); err == nil && n >= 0 {
		return time.Duration(min(n, int(24*time.Hour/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now))
	}
	return -1
}
