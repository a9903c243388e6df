/** What pages do to be there off-line. */

/** Let the service worker keep what is visited. Without one, the exhibition is merely not there off-line. */
export function keepForOffline(root: string): void {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  navigator.serviceWorker.register(new URL("service-worker.js", root), { scope: root }).catch(() => {});
}
