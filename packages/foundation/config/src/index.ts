export { type Config, type ReloadOptions } from './lib/config.ts'
export { ConfigClosedError } from './lib/config-closed-error.ts'
export {
  type ConfigEvents,
  type ConfigOptions,
  type SchemaConfigOptions,
  type SectionsConfigOptions,
} from './lib/config-options.ts'
export { type ConfigProblem } from './lib/config-problem.ts'
export { type ConfigSource, type LoadContext, type LoadedValues } from './lib/config-source.ts'
export { createConfig, type SectionValues } from './lib/create-config.ts'
export { environmentSource, type EnvironmentSourceOptions } from './lib/environment-source.ts'
export { fileSource, type FileSourceOptions } from './lib/file-source.ts'
export { InvalidConfigError } from './lib/invalid-config-error.ts'
export { type JsonSchema } from './lib/json-schema.ts'
export { type Frozen, type SettingAt, type SettingPath } from './lib/path-types.ts'
export { defineSection, type Section, type SectionOptions } from './lib/section.ts'
export { type SettingChange, type ConfigChange } from './lib/config-change.ts'
export { valuesSource } from './lib/values-source.ts'
