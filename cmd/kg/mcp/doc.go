// Package mcp offers a graph to assistants: programs that speak the Model Context
// Protocol, over standard input and output or over HTTP.
//
// A tool is a verb of the command line: its arguments are the verb's, and its
// answer is the rows that the verb prints with -o json and --evidence, and what it
// says on standard error. So an assistant, a script and a page are told the same,
// and there is no second rendering here. The package knows the protocol, what each
// tool takes, and what an assistant is told of it; whoever makes a server hands it a
// Call, which carries out a verb within its bounds.
//
// Saved questions are prompts too, and entities and claims resources. Nothing here
// writes: a Call is only ever asked for the verbs of the tools.
//
// The official SDK keeps the protocol. It is stateless over HTTP: each request is
// whole in itself, so that a server holds nothing for clients that have gone.
package mcp
