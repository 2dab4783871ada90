// Package model asks a language model behind an OpenAI-compatible address, POST
// …/v1/chat/completions, one question at a time. It is the only code of kg that opens
// a connection to another machine, and does so for kg draft alone.
//
// Nothing of the answer is believed here: its size and its time are bounded, it is
// taken from the host that was named and from no other, and whoever asks checks it.
// The key is sent to that host in one header, and is in no error and no answer.
package model
