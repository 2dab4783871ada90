// Package mcp offers a graph to assistants: programs that speak the Model Context
// Protocol, over standard input and output or over HTTP.
//
// A tool is a verb of the command line: its arguments are the verb's, and its answer is
// the rows that the verb prints with -o json and --evidence, with its lines on standard
// error. So assistants, scripts and pages get the same answers, and there is no second
// rendering. The package has the protocol, the arguments of each tool, and its
// description for assistants; the caller provides a Call, which runs a verb within
// bounds.
//
// Saved questions are prompts as well, and entities and claims are resources. Nothing
// here writes: Call is called only for the verbs of the tools.
//
// The official SDK implements the protocol. Over HTTP it is stateless: each request is
// complete, so that a server holds nothing for clients that have gone.
package mcp
