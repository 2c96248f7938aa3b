import {
  FAILURE_REASONS,
  TASK_ACTIONS,
  TASK_STATUSES,
  type FailureReason,
  type JsonObject,
  type TaskAction,
  type TaskStatus,
} from '@lora-ledger/training';
import { Recovered } from '../config-file.js';
import {
  BooleanField,
  ChoiceField,
  IntegerField,
  JsonField,
  NestedField,
  NestedListField,
  NumberField,
  TextField,
  TextListField,
  TimeField,
  UuidField,
} from '../field.js';
import { DESCRIPTION_MAX, NAME_MAX, NOTE_MAX, TAGS } from '../task-words.js';
import { ConfigFields } from './submission.js';

export class OutputFile {
  @TextField({ description: 'Path below the output folder', max: 1000 }) path: string;
  @IntegerField({ description: 'Bytes', min: 0 }) size: number;
  @TextField({ description: 'SHA-256 of the content, 64 hexadecimal digits', max: 64, pattern: /^[0-9a-f]{64}$/ }) sha256: string;
}

/** One task in a list: everything people filter, sort and scan by. */
export class TrainTaskSummary extends ConfigFields {
  @TextField({ description: '64-bit id as text', max: 20 }) id: string;
  @UuidField({ description: 'Public name of the task, everywhere' }) taskId: string;
  @TextField({ description: 'Name', max: NAME_MAX }) name: string;
  @TextField({ description: 'Description', max: DESCRIPTION_MAX, optional: true }) description: string | null;
  @TextListField({ description: 'Labels', ...TAGS }) tags: string[];
  @TextField({ description: 'Trainer profile', max: 100 }) trainer: string;
  @ChoiceField({ description: 'State', choices: TASK_STATUSES }) status: TaskStatus;
  @ChoiceField({ description: 'Why it failed', choices: FAILURE_REASONS, optional: true }) failureReason: FailureReason | null;
  @TextField({ description: 'Error as reported, at most 64 kB', max: 65_536, optional: true }) errorMessage: string | null;
  @IntegerField({ description: 'Exit code of the trainer process', optional: true }) exitCode: number | null;
  @NumberField({ description: 'Part done, 0 to 1', min: 0, max: 1, optional: true }) progress: number | null;
  @NumberField({ description: 'Epoch it is in', optional: true }) currentEpoch: number | null;
  @IntegerField({ description: 'Step it is at', optional: true }) currentStep: number | null;
  @IntegerField({ description: 'Steps it will make', optional: true }) totalSteps: number | null;
  @NumberField({ description: 'Last training loss', optional: true }) finalLoss: number | null;
  @NumberField({ description: 'Lowest training loss', optional: true }) bestLoss: number | null;
  @BooleanField({ description: 'RUNNING without a sign of life for longer than the threshold' }) stalled: boolean;
  @TextField({ description: "Owner's username", max: 100 }) createUser: string;
  @TimeField({ description: 'Created' }) createdAt: string;
  @TimeField({ description: 'Started', optional: true }) startTime: string | null;
  @TimeField({ description: 'Ended', optional: true }) endTime: string | null;
  @TimeField({ description: 'Last report', optional: true }) lastSeenAt: string | null;
  @TextField({ description: 'SHA-256 over what decides the result', max: 64 }) fingerprint: string;
  @UuidField({ description: 'First task of the family' }) familyId: string;
  @IntegerField({ description: 'Attempt inside the family, from 1', min: 1 }) attempt: number;
  @UuidField({ description: 'Task this one was cloned from', optional: true }) clonedFrom: string | null;
  @TextField({ description: 'Host it runs on', max: 255, optional: true }) host: string | null;
  @TextField({ description: 'GPU', max: 255, optional: true }) gpu: string | null;
  @NumberField({ description: 'GPU seconds used', optional: true }) gpuSeconds: number | null;
  @NumberField({ description: "Cost in the currency of the profile's price", optional: true }) cost: number | null;
  @TimeField({ description: 'Trashed', optional: true }) deletedAt: string | null;
  @TextListField({ description: 'What the caller can do with it now', max: 10, itemMax: 20, choices: TASK_ACTIONS })
  actions: readonly TaskAction[];
  @JsonField({
    description:
      'In a list that was asked for further columns: the value of each, `null` where there is none; "NaN" and "Infinity" as text',
    optional: true,
    example: { 'metric.loss.min': 0.084, 'extra.optimizer': 'AdamW8bit' },
  })
  columns?: JsonObject;
}

/** What changes of a running task with every report. The live stream tells this instead of the whole task. */
export type TaskProgress = Pick<
  TrainTaskSummary,
  'taskId' | 'progress' | 'currentEpoch' | 'currentStep' | 'totalSteps' | 'finalLoss' | 'lastSeenAt' | 'stalled'
>;

export class RelatedTask {
  @UuidField({ description: 'Task' }) taskId: string;
  @TextField({ description: 'Name', max: NAME_MAX }) name: string;
  @ChoiceField({ description: 'State', choices: TASK_STATUSES }) status: TaskStatus;
  @IntegerField({ description: 'Attempt', min: 1 }) attempt: number;
  @NumberField({ description: 'Last training loss', optional: true }) finalLoss: number | null;
  @TimeField({ description: 'Created' }) createdAt: string;
}

export class MetricSummary {
  @TextField({ description: 'Metric', max: 200 }) key: string;
  @NumberField({ description: 'Value at the highest step; "NaN" and "Infinity" as text', optional: true }) last: number | string | null;
  @NumberField({ description: 'Lowest finite value', optional: true }) min: number | null;
  @NumberField({ description: 'Highest finite value', optional: true }) max: number | null;
  @IntegerField({ description: 'Points', min: 0 }) count: number;
  @IntegerField({ description: 'Highest step', min: 0 }) lastStep: number;
}

export class ConfigSource {
  @TextField({ description: 'Format of the submitted text', max: 50 }) format: string;
  @TextField({ description: 'The text as submitted', max: 1_048_576, lines: 'many' }) text: string;
  @TextField({ description: 'File name it came under', max: 300, optional: true }) fileName: string | null;
}

/** One task, whole. */
export class TrainTaskDetail extends TrainTaskSummary {
  @TextField({ description: 'Why this was tried', max: NOTE_MAX, optional: true }) note: string | null;
  @NestedField({ description: 'The configuration as submitted', optional: true }, () => ConfigSource) configSource: ConfigSource | null;
  @TextField({ description: "Log file on the worker's host", max: 1000, optional: true }) logPath: string | null;
  @IntegerField({ description: 'Bytes of log held here', min: 0 }) logSize: number;
  @JsonField({ description: 'What the trainer said about its environment', optional: true }) environment: JsonObject | null;
  @TextField({ description: 'The output the trainer named', max: 1000, optional: true }) output: string | null;
  @NestedField({ description: 'For tasks entered from their weights: what the file told', optional: true }, () => Recovered)
  recovered: Recovered | null;
  @NestedListField({ description: 'Output files', max: 1000 }, () => OutputFile) outputFiles: OutputFile[];
  @NestedListField({ description: 'Metrics, one line each', max: 1000 }, () => MetricSummary) metrics: MetricSummary[];
  @NestedListField({ description: 'The attempts of its family', max: 100 }, () => RelatedTask) family: RelatedTask[];
  @NestedListField({ description: 'Tasks cloned from it', max: 100 }, () => RelatedTask) clones: RelatedTask[];
}

export class TaskEvent {
  @TextField({ description: 'Id', max: 20 }) id: string;
  @TimeField({ description: 'When' }) at: string;
  @TextField({ description: 'What happened: created, started, finished, failed, cancelled, trashed, restored, edited, …', max: 50 })
  type: string;
  @TextField({ description: 'Who: a username, "trainer", "worker" or "ledger"', max: 100 }) actor: string;
  @ChoiceField({ description: 'State before', choices: TASK_STATUSES, optional: true }) from: TaskStatus | null;
  @ChoiceField({ description: 'State after', choices: TASK_STATUSES, optional: true }) to: TaskStatus | null;
  @TextField({ description: 'Why', max: 4000, lines: 'many', optional: true }) why: string | null;
}

export class TaskEvents {
  @NestedListField({ description: 'Oldest first', max: 1000 }, () => TaskEvent) items: TaskEvent[];
}
