// Package lookup finds kinds, relations and words of sentences by what people type: for
// kg kinds, and for the desk, which offers what may stand at the caret.
package lookup
