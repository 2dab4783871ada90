package js

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// Error is a mistake in a query, with its position in the text.
type Error struct {
	Line, Column int // from 1; 0 if the position is unknown
	Message      string
	Err          error // the underlying error, of the store for example, if there is one
}

// Position returns the line and the column, from 1; 0 where they are not known.
func (e *Error) Position() (line, column int) { return e.Line, e.Column }

func (e *Error) Error() string {
	if e.Line == 0 {
		return "running the query: " + e.Message
	}
	return fmt.Sprintf("running the query: line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// Unwrap is the error below.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether the error is ErrQuery.
func (e *Error) Is(target error) bool { return target == ErrQuery }

// Ended returns the error that ended the query; err is the interpreter's.
func (r *Runtime) Ended(err error) error {
	switch {
	case r.Stop.Is(Limit), r.Stop.Is(Yield):
		return nil
	case r.Stop.Is(longText):
		return r.atPosition(err, fmt.Sprintf("a text grew beyond %d characters", maxString))
	case r.Stop.Is(slowRegexp):
		return r.atPosition(err, fmt.Sprintf("a regular expression took longer than %v", matchTime))
	case r.Context.Err() != nil:
		if cause := context.Cause(r.Context); cause == ErrTimeout || cause == ErrMemory {
			return cause
		}
		return fmt.Errorf("running the query: %w", r.Context.Err())
	case err == nil:
		return nil
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return setPosition(&Error{Message: fmt.Sprintf("functions call each other more than %d deep", maxCalls)}, overflow.Stack())
	}
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		return setPosition(&Error{Message: brief(message(thrown)), Err: errors.Unwrap(thrown)}, thrown.Stack())
	}
	return err
}

// atPosition returns an error with the position where the query was interrupted.
func (r *Runtime) atPosition(err error, message string) error {
	e := &Error{Message: message}
	var at *goja.InterruptedError
	if errors.As(err, &at) {
		setPosition(e, at.Stack())
	}
	return e
}

// message returns the text of an exception: an error's own, or else the thrown value.
func message(e *goja.Exception) string {
	obj, ok := e.Value().(*goja.Object)
	if !ok {
		return "threw " + Shorten(e.Value().String())
	}
	if err, ok := obj.Export().(error); ok {
		return err.Error()
	}
	msg, ok := obj.Get("message").(goja.String)
	if !ok {
		return "threw an object"
	}
	switch name, _ := obj.Get("name").(goja.String); {
	case name == nil, name.String() == "TypeError", name.String() == "Error", name.String() == "GoError":
		return msg.String()
	default:
		return name.String() + ": " + msg.String()
	}
}

// setPosition sets the position of the innermost call in the query's text.
func setPosition(e *Error, stack []goja.StackFrame) *Error {
	for _, f := range stack {
		if p := f.Position(); p.Line > 0 && f.SrcName() == queryName {
			e.Line, e.Column = p.Line, p.Column
			break
		}
	}
	return e
}

// syntax returns a parser's error with its position.
func syntax(err error) error {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		p := list[0].Position
		return &Error{Line: p.Line, Column: p.Column, Message: brief(list[0].Message)}
	}
	var compiler *goja.CompilerSyntaxError
	if errors.As(err, &compiler) {
		e := &Error{Message: brief(compiler.Message)}
		if compiler.File != nil {
			p := compiler.File.Position(compiler.Offset)
			e.Line, e.Column = p.Line, p.Column
		}
		return e
	}
	return &Error{Message: brief(strings.TrimPrefix(err.Error(), "SyntaxError: "))}
}

// mostWords bounds an error's message, of which a script may write any length.
const mostWords = 400

// brief is an interpreter's message that repeats little of the query.
func brief(message string) string {
	if strings.Contains(message, "nvalid regular expression (") {
		return "Invalid regular expression: " + ExpressionError(message)
	}
	words := strings.Split(message, " ")
	for i, word := range words {
		words[i] = Shorten(word)
	}
	message = strings.Join(words, " ")
	if r := []rune(message); len(r) > mostWords {
		return string(r[:mostWords]) + "…"
	}
	return message
}

// ExpressionError returns the message for an invalid regular expression, without the
// expression: the engines repeat their input, which kg may have generated.
func ExpressionError(message string) string {
	const parsing = "error parsing regexp: "
	_, reason, ok := strings.Cut(message[max(strings.LastIndex(message, parsing), 0):], parsing)
	if !ok {
		return Shorten(message)
	}
	what, expression, ok := strings.Cut(strings.Replace(reason, " in `", ": `", 1), ": `")
	if !ok {
		return Shorten(reason)
	}
	return Shorten(what) + " in `" + Shorten(strings.TrimRight(expression, "`)")) + "`"
}

// Shorten truncates a text for an error message.
func Shorten(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
