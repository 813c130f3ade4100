import KeyvRedis, { type RedisClientConnectionType, type RedisClientType } from '@keyv/redis'

/**
 * The adapter of Keyv, on a client that somebody else connects.
 *
 * By itself it would connect at the first command and wait for as long as Redis is down, and answer "not there" when a
 * command fails.
 */
export class RedisAdapter extends KeyvRedis<string> {
  readonly #opening: Promise<void>

  constructor(client: RedisClientType, opening: Promise<void>) {
    super(client, { throwOnErrors: true })
    this.#opening = opening
  }

  override async getClient(): Promise<RedisClientConnectionType> {
    await this.#opening
    return this.client
  }
}
