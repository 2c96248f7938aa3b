import type { TaskStatus } from '@lora-ledger/training';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One line of a task's history. Rows are added, never changed: the database refuses it. */
@Entity('task_event')
export class TaskEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column({ type: 'bigint' }) trainTaskId: string;
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' }) at: Date;
  @Column({ type: 'text' }) type: string;
  @Column({ type: 'text' }) actor: string;
  @Column({ type: 'bigint', nullable: true }) actorId: string | null;
  @Column({ type: 'text', nullable: true }) fromStatus: TaskStatus | null;
  @Column({ type: 'text', nullable: true }) toStatus: TaskStatus | null;
  @Column({ type: 'text', nullable: true }) why: string | null;
}
