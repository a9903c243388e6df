/** A hall as a beginner's tutorial loads it: every master by GLTFLoader, all at once, at full size, drawn all the time. */

import { AmbientLight, Color, DirectionalLight, PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

declare global {
  interface Window {
    naive: { drawn: number; all: number; first?: number; last?: number; camera: PerspectiveCamera };
  }
}

const address = new URLSearchParams(location.search).get("hall")!;
const canvas = document.querySelector("canvas")!;
const renderer = new WebGLRenderer({ canvas, antialias: true });
renderer.setPixelRatio(devicePixelRatio);
renderer.setSize(innerWidth, innerHeight, false);
const scene = new Scene();
scene.background = new Color(0xeeeae3);
scene.add(new AmbientLight(0xffffff, 1), new DirectionalLight(0xffffff, 2));
const camera = new PerspectiveCamera(60, innerWidth / innerHeight, 0.1, 200);
window.naive = { drawn: 0, all: -1, camera };
let waiting = 0;
renderer.setAnimationLoop(() => {
  renderer.render(scene, camera);
  if (waiting > 0) {
    window.naive.first ??= performance.now();
    window.naive.drawn += waiting;
    waiting = 0;
    if (window.naive.drawn === window.naive.all) window.naive.last = performance.now();
  }
});

const pointer = await (await fetch(address)).json();
const at = new URL(pointer.manifest.url, address);
const manifest = await (await fetch(at)).json();
camera.position.fromArray(manifest.space.spawn.translation);
camera.position.y += 1.6;
camera.quaternion.fromArray(manifest.space.spawn.rotation);
window.naive.all = manifest.exhibits.length;
const loader = new GLTFLoader();
for (const { model, pose } of manifest.exhibits) {
  const master = model.variants.find((variant: { profile: string }) => variant.profile === "master");
  loader.loadAsync(new URL(master.url, at).href).then(({ scene: exhibit }) => {
    exhibit.position.fromArray(pose.translation);
    exhibit.quaternion.fromArray(pose.rotation);
    exhibit.scale.fromArray(pose.scale);
    scene.add(exhibit);
    waiting++;
  });
}
