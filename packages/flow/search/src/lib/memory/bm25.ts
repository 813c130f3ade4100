/** k1: how soon more of the same word stops counting. Textbooks give 1.2 to 2. */
export const saturation = 1.5

/** b: how much a long text is held against it, from 0 to 1. */
export const lengthPenalty = 0.75
