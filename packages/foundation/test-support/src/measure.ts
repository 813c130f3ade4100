export { measure, type Measurement, type MeasureOptions, median } from './lib/measure.ts'
