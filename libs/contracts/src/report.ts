import { FAILURE_REASONS, type FailureReason, type JsonObject, type LoraConfig, type TrainerProfile } from '@lora-ledger/training';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { BooleanField, ChoiceField, IntegerField, JsonField, NestedListField, NumberField, TextField, UuidField } from './field.js';
import { OutputFile } from './train-task/task.js';

export const POINTS_PER_REPORT = 10_000;
export const ERROR_TEXT_MAX = 65_536;

export class StartReport {
  @TextField({ description: 'Host name', max: 255, optional: true }) host?: string | null;
  @TextField({ description: 'GPU name', max: 255, optional: true }) gpu?: string | null;
  @IntegerField({ description: 'Process id of the trainer', min: 0, max: 4_294_967_295, optional: true }) pid?: number | null;
  @IntegerField({ description: 'Steps the run will make', min: 0, max: 1_000_000_000, optional: true }) totalSteps?: number | null;
  @JsonField({ description: 'Versions, commit, command line: what explains the run later', optional: true }) env?: JsonObject | null;
  @TextField({ description: "Log file on the worker's host", max: 1000, optional: true }) logPath?: string | null;
}

/** One value of one metric. Its identity is (key, step): sending it again changes nothing. */
export class MetricPoint {
  @TextField({ description: 'Metric: `loss`, `lr`, `eval_loss` …', max: 200 }) key: string;
  @IntegerField({ description: 'Optimizer step', min: 0, max: 1e12 }) step: number;
  @NumberField({ description: 'Epoch, fractions allowed', min: 0, optional: true }) epoch?: number | null;
  @ApiProperty({ description: 'Value', oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] })
  value: number | 'NaN' | 'Infinity' | '-Infinity';

  @ApiPropertyOptional({
    description: 'Time; now when absent',
    nullable: true,
    oneOf: [
      { type: 'string', format: 'date-time' },
      { type: 'number', description: 'milliseconds since 1970' },
    ],
  })
  at?: string | number | null;
}

/** The long form; the short form is `{step, epoch?, <metric>: value …}`. Described here, but checked by hand: this is the hottest route. */
export class ProgressReport {
  @NestedListField({ description: 'Points', max: POINTS_PER_REPORT }, () => MetricPoint) points: MetricPoint[];
  @IntegerField({ description: 'Step it is at', min: 0, max: 1e12, optional: true }) currentStep?: number | null;
  @IntegerField({ description: 'Steps it will make', min: 0, max: 1e12, optional: true }) totalSteps?: number | null;
  @NumberField({ description: 'Epoch it is in', min: 0, max: 1e6, optional: true }) currentEpoch?: number | null;
}

export class PointsStored {
  @IntegerField({ description: 'Points taken, those included that were there already', min: 0 }) accepted: number;
}

export class Heartbeat {
  @BooleanField({ description: 'The task is not to run any more: stop the trainer' }) cancelRequested: boolean;
}

export class LogReport {
  @IntegerField({ description: 'Byte of the log where `text` begins', min: 0, max: 1_000_000_000_000 }) offset: number;
  @TextField({
    description: 'Output as it came, escape codes and carriage returns included; at most 1 MiB',
    max: 1_048_576,
    lines: 'many',
    empty: true,
    raw: true,
  })
  text: string;
}

export class LogStored {
  @IntegerField({ description: 'Bytes of log there are now: the next chunk begins here', min: 0 }) size: number;
}

export class FinishReport {
  @TextField({ description: 'Path or name of the result', max: 1000, optional: true }) output?: string | null;
  @JsonField({ description: 'Closing values by metric name; what is no number, "NaN" or "Infinity" is left out', optional: true })
  metrics?: JsonObject | null;
  @NumberField({ description: 'GPU seconds used', min: 0, max: 1e10, optional: true }) gpuSeconds?: number | null;
}

export class FailReport {
  @TextField({ description: 'What went wrong; a traceback is welcome', max: ERROR_TEXT_MAX, lines: 'many', raw: true, empty: true })
  error: string;
  @ChoiceField({ description: 'Cause; read from the text when absent', choices: FAILURE_REASONS, optional: true })
  reason?: FailureReason | null;
  @NumberField({ description: 'GPU seconds used', min: 0, max: 1e10, optional: true }) gpuSeconds?: number | null;
}

/** The worker's closing report: how the trainer process ended and what it left. Decides the outcome only if nobody has. */
export class ExitReport {
  @IntegerField({
    description: 'Exit code; null when a signal ended it or it never started',
    min: -2147483648,
    max: 4294967295,
    optional: true,
  })
  exitCode?: number | null;
  @TextField({ description: 'Signal that ended it', max: 20, optional: true }) signal?: string | null;
  @BooleanField({ description: 'The trainer could not be started at all', optional: true }) launchFailed?: boolean;
  @BooleanField({ description: 'An output file newer than the start exists' }) hasFreshOutput: boolean;
  @TextField({ description: 'Last lines of the output', max: ERROR_TEXT_MAX, lines: 'many', empty: true, raw: true }) lastLines: string;
  @NestedListField({ description: 'Files the trainer left', max: 1000 }, () => OutputFile) outputFiles: OutputFile[];
  @NumberField({ description: 'GPU seconds used', min: 0, max: 1e10, optional: true }) gpuSeconds?: number | null;
}

export class TaskToken {
  @TextField({ description: 'Bearer token; give it to the worker or script as LEDGER_TASK_TOKEN', max: 200 }) token: string;
}

/** Answer to a report: how the task stands after it. */
export class ReportAccepted {
  @TextField({ description: 'State of the task now', max: 20 }) status: string;
  @BooleanField({ description: 'Whether this report changed it; false for one that already took effect' }) changed: boolean;
}

/** What a worker needs to run one attempt. It writes the configuration file itself, because only it knows the output folder. */
export class Assignment {
  @UuidField({ description: 'Task' }) taskId: string;
  @TextField({ description: 'Its name', max: 200 }) name: string;
  @IntegerField({ description: 'Attempt inside its family', min: 1 }) attempt: number;
  @JsonField({ description: 'The canonical configuration' }) config: LoraConfig;
  @JsonField({ description: 'How the trainer is started' }) profile: TrainerProfile;
}
