import { describeValue } from '@empire/errors'
import { resourceName } from './resource-name.ts'
import type { GeminiSettings } from './write-body.ts'

/** The names of what a client adds to each request but the model, for checks. */
export const settingNames = ['safetySettings', 'cachedContent', 'hoistSystem', 'names', 'opening'] as const

/** Throws a `TypeError` for settings that are wrong. Categories and thresholds are Google's to judge: there will be more. */
export function checkSettings(settings: Omit<GeminiSettings, 'model'>): void {
  const { safetySettings, cachedContent, hoistSystem, names, opening } = settings
  if (safetySettings !== undefined && !(Array.isArray(safetySettings) && safetySettings.every(isSafetySetting))) {
    throw new TypeError('Expected "safetySettings" to be an array of { category, threshold }.')
  }
  if (cachedContent !== undefined) resourceName('cachedContents', cachedContent, 'cachedContent')
  if (hoistSystem !== undefined && typeof hoistSystem !== 'boolean') {
    throw new TypeError(`Expected "hoistSystem" to be a boolean, got ${describeValue(hoistSystem)}.`)
  }
  if (names !== undefined && names !== 'prefix' && names !== 'omit') {
    throw new TypeError(`Expected "names" to be "prefix" or "omit", got ${describeValue(names)}.`)
  }
  if (opening !== undefined && (typeof opening !== 'string' || opening.trim() === '')) {
    throw new TypeError(`Expected "opening" to be a text that is not blank, got ${describeValue(opening)}.`)
  }
}

function isSafetySetting(setting: unknown): boolean {
  const { category, threshold } = (setting ?? {}) as Readonly<Record<string, unknown>>
  return typeof category === 'string' && typeof threshold === 'string'
}
