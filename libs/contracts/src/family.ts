import { TASK_STATUSES, type JsonValue, type TaskStatus } from '@lora-ledger/training';
import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, ChoiceField, IntegerField, NestedListField, NumberField, TextField, TimeField, UuidField } from './field.js';

/** Most tasks of one answer. */
export const FAMILY_MAX = 60;
/** Most changed parameters told of one edge. */
export const EDGE_CHANGES_MAX = 20;

export class ParameterChange {
  @TextField({ description: 'Field, or `extraParams.<key>`', max: 300 }) path: string;
  @ApiProperty({ description: 'Value before; null where it was not set. Long values as the beginning of their JSON', nullable: true })
  from: JsonValue;
  @ApiProperty({ description: 'Value after', nullable: true }) to: JsonValue;
}

/** A task in its family tree, and how it came from its parent. */
export class FamilyMember {
  @UuidField({ description: 'Task' }) taskId: string;
  @UuidField({ description: 'Task it came from; null at the top', optional: true }) parent: string | null;
  @ChoiceField({ description: 'How it came from its parent', choices: ['clone', 'retry'], optional: true }) edge: 'clone' | 'retry' | null;
  @BooleanField({ description: 'It was cloned from a task that is gone or may not be seen' }) hasHiddenOrigin: boolean;
  @TextField({ description: 'Name', max: 200 }) name: string;
  @ChoiceField({ description: 'State', choices: TASK_STATUSES }) status: TaskStatus;
  @IntegerField({ description: 'Attempt', min: 1 }) attempt: number;
  @NumberField({ description: 'Last training loss', optional: true }) finalLoss: number | null;
  @TextField({ description: "Owner's username", max: 100 }) createUser: string;
  @TimeField({ description: 'Created' }) createdAt: string;
  @TextField({ description: 'Why it was tried', max: 2000, lines: 'many', optional: true }) note: string | null;
  @NestedListField({ description: 'What differs from the parent, at most 20', max: EDGE_CHANGES_MAX }, () => ParameterChange)
  changes: ParameterChange[];
  @IntegerField({ description: 'How many parameters differ in all', min: 0 }) changeCount: number;
}

/** Where a task comes from and what came of it: the line it descends from, its attempts, its siblings and their clones. */
export class FamilyTree {
  @NestedListField(
    { description: 'Parents stand before their children, children in the order they were made', max: FAMILY_MAX },
    () => FamilyMember,
  )
  items: FamilyMember[];
  @BooleanField({ description: 'There are more than fit' }) isCut: boolean;
}
