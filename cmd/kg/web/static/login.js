// Keeps the token of the printed address where this address and port alone can
// read it, and leaves the address. A cookie would go to every port.
(function () {
  "use strict";
  try {
    localStorage.setItem("kg-token", new URLSearchParams(location.search).get("token"));
    location.replace("/");
  } catch (_) {
    document.getElementById("login").textContent = "This browser keeps nothing for this page, so it cannot write.";
  }
})();
