package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// standIn is a model's server for scripts: stand-in PORT FILE… answers each question
// with the next file. A file that begins with HTTP is a whole answer: its status,
// headers, and after an empty line the body. Any other is what the model says. Of GET
// it says that it is there. What it is sent goes to the file asked, a line a question.
func standIn() {
	var lock sync.Mutex
	files := os.Args[2:]
	asked, err := os.Create("asked")
	if err != nil {
		panic(err)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprintln(w, "ok")
			return
		}
		lock.Lock()
		defer lock.Unlock()
		body, err := io.ReadAll(r.Body)
		if err != nil || len(files) == 0 {
			http.Error(w, "nothing more to say", http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(asked, "%s %s key=%q %s\n", r.Method, r.URL, r.Header.Get("Authorization"), body)
		said, err := os.ReadFile(files[0])
		if err != nil {
			panic(err)
		}
		files = files[1:]
		if strings.HasPrefix(string(said), "HTTP ") {
			wholeAnswer(w, string(said))
			return
		}
		err = json.NewEncoder(w).Encode(map[string]any{
			"model": "some-model-2", "created": 1795824000, // 27 November 2026
			"choices": []any{map[string]any{"message": map[string]any{"role": "assistant", "content": string(said)}, "finish_reason": "stop"}},
		})
		if err != nil {
			panic(err)
		}
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Args[1], handler); err != nil {
		panic(err)
	}
}

// silentModel is a server of a model that finds no claims.
func silentModel(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"model":"some-model","created":1795824000,"choices":[{"message":{"role":"assistant","content":"{\"entities\":[],\"claims\":[]}"},"finish_reason":"stop"}]}`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func wholeAnswer(w http.ResponseWriter, said string) {
	head, body, _ := strings.Cut(said, "\n\n")
	lines := strings.Split(strings.TrimSpace(head), "\n")
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		w.Header().Set(name, value)
	}
	status, err := strconv.Atoi(strings.Fields(lines[0])[1])
	if err != nil {
		panic(err)
	}
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}
