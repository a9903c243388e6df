/** Which language is spoken: the address's, the one chosen before, the page's. */

const KEPT = "exhibit-language";

/** The language to begin with: `?lang=`, else the visitor's choice of before, else the page's. */
export function chosenLanguage(page: string): string {
  const asked = new URLSearchParams(location.search).get("lang");
  return valid(asked) ?? valid(kept()) ?? page;
}

/** Keep the visitor's choice for the next visit. */
export function keepLanguage(language: string): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Storage may be forbidden: then the choice holds for this visit.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** The tag in its customary letter case, if it is one. */
function valid(tag: string | null): string | undefined {
  try {
    return tag ? Intl.getCanonicalLocales(tag)[0] : undefined;
  } catch {
    return undefined;
  }
}
