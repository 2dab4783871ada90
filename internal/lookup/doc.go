// Package lookup finds kinds, relations and words of sentences by typed text: for kg
// kinds, and for completion in the desk.
package lookup
