import type { SavedView } from '@lora-ledger/contracts';
import { Column, DeleteDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../auth/user.entity.js';

/** A named address of a page: filter, order and columns. */
@Entity('saved_view')
export class SavedViewRow {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @Column({ type: 'bigint' }) userId: string;
  @ManyToOne(() => User) @JoinColumn({ name: 'user_id' }) owner?: Relation<User>;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) page: SavedView['page'];
  @Column({ type: 'text' }) query: string;
  @Column({ type: 'text' }) audience: SavedView['audience'];
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' }) createdAt: Date;
  @DeleteDateColumn({ type: 'timestamptz', precision: 3 }) deletedAt: Date | null;
}
