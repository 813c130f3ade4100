import { defineEvents } from '@empire/telemetry'

/** What happens to connections to Redis, on the diagnostics channel `empire:bus-redis:connection`. */
export const busRedisEvents = defineEvents('bus-redis', {
  connection: {
    description: 'A connection to Redis, which publishes or listens, stands, is lost, or could not be made.',
    fields: { address: 'label', use: ['publish', 'listen'], state: ['ready', 'lost', 'failed'], error: 'detail' },
  },
})
