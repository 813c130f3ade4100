export { createJsonRepair, type JsonRepair, type JsonRepairOptions } from './lib/json-repair.ts'
