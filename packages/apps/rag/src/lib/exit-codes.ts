/** What the command ends with, as `rag --help` tells. */
export const exitCodes = {
  answered: 0,
  nothingRelevant: 1,
  someFailed: 1,
  wrongUsage: 2,
  noAnswer: 69,
  indexBusy: 75,
} as const
