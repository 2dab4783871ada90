package web

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"
)

// loginPath is the page that gives the browser the token.
const loginPath = "/login"

// NewToken makes a token: 26 letters and digits, 130 random bits.
func NewToken() string { return rand.Text() }

// LoginPath is the address, without the host, that lets a browser write.
func LoginPath(token string) string { return loginPath + "?token=" + token }

// mayWrite checks that this server is writable and that the request has its token. There
// is no cookie: a browser sends those of 127.0.0.1 to every port, where another program
// could read and use it. The page's script sends the token, which it stores where only
// pages of this port can read it.
func (s *Server) mayWrite(w http.ResponseWriter, token string) error {
	if s.token == "" {
		w.Header().Set("Allow", "GET, HEAD")
		return refuse(http.StatusMethodNotAllowed, "this server only reads: kg serve --writable starts one that writes")
	}
	if !s.authentic(token) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="kg"`)
		return refuse(http.StatusUnauthorized, "writing needs the token that kg serve printed: open the address it printed, or send Authorization: Bearer")
	}
	return nil
}

// bearer returns the token in a request's header, or "".
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// authentic compares in constant time.
func (s *Server) authentic(token string) bool { return authentic(s.token, token) }

func authentic(token, sent string) bool {
	return token != "" && subtle.ConstantTimeCompare([]byte(sent), []byte(token)) == 1
}

// HasToken reports whether a request has the server's token, in its header or, for
// a form that is sent without JavaScript, in its field "token".
func HasToken(r *http.Request, token string) bool {
	return authentic(token, bearer(r)) || authentic(token, r.PostFormValue("token"))
}

// login answers the printed address with a page whose script stores the token and leaves
// the address, so that the token is not in the browser's history.
func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if !s.authentic(r.URL.Query().Get("token")) {
		return refuse(http.StatusForbidden, "this is not the token of the running server: open the address that kg serve printed when it started")
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.renderCode(w, r, http.StatusOK, "login", "Writing from this browser", nil)
}
