/** Whether the visitor wants less motion, as the system says; asked anew each time, for it may be changed. */
export function wantsLessMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
