/** What the device can do, and which variants of the models suit it. */

import type { Profile } from "./manifest.ts";

export interface Device {
  /** Version of WebGL; 0 where there is none. */
  readonly webgl: 0 | 1 | 2;
  readonly maxTextureSize: number;
  /** Families of compressed textures that the GPU takes, to which KTX2 can be transcoded. */
  readonly compressedTextures: readonly string[];
  /** WebGL is drawn by the processor. */
  readonly software: boolean;
  /** Gigabytes, at most 8 or so; unknown in many browsers. */
  readonly memory?: number;
  readonly cores?: number;
  /** The visitor asked to spare data: by the browser's switch, or by `prefers-reduced-data`. */
  readonly savesData: boolean;
  /** `slow-2g`, `2g`, `3g` or `4g`; unknown in many browsers. */
  readonly connection?: string;
  /** The finger is the main pointer. */
  readonly touch: boolean;
  /** The shorter side of the screen, in CSS pixels. */
  readonly screen: number;
  /** The browser of a headset. */
  readonly headset: boolean;
}

const COMPRESSED = ["astc", "bptc", "etc", "pvrtc", "s3tc"];
const WEAK = { memory: 4, cores: 4, maxTextureSize: 4096, screen: 600 };

/** Find out. Never rejects: what cannot be known counts as little. */
export function device(): Promise<Device> {
  return Promise.resolve(probe());
}

/**
 * The profile for a device, this one unless told.
 *
 * A phone claims textures of 16384 pixels and cannot pay for them: the largest texture excludes, it never recommends.
 */
export function chooseProfile(of: Device = probe()): Profile {
  if (of.webgl === 0) return "fallback-2d";
  if (of.webgl === 1) return "mini-program"; // plain and light: no extension is asked of it
  const slow = of.savesData || /^(slow-2g|2g|3g)$/.test(of.connection ?? "");
  const weak = of.software || of.maxTextureSize < WEAK.maxTextureSize || of.compressedTextures.length === 0 ||
    (of.memory ?? WEAK.memory) < WEAK.memory || (of.cores ?? WEAK.cores) < WEAK.cores;
  const phone = of.touch && of.screen < WEAK.screen;
  if (slow || weak) return "webxr-mobile";
  if (of.headset) return "webxr-high";
  const tablet = of.touch && (of.memory ?? 0) < 8;
  return phone || tablet ? "webxr-mobile" : "webxr-high";
}

/** Members of the navigator that are not in every browser. */
interface Hints {
  readonly deviceMemory?: number;
  readonly hardwareConcurrency?: number;
  readonly connection?: {
    readonly saveData?: boolean;
    readonly effectiveType?: string;
  };
  readonly userAgent?: string;
}

function probe(): Device {
  const hints: Hints = globalThis.navigator ?? {};
  const { width = 0, height = 0 } = globalThis.screen ?? {};
  return {
    ...graphics(),
    memory: hints.deviceMemory,
    cores: hints.hardwareConcurrency,
    savesData: hints.connection?.saveData === true || matches("(prefers-reduced-data: reduce)"),
    connection: hints.connection?.effectiveType,
    touch: matches("(pointer: coarse)"),
    screen: Math.min(width, height),
    headset: /\b(OculusBrowser|PicoBrowser|Wolvic)\b/.test(hints.userAgent ?? ""),
  };
}

function matches(query: string): boolean {
  return globalThis.matchMedia?.(query).matches ?? false;
}

function graphics(): Pick<
  Device,
  "webgl" | "maxTextureSize" | "compressedTextures" | "software"
> {
  const none = { webgl: 0, maxTextureSize: 0, compressedTextures: [], software: false } as const;
  try {
    const canvas = globalThis.document?.createElement("canvas") ?? new OffscreenCanvas(1, 1);
    const two = canvas.getContext("webgl2") as WebGL2RenderingContext | null;
    const context = two ?? canvas.getContext("webgl") as WebGLRenderingContext | null;
    if (context === null) return none;
    const extensions = context.getSupportedExtensions() ?? [];
    const unmasked = context.getExtension("WEBGL_debug_renderer_info");
    const name = String(context.getParameter(unmasked?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
    const facts = {
      webgl: two === null ? 1 : 2,
      maxTextureSize: Number(context.getParameter(context.MAX_TEXTURE_SIZE)),
      compressedTextures: COMPRESSED.filter((family) =>
        extensions.some((extension) =>
          extension.includes(`texture_${family}`) || extension.includes(`compression_${family}`)
        )
      ),
      software: /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name),
    } as const;
    context.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow few at a time
    return facts;
  } catch {
    return none;
  }
}
