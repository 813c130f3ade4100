export { createEta, type EtaOptions } from './lib/create-eta.ts'
