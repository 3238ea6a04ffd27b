"use strict";
// Tells when the server is gone, and spares it the questions of a page that nobody sees.
(function () {
  const lost = document.getElementById("lost");
  const letter = document.getElementById("letter");
  const isRefresh = (event) => event.detail.elt && event.detail.elt.id === "live";

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (isRefresh(event) && document.hidden) {
      event.preventDefault();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      document.body.dispatchEvent(new Event("refresh"));
    }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    lost.hidden = event.detail.successful || (event.detail.xhr && event.detail.xhr.status > 0);
  });
  document.body.addEventListener("htmx:sendError", () => {
    lost.hidden = false;
  });
  document.body.addEventListener("htmx:timeout", () => {
    lost.hidden = false;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === letter) {
      const title = letter.querySelector("h2");
      if (title) {
        title.focus();
      }
    }
  });
  document.body.addEventListener("click", (event) => {
    if (event.target.dataset.close === "letter") {
      letter.replaceChildren();
    }
  });
})();
