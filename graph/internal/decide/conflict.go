package decide

// ConflictError is the refusal of what contradicts a store, or may not be in one: of a
// load, a decision, a quad, or a name that was to be redacted.
type ConflictError struct {
	Msg   string
	Where []string // the texts that have a name which would stay
}

func (e *ConflictError) Error() string { return e.Msg }
