import { ChoiceField } from './field.js';

export class Alive {
  @ChoiceField({ description: 'The process answers', choices: ['ok'] }) status: 'ok';
}

export class Ready extends Alive {
  @ChoiceField({ description: 'The database answers', choices: ['ok'] }) database: 'ok';
  @ChoiceField({ description: 'The schema is up to date', choices: ['ok'] }) migrations: 'ok';
  @ChoiceField({ description: '`off`: tasks are run and reported from outside', choices: ['ok', 'off'] }) launcher: 'ok' | 'off';
}
