export { createLiquid, type LiquidOptions } from './lib/create-liquid.ts'
