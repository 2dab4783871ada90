package schema

import "embed"

// FollowTheMoney has the tables by which entities of FollowTheMoney are read and
// written: followthemoney.tsv says what kind each of its schemata is, and
// followthemoney-properties.tsv what each of their properties becomes. They are made
// by hand from the two releases that they name.
//
//go:embed followthemoney.tsv followthemoney-properties.tsv
var FollowTheMoney embed.FS
