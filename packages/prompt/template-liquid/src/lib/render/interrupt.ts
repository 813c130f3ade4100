/** What ends the rendering of a body early. */
export type Interrupt = 'break' | 'continue' | undefined
