/** The kind of the steps of a cassette: a request and what came back. */
export const interactionKind = 'fetch'
