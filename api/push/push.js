// The service worker that shows pushes: register it, then subscribe with the key of /push/key.json.
"use strict";

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = self.registration.showNotification(told.title || "News", {
    body: told.body || "",
    tag: told.tag || "",
    // What replaces something of the same kind is heard again.
    renotify: Boolean(told.tag),
    requireInteraction: Boolean(told.urgent),
    data: { url: told.url || "" },
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url || self.registration.scope));
});

async function open(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => page.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}
