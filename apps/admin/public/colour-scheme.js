// Runs before the first paint, as a file of its own because the content security policy allows no inline script:
// a dark page must not flash white while the application loads.
(function () {
  var chosen = null;
  try {
    chosen = globalThis.localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage can be switched off; the system's choice is used then.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && globalThis.matchMedia('(prefers-color-scheme: dark)').matches);
  globalThis.document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
