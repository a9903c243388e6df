/** Paints of the room. Its light is baked, so each pixel is a colour ready for the screen: nothing is cheaper to draw. */

import { Color, ShaderMaterial, type Texture } from "three";

const VERTEX = /* glsl */ `
#include <common>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
varying vec3 vColor;
varying vec2 vUv;
varying vec2 vLight;
#ifdef PICTURES
attribute vec2 uv1;
#endif
void main() {
  #ifdef PICTURES
  vUv = uv;
  vLight = uv1;
  #else
  vColor = color;
  #endif
  vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <logdepthbuf_vertex>
  #include <clipping_planes_vertex>
}`;

const FRAGMENT = /* glsl */ `
#include <common>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
varying vec3 vColor;
varying vec2 vUv;
varying vec2 vLight;
#ifdef PICTURES
uniform sampler2D paint;
uniform sampler2D light;
#endif
void main() {
  #include <clipping_planes_fragment>
  #include <logdepthbuf_fragment>
  #ifdef PICTURES
  gl_FragColor = vec4(texture2D(paint, vUv).rgb * texture2D(light, vLight).rgb * ${toScreen(2)}, 1.0);
  #else
  gl_FragColor = vec4(vColor, 1.0);
  #endif
}`;

/** Shows the colours of the corners, as `ready` made them. */
export function cornerPaint(): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    vertexColors: true,
    clipping: true,
    name: "walls",
  });
}

/** Shows a texture under a picture of half its light, both as the screen has colours: their product is the lit paint. */
export function picturePaint(paint: Texture, light: Texture): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    defines: { PICTURES: "" },
    uniforms: { paint: { value: paint }, light: { value: light } },
    clipping: true,
    name: "floor",
  });
}

/** A linear colour as the screen wants it, under the same tone mapping (Khronos PBR neutral) as the exhibits. Changes `color`. */
export function ready(color: Color, exposure: number): Color {
  color.multiplyScalar(exposure);
  const low = Math.min(color.r, color.g, color.b);
  const offset = low < 0.08 ? low - 6.25 * low * low : 0.04;
  color.r -= offset;
  color.g -= offset;
  color.b -= offset;
  const peak = Math.max(color.r, color.g, color.b);
  const from = 0.8 - 0.04;
  if (peak > from) {
    const room = 1 - from;
    const next = 1 - room * room / (peak + room - from);
    const grey = 1 - 1 / (0.15 * (peak - next) + 1);
    color.multiplyScalar(next / peak).lerp(new Color(next, next, next), grey);
  }
  return color.convertLinearToSRGB();
}

/** The factor by which a linear factor brightens a colour of the screen, as GLSL has numbers. */
function toScreen(factor: number): string {
  return (factor ** (1 / 2.2)).toFixed(4);
}
