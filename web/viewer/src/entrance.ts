/** The entrance's search, live: it finds while one types, also where no service answers. */

import { inLanguage } from "exhibit-client";
import { type Entry, readIndex, search } from "./entrance_index.ts";
import { keepForOffline } from "./offline/register.ts";

const WORDS = {
  "zh-Hans": {
    exhibit: "展品",
    person: "人物",
    achievement: "创新成果",
    found: (count: number, question: string) => `“${question}”：找到 ${count} 项`,
    none: (question: string) => `没有找到“${question}”。换个词试试，两个字也可以。`,
  },
  en: {
    exhibit: "Exhibit",
    person: "Person",
    achievement: "Achievement",
    found: (count: number, question: string) => `${count} found for “${question}”`,
    none: (question: string) => `Nothing found for “${question}”. Try another word, or a part of one.`,
  },
} as const;

const page = document.documentElement;
const root = new URL(page.dataset.root ?? "./", document.baseURI).href;
const language = page.dataset.language ?? page.lang;
const words = language.startsWith("zh") ? WORDS["zh-Hans"] : WORDS.en;
const field = document.querySelector<HTMLInputElement>("#question");
const section = document.querySelector<HTMLElement>("#found");
const count = document.querySelector<HTMLElement>("#found-count");
const list = document.querySelector<HTMLElement>("#found-list");

let index: Promise<Entry[]> | undefined;

/** Show what is found; what was typed meanwhile wins. */
async function find(): Promise<void> {
  if (!field || !section || !count || !list) return;
  const question = field.value.trim();
  section.hidden = question === "";
  if (question === "") return;
  index ??= readIndex(root, (page.dataset.exhibitions ?? "").split(" ").filter(Boolean));
  const entries = await index;
  if (entries.length === 0) index = undefined; // the line was lost: try again at the next letter
  if (field.value.trim() !== question) return;
  const found = search(entries, question);
  count.textContent = found.length > 0 ? words.found(found.length, question) : words.none(question);
  list.replaceChildren(...found.map(shown));
}

function shown(entry: Entry): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = addressOf(entry);
  tell(link, entry.label, entry);
  const where = document.createElement("span");
  const hall = document.createElement("span");
  tell(hall, entry.hall.hall.label, entry);
  where.append(`${words[entry.kind]} · `, hall);
  item.append(link, where);
  return item;
}

function addressOf(entry: Entry): string {
  const slug = encodeURIComponent(entry.hall.hall.slug);
  const spoken = entry.hall.languages.includes(language) ? encodeURIComponent(language) : "";
  const inFolders = `catalogue/${slug}/${spoken && `${spoken}/`}`;
  const path = "folders" in page.dataset ? inFolders : `catalogue/${slug}${spoken && `?lang=${spoken}`}`;
  return new URL(`${path}#${entry.anchor}`, root).href;
}

function tell(element: HTMLElement, text: Entry["label"], { hall }: Entry): void {
  const spoken = inLanguage(text, language, hall.languages);
  element.textContent = spoken?.text ?? "";
  if (!spoken) return;
  element.lang = spoken.lang;
  element.dir = spoken.dir;
}

keepForOffline(root);
const asked = new URLSearchParams(location.search).get("q");
if (field && asked && field.value === "") field.value = asked;
if (section?.hidden && field?.value) void find(); // where no service did
field?.addEventListener("input", () => void find());
field?.form?.addEventListener("submit", (event) => {
  if (!("folders" in page.dataset)) return; // the service answers with a page of its own
  event.preventDefault();
  void find();
});
