/**
 * A page with unmodified Uppy, without the page: `deno run uppy.js '{"door", "file", "exhibit", "sha256", "before"}'`.
 *
 * Tells what happens as lines of JSON: `begun` (what a page keeps to go on after a reload, given back as `before`), `part`, `error`,
 * `done`. Obeys lines on its standard input: pause, resume, retry.
 */

import AwsS3 from "@uppy/aws-s3";
import Uppy from "@uppy/core";

const CHUNK = 5 * 1024 ** 2;

/** What Uppy needs of XMLHttpRequest, which deno has not. */
class Request {
  upload = {};
  status = 0;
  statusText = "";
  #stop = new AbortController();
  #headers = {};

  open(method, url) {
    Object.assign(this, { method, url });
  }
  setRequestHeader(name, value) {
    this.#headers[name] = value;
  }
  getResponseHeader(name) {
    return this.answer.headers.get(name);
  }
  abort() {
    this.#stop.abort();
  }
  async send(body) {
    try {
      const { signal } = this.#stop;
      this.answer = await fetch(this.url, { method: this.method, headers: this.#headers, body, signal });
      await this.answer.arrayBuffer();
      Object.assign(this, { status: this.answer.status, statusText: this.answer.statusText });
    } catch {
      if (!this.#stop.signal.aborted) this.onerror();
      return;
    }
    this.upload.onprogress?.({ lengthComputable: true, loaded: body.size, total: body.size });
    this.onload();
  }
}
globalThis.XMLHttpRequest = Request;

const tell = (event) => console.log(JSON.stringify(event));
const { door, file, exhibit, sha256, before } = JSON.parse(Deno.args[0]);
const data = new Blob([await Deno.readFile(file)]);

const uppy = new Uppy();
uppy.use(AwsS3, { companionEndpoint: door, shouldUseMultipart: true, getChunkSize: () => CHUNK });
const id = uppy.addFile({
  name: "织机 scan.glb",
  type: "model/gltf-binary",
  data,
  meta: { exhibit, sha256, size: data.size, partSize: CHUNK },
});
if (before) uppy.setFileState(id, { s3Multipart: before });

let told = false;
uppy.on("state-update", () => {
  const kept = uppy.getFile(id)?.s3Multipart;
  if (kept && !told) tell({ begun: kept });
  told ||= Boolean(kept);
});
uppy.on("s3-multipart:part-uploaded", (_file, part) => tell({ part: part.PartNumber }));
uppy.on("upload-error", (_file, error) => tell({ error: error.message }));
uppy.on("upload-success", (_file, { uploadURL }) => {
  tell({ done: uploadURL });
  Deno.exit(0);
});

const orders = { pause: () => uppy.pauseAll(), resume: () => uppy.resumeAll(), retry: () => uppy.retryAll() };
uppy.upload().catch((error) => tell({ error: String(error) }));
for await (const line of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  for (const order of line.trim().split("\n")) orders[order]?.();
}
