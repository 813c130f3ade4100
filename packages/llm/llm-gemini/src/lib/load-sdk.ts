/** Google's SDK, loaded when it is first needed: it takes longer to start than everything else together. */
export function loadSdk(): Promise<typeof import('@google/genai')> {
  return import('@google/genai')
}
