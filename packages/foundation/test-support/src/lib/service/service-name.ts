/** The services that tests can use. */
export type ServiceName = 'nats' | 'opensearch' | 'postgres' | 'redis'

/** What people call them. */
export const serviceTitles: Readonly<Record<ServiceName, string>> = {
  nats: 'NATS',
  opensearch: 'OpenSearch',
  postgres: 'PostgreSQL',
  redis: 'Redis',
}

export const serviceNames: readonly string[] = Object.keys(serviceTitles)

export function isServiceName(name: unknown): name is ServiceName {
  return typeof name === 'string' && Object.hasOwn(serviceTitles, name)
}
