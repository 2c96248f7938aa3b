export interface Program {
  browser: string;
  system: string | null;
}

/** Names come in the order of who pretends to be whom: Edge says it is Chrome, Chrome that it is Safari. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//],
  ['Safari', /\bVersion\/[\d.]+.*Safari\//],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iPad', /\biPad\b/],
  ['iPhone', /\biPhone\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/**
 * The program behind a `User-Agent` as people call it: a browser and its system, else the first product named (`curl`, `python-requests`);
 * `null` when nothing is said. A hint for the eye, never a proof.
 */
export function browserName(userAgent: string | null): Program | null {
  const nameIn = (names: readonly (readonly [string, RegExp])[]) => names.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0] ?? null;
  const browser = nameIn(BROWSERS) ?? /^[\w.-]+/.exec(userAgent ?? '')?.[0] ?? null;
  return browser === null ? null : { browser, system: nameIn(SYSTEMS) };
}
