package queries

// FailureOf is a failure of a query with columns.
func FailureOf(columns []string, want, got [][]string) Failure {
	return Failure{Want: want, Got: got, columns: columns}
}
