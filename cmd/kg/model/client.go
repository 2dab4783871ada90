package model

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"kg/internal/strict"
)

const (
	longestAnswer = 4 << 20  // bytes of an answer
	longestError  = 16 << 10 // bytes that are read of an answer that is an error
	mostTries     = 4        // of a question that a busy server puts off
	longestWait   = time.Minute
)

// Client asks one model.
type Client struct {
	Address Address
	Model   string        // its name, as the server knows it
	Key     string        // sent as Authorization: Bearer; empty for none
	Agent   string        // the User-Agent: kg and its version
	Timeout time.Duration // of one question, without waiting for a busy server
	// Note is called with the reason of a delay, such as a busy server.
	Note func(what string)

	plain bool // the server has refused a JSON schema
	sleep func(context.Context, time.Duration) error
	http  *http.Client
}

// Question is a request to a model: instructions and input. Schema is a JSON Schema of
// the answer, for servers that enforce one.
type Question struct {
	Instructions, Text string
	Schema             any
}

// Answer is the answer of a model, unchecked.
type Answer struct {
	Content string
	Model   string    // what the server calls the model that answered
	Made    time.Time // when, as the server says; zero if it does not
	Cut     bool      // the answer was cut off at a limit
}

// errBusy is the answer of a busy server.
type errBusy struct {
	status string
	after  time.Duration // negative if the server does not say
}

func (e *errBusy) Error() string { return "the server is busy: " + e.status }

// errRefused is an error that may be due to the JSON schema, which not all servers know.
type errRefused struct{ error }

// Ask asks a question. A busy server (429, 503) is asked again a few times, after the
// delay that it gives; one that refuses the JSON schema is asked without it.
func (c *Client) Ask(ctx context.Context, q Question) (*Answer, error) {
	answer, err := c.patiently(ctx, q)
	if refused := new(errRefused); errors.As(err, &refused) && !c.plain {
		c.plain = true
		c.note("the server refuses requests with a JSON schema: asking without one")
		answer, err = c.patiently(ctx, q)
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("asking the model at %s: %w", c.Address.Host(), err)
	}
	return answer, nil
}

func (c *Client) patiently(ctx context.Context, q Question) (*Answer, error) {
	for try := 1; ; try++ {
		answer, err := c.once(ctx, q)
		busy := new(errBusy)
		if !errors.As(err, &busy) {
			return answer, err
		}
		wait := busy.after
		if wait < 0 {
			wait = time.Second << (try - 1)
		}
		switch {
		case try == mostTries:
			return nil, fmt.Errorf("%w, after %d tries: try again later", err, try)
		case wait > longestWait:
			return nil, fmt.Errorf("%w, and asks to wait %s: try again then", err, wait.Round(time.Second))
		}
		c.note(fmt.Sprintf("%s; trying again in %s", busy, wait))
		if err := c.pause(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func (c *Client) note(what string) {
	if c.Note != nil {
		c.Note(what)
	}
}

func (c *Client) pause(ctx context.Context, d time.Duration) error {
	if c.sleep != nil {
		return c.sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// once asks once, and reads the whole answer.
func (c *Client) once(ctx context.Context, q Question) (*Answer, error) {
	body, err := json.Marshal(c.request(q))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.Timeout, fmt.Errorf("no complete answer within %s: --timeout allows more time", c.Timeout))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.Agent)
	if c.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.Key)
	}
	res, err := c.client().Do(req)
	if err != nil {
		return nil, c.why(ctx, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, c.refusal(res)
	}
	b, err := io.ReadAll(io.LimitReader(res.Body, longestAnswer+1))
	switch {
	case err != nil:
		return nil, c.why(ctx, err)
	case len(b) > longestAnswer:
		return nil, fmt.Errorf("the answer is longer than %d MB", longestAnswer>>20)
	}
	return c.read(b)
}

// client returns an HTTP client that follows no redirects: the text and the key are for
// the given host only. It keeps no connection, cookie or file.
func (c *Client) client() *http.Client {
	if c.http == nil {
		c.http = &http.Client{
			Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: 20 * time.Second, MaxResponseHeaderBytes: 64 << 10},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	return c.http
}

// why returns the error of a connection, without the address that net/http puts before
// it.
func (c *Client) why(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	for inner := errors.Unwrap(err); inner != nil && strings.HasPrefix(err.Error(), "Post "); inner = errors.Unwrap(err) {
		err = inner
	}
	return errors.New(short(c.hidden(err.Error())))
}

// hidden removes the key from a text, in which a server may repeat it.
func (c *Client) hidden(text string) string {
	if c.Key == "" {
		return text
	}
	return strings.ReplaceAll(text, c.Key, "(the key)")
}

// said returns the shortened message of an error answer.
func (c *Client) said(res *http.Response) string {
	b, err := io.ReadAll(io.LimitReader(res.Body, longestError))
	var told struct {
		Error struct{ Message string }
	}
	text := string(b)
	if json.Unmarshal(b, &told) == nil && told.Error.Message != "" {
		text = told.Error.Message
	}
	if text = strings.Join(strings.Fields(c.hidden(text)), " "); text == "" || err != nil {
		return ""
	}
	return fmt.Sprintf(": %q", short(text))
}

// short shortens a foreign text for an error.
func short(text string) string {
	const most = 200
	if all := []rune(text); len(all) > most {
		text = string(all[:most]) + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// read extracts the answer from the endpoint's response.
func (c *Client) read(b []byte) (*Answer, error) {
	var r struct {
		Model   string
		Created int64
		Choices []struct {
			Message struct {
				Content string
				Refusal string
			}
			FinishReason string `json:"finish_reason"`
		}
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, errors.New("the address is not an OpenAI-compatible endpoint, or its answer was cut off: " + short(c.hidden(err.Error())))
	}
	if len(r.Choices) == 0 {
		return nil, errors.New("the answer is empty: it has no choices")
	}
	first := r.Choices[0]
	switch {
	case first.Message.Refusal != "":
		return nil, strict.Errorf("the model refuses: %q", c.hidden(first.Message.Refusal))
	case c.Key != "" && (strings.Contains(first.Message.Content, c.Key) || strings.Contains(r.Model, c.Key)):
		return nil, errors.New("the answer repeats the key: it is not used")
	}
	a := &Answer{Content: first.Message.Content, Model: r.Model, Cut: first.FinishReason == "length"}
	if r.Created > 0 {
		a.Made = time.Unix(r.Created, 0).UTC()
	}
	return a, nil
}
