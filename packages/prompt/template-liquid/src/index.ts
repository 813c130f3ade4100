export { createLiquid, type LiquidOptions } from './lib/create-liquid.ts'
export type { LiquidFilter } from './lib/filters/custom-filter.ts'
export type { LiquidEscape } from './lib/render/escapes.ts'
export type { LiquidTag, LiquidTagCall } from './lib/tags/custom-tag.ts'
