package web

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"
)

// loginPath is the page that sets the cookie.
const loginPath = "/login"

// cookieName is that of the cookie that holds the token.
const cookieName = "kg-token"

// NewToken makes a token: 26 letters and digits, 130 random bits.
func NewToken() string { return rand.Text() }

// LoginPath is the address, without the host, that lets a browser write.
func LoginPath(token string) string { return loginPath + "?token=" + token }

// mayWrite checks that this server writes at all and that the request has its
// token, as a bearer or in the cookie. A browser sends the cookie only from
// this server's own pages: it is SameSite=Strict, and the gate has refused
// foreign origins before.
func (s *Server) mayWrite(w http.ResponseWriter, r *http.Request) error {
	if s.token == "" {
		w.Header().Set("Allow", "GET, HEAD")
		return refuse(http.StatusMethodNotAllowed, "this server only reads: kg serve --writable starts one that writes")
	}
	if !s.authentic(bearer(r)) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="kg"`)
		return refuse(http.StatusUnauthorized, "writing needs the token that kg serve printed: open the address it printed, or send Authorization: Bearer")
	}
	return nil
}

// bearer is the token a request carries, or nothing.
func bearer(r *http.Request) string {
	if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	if c, err := r.Cookie(cookieName); err == nil {
		return c.Value
	}
	return ""
}

// authentic compares in constant time.
func (s *Server) authentic(token string) bool {
	return s.token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) == 1
}

// login turns the token of the printed address into a cookie, and the address
// into that of the start page, so that the token stays nowhere.
func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if !s.authentic(r.URL.Query().Get("token")) {
		return refuse(http.StatusForbidden, "this is not the token of the running server: open the address that kg serve printed when it started")
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: s.token, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil,
	})
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}
