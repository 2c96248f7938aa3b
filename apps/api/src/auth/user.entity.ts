import type { Role } from '@lora-ledger/contracts';
import { Column, DeleteDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A person. The username is unique among live rows only, so that a deleted person's name can be given again. */
@Entity('app_user')
export class User {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @Column({ type: 'text' }) username: string;
  @Column({ type: 'text', nullable: true }) displayName: string | null;
  @Column({ type: 'text', nullable: true }) email: string | null;
  @Column({ type: 'text' }) role: Role;
  /** `null` for people who only come through single sign-on. */
  @Column({ type: 'text', nullable: true }) passwordHash: string | null;
  /** Issuer and subject at the single sign-on provider; `null` for people who sign in with a password. */
  @Column({ type: 'text', nullable: true }) ssoSubject: string | null;
  @Column({ type: 'boolean', default: false }) disabled: boolean;
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' }) createdAt: Date;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) lastLoginAt: Date | null;
  @DeleteDateColumn({ type: 'timestamptz', precision: 3 }) deletedAt: Date | null;
}
