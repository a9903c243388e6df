/** Reading aloud with the device's own voices. */

/** Milliseconds between two looks at whether the device still speaks. */
const WATCH = 1_000;

/** A voice of the language, best one first; undefined where the device has none, or cannot speak. */
export function voiceOf(language: string): SpeechSynthesisVoice | undefined {
  if (!("speechSynthesis" in globalThis)) return undefined;
  const wanted = tagOf(language);
  const [first] = wanted.split("-");
  const voices = speechSynthesis.getVoices();
  return voices.find((voice) => tagOf(voice.lang) === wanted && voice.localService) ??
    voices.find((voice) => tagOf(voice.lang) === wanted) ??
    voices.find((voice) => tagOf(voice.lang).split("-")[0] === first);
}

/** Read the text; resolves true when it was read to its end, false if the device failed or it was stopped. */
export function readAloud(
  text: string,
  language: string,
  voice: SpeechSynthesisVoice,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const speech = new SpeechSynthesisUtterance(text);
    speech.voice = voice;
    speech.lang = voice.lang || language;
    // Some voices never say that they came to the end of a long text.
    const watch = setInterval(() => {
      if (speechSynthesis.speaking === false && speechSynthesis.pending === false) end(!signal.aborted);
    }, WATCH);
    const end = (whole: boolean) => {
      clearInterval(watch);
      resolve(whole);
    };
    speech.onend = () => end(!signal.aborted);
    speech.onerror = () => end(false);
    signal.addEventListener("abort", () => {
      speechSynthesis.cancel();
      end(false);
    }, { once: true });
    // Some browsers stay silent for ever if something was still in their queue.
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  });
}

/** Voices name regions, manifests scripts: zh-Hans is spoken as zh-CN. Lower case, hyphens. */
function tagOf(language: string): string {
  const tag = language.toLowerCase().replaceAll("_", "-");
  if (tag === "zh" || tag.startsWith("zh-hans") || tag.startsWith("cmn")) return "zh-cn";
  if (tag.startsWith("zh-hant")) return tag.endsWith("-hk") ? "zh-hk" : "zh-tw";
  return tag;
}
