/** Words of walking and tours, zh-Hans and en. */
export const WALK_WORDS = {} as const;
