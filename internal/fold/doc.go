// Package fold has the forms of a name that are compared, searched and made ids of.
package fold
