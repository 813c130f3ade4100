import KeyvRedis, { type RedisClientConnectionType, type RedisClientType } from '@keyv/redis'

/**
 * The adapter of Keyv, on a client that somebody else connects.
 *
 * By itself it would wait for a connection for as long as Redis is down, and answer "not there" when a command fails.
 */
export class RedisAdapter extends KeyvRedis<string> {
  readonly #connect: () => Promise<void>

  constructor(client: RedisClientType, connect: () => Promise<void>) {
    super(client, { throwOnErrors: true })
    this.#connect = connect
  }

  override async getClient(): Promise<RedisClientConnectionType> {
    await this.#connect()
    return this.client
  }
}
