import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Keys this installation made for itself on its first start. Instances that start together agree on one. */
@Injectable()
export class Settings implements OnModuleInit {
  private key: string | undefined;

  constructor(private readonly database: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.database.query(`INSERT INTO setting (name, value) VALUES ('signing_key', $1) ON CONFLICT DO NOTHING`, [
      randomBytes(32).toString('base64url'),
    ]);
    const [row]: { value: string }[] = await this.database.query(`SELECT value FROM setting WHERE name = 'signing_key'`);
    this.key = row?.value;
  }

  /** Signs access tokens and derives the set-up code. */
  get signingKey(): string {
    if (this.key === undefined) throw new Error('the signing key is read before the start is complete');
    return this.key;
  }
}
