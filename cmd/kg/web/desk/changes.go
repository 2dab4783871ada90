package desk

import (
	"maps"
	"reflect"
	"slices"

	"kg/internal/claimsfile"
)

// changes lists the changes of a file since a version of it.
func (d *Desk) changes(name, from string, is *opened) (list []string) {
	file := d.files.version(from)
	if file == nil || is.edited == nil {
		return []string{"the changes are unknown: the version that this form began from is gone"}
	}
	was := d.open(name, file, from)
	if was.edited == nil {
		return []string{"the file was not a claims file before"}
	}
	old, now := claimsByID(was.edited), claimsByID(is.edited)
	for _, c := range is.edited.Claims() {
		before, known := old[c.ID]
		switch {
		case !known:
			list = append(list, "claim "+c.ID+" is new: "+summary(c))
		case !reflect.DeepEqual(before.At, c.At) || !maps.Equal(before.Values, c.Values):
			list = append(list, "claim "+c.ID+" changed, and is now: "+summary(c))
		}
	}
	for _, c := range was.edited.Claims() {
		if _, there := now[c.ID]; !there {
			list = append(list, "claim "+c.ID+" was removed; it was: "+summary(c))
		}
	}
	for _, n := range is.edited.Entities() {
		if !slices.Contains(was.edited.Entities(), n) {
			list = append(list, "entity "+n.ID+" is now: "+n.Line)
		}
	}
	for _, n := range was.edited.Entities() {
		if !slices.ContainsFunc(is.edited.Entities(), func(o claimsfile.EntityText) bool { return o.ID == n.ID }) {
			list = append(list, "entity "+n.ID+" was removed")
		}
	}
	if len(list) == 0 {
		list = []string{"its source, its comments or its layout"}
	}
	return list
}

func claimsByID(e *claimsfile.Edited) map[string]claimsfile.ClaimText {
	m := map[string]claimsfile.ClaimText{}
	for _, c := range e.Claims() {
		m[c.ID] = c
	}
	return m
}

// summary returns a claim in one line.
func summary(c claimsfile.ClaimText) string {
	row := rowOf("", c, nil)
	if edges := c.Values["edges"]; edges != row.Says && c.Values["says"] != "" {
		row.Says += " (" + edges + ")"
	}
	if row.Meta != "" {
		row.Says += " · " + row.Meta
	}
	return row.Says
}
