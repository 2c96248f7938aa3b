import { CONFIG_FORMATS, type ConfigFormat, type JsonObject } from '@lora-ledger/training';
import { ChoiceField, JsonField, NestedListField, NumberField, TextField } from './field.js';

/** A trainer profile as people choose it; how it is started is the operator's business and stays on the server. */
export class TrainerDto {
  @TextField({ description: 'Name of the profile', max: 100 }) name: string;
  @TextField({ description: 'Title to show', max: 200 }) title: string;
  @ChoiceField({ description: 'Format of the configuration file it reads', choices: CONFIG_FORMATS }) format: ConfigFormat;
  @JsonField({ description: 'Fields of a create request that a new task begins with' }) defaults: JsonObject;
  @NumberField({ description: "Price of an hour, in the operator's currency", optional: true }) costPerHour: number | null;
}

export class TrainerList {
  @NestedListField({ description: 'The first is taken when a task names none', max: 100 }, () => TrainerDto) items: TrainerDto[];
}
