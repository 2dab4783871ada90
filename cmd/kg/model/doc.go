// Package model is a client of a language model with an OpenAI-compatible API, POST
// …/v1/chat/completions, one question at a time. Apart from the server of a graph, this is
// the only connection of kg to another machine, and only kg draft makes it.
//
// Answers are not trusted: their size and time are bounded, they are read from the given
// host only, and the caller checks them. The key is sent to that host in one header, and
// is in no error and no answer.
package model
