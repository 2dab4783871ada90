// Package model asks a language model behind an OpenAI-compatible address, POST
// …/v1/chat/completions, one question at a time. Beside the server of a graph, the model
// is all that kg connects to on another machine, and kg draft alone does so.
//
// Nothing of the answer is believed here: its size and its time are bounded, it is
// taken from the named host alone, and the caller checks it.
// The key is sent to that host in one header, and is in no error and no answer.
package model
