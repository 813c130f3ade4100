/** Whether a model is of the families 1 and 2: they think by budgets, and do not ask for signatures. */
export function isBeforeGemini3(model: string): boolean {
  return /(?:^|\/)gemini-[12](?![0-9])/.test(model)
}

/** Whether a model is of those that cannot think, and refuse to be asked: all before 2.5 but the experiments. */
export function isBeforeThinking(model: string): boolean {
  return /(?:^|\/)gemini-(?:1|2\.0)(?![0-9])/.test(model) && !model.includes('thinking')
}

/** The most tokens that a model writes, by Google's list of models; `undefined` for names that are not in it. */
export function outputLimitOf(model: string): number | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1)
  if (/image|tts|audio|live|embedding/.test(name)) return undefined
  if (/^gemini-(?:2\.5|3)/.test(name)) return 65_536
  return /^gemini-(?:1\.5|2\.0)/.test(name) ? 8192 : undefined
}
