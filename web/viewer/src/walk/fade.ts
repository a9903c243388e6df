/** For visitors who want no motion: a jump, hidden by a short fade. */

const MILLISECONDS = 140;

/** Fade the canvas out, jump, fade it in. Where nothing is seen anyway, jump at once. */
export async function fadeOver(canvas: HTMLCanvasElement, jump: () => void): Promise<void> {
  if (document.hidden) return jump();
  await canvas.animate({ opacity: [1, 0] }, { duration: MILLISECONDS, fill: "forwards" }).finished.then(async (out) => {
    jump();
    const back = canvas.animate({ opacity: [0, 1] }, { duration: MILLISECONDS });
    out.cancel();
    await back.finished;
  });
}
