/** Deep links: what the part of the address after `#` says, and saying it. */

/** `#exhibit=…`, `#placard=…`, `#tour=…&stop=3`: slugs; stops are counted from 1 for people. */
export interface Target {
  exhibit?: string;
  placard?: string;
  tour?: string;
  stop?: number;
}

/** Read a fragment; what is not understood is passed over. */
export function readTarget(hash: string): Target {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const target: Target = {};
  for (const name of ["exhibit", "placard", "tour"] as const) {
    const slug = said.get(name);
    if (slug && /^[a-z0-9-]{1,128}$/.test(slug)) target[name] = slug;
  }
  const stop = Number(said.get("stop"));
  if (target.tour && Number.isInteger(stop) && stop >= 1 && stop <= 1000) target.stop = stop;
  return target;
}

/** The fragment that says it, with its `#`; empty where there is nothing to say. */
export function writeTarget(target: Target): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(target)) if (value !== undefined) said.set(name, String(value));
  return said.size > 0 ? `#${said}` : "";
}
