import type { FailureReason, TaskStatus } from '@lora-ledger/training';
import { Column, DeleteDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../auth/user.entity.js';

const number = (nullable = false) => ({ type: 'double precision', nullable }) as const;
const time = (nullable = true) => ({ type: 'timestamptz', precision: 3, nullable }) as const;
const text = (nullable = true) => ({ type: 'text', nullable }) as const;
/** Steps and seeds stay below 2^53, so they are numbers here although PostgreSQL's driver hands bigint out as text. */
const safeInteger = {
  type: 'bigint',
  nullable: true,
  transformer: { from: (value: string | null) => (value === null ? null : Number(value)), to: (value: number | null) => value },
} as const;

/** One training attempt with one frozen configuration. Indexes are in the migrations: several have forms TypeORM cannot express. */
@Entity('train_task')
export class TrainTask {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @Column({ type: 'uuid' }) taskId: string;
  @Column({ type: 'bigint' }) createUser: string;
  @ManyToOne(() => User) @JoinColumn({ name: 'create_user' }) owner?: Relation<User>;
  @Column(text(false)) name: string;
  @Column(text()) description: string | null;
  @Column({ type: 'text', array: true, default: [] }) tags: string[];
  @Column(text()) note: string | null;
  @Column(text(false)) trainer: string;
  @Column(text(false)) modelName: string;
  @Column(text()) modelPath: string | null;
  @Column({ type: 'integer' }) loraRank: number;
  @Column(number()) loraAlpha: number;
  @Column(number()) learningRate: number;
  @Column({ type: 'integer' }) batchSize: number;
  @Column(number(true)) epochs: number | null;
  @Column({ type: 'integer', nullable: true }) maxSteps: number | null;
  @Column(safeInteger) seed: number | null;
  @Column(text(false)) trainDataDir: string;
  @Column(text()) metadataPath: string | null;
  @Column(text()) outputPath: string | null;
  @Column({ type: 'boolean', default: false }) incremental: boolean;
  @Column(text()) resumeFrom: string | null;
  @Column({ type: 'jsonb', default: {} }) extraParams: object;
  @Column(text()) configSource: string | null;
  @Column(text()) configFormat: string | null;
  @Column(text()) configFileName: string | null;
  @Column(text(false)) fingerprint: string;
  @Column({ type: 'uuid' }) familyId: string;
  @Column({ type: 'integer', default: 1 }) attempt: number;
  @Column({ type: 'uuid', nullable: true }) clonedFrom: string | null;
  @Column({ type: 'text', default: 'PENDING' }) status: TaskStatus;
  @Column(text()) failureReason: FailureReason | null;
  @Column(text()) errorMessage: string | null;
  @Column(safeInteger) exitCode: number | null;
  @Column(text()) exitSignal: string | null;
  @Column(number(true)) progress: number | null;
  @Column(number(true)) currentEpoch: number | null;
  @Column(safeInteger) currentStep: number | null;
  @Column(safeInteger) totalSteps: number | null;
  /** Latest training loss while it runs. In no index, so that reports stay cheap; the settled value is `finalLoss`. */
  @Column(number(true)) lastLoss: number | null;
  @Column(number(true)) finalLoss: number | null;
  @Column(number(true)) bestLoss: number | null;
  @Column({ ...time(false), default: () => 'now()' }) createdAt: Date;
  @Column(time()) startTime: Date | null;
  @Column(time()) endTime: Date | null;
  @Column(time()) lastSeenAt: Date | null;
  @Column(text()) host: string | null;
  @Column(text()) gpu: string | null;
  @Column(safeInteger) pid: number | null;
  @Column({ type: 'jsonb', nullable: true }) environment: object | null;
  @Column(number(true)) gpuSeconds: number | null;
  /** Price of an hour when it was submitted; what it cost is settled with it. */
  @Column(number(true)) costPerHour: number | null;
  @Column(number(true)) cost: number | null;
  @Column(text()) output: string | null;
  @Column(text()) logPath: string | null;
  /** SHA-256 of the weights of an imported task, without their metadata. */
  @Column(text()) weightsHash: string | null;
  /** What the weights of an imported task told. */
  @Column({ type: 'jsonb', nullable: true }) recovered: object | null;
  @DeleteDateColumn(time()) deletedAt: Date | null;
  @Column(time()) archivedAt: Date | null;
  @Column({ type: 'integer', default: 1 }) version: number;
}
