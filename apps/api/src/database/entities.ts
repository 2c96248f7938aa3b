import { User } from '../auth/user.entity.js';
import { SavedViewRow } from '../saved-view/saved-view.entity.js';
import { TaskEventRow } from '../train-task/task-event.entity.js';
import { TrainTask } from '../train-task/train-task.entity.js';

/** Every table that is used as objects; the others are only ever written and read in sets, by SQL. */
export const ENTITIES = [User, TrainTask, TaskEventRow, SavedViewRow];
