import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { TrainerModule } from '../trainer/trainer.module.js';
import { Assignments } from './assignments.js';
import { Bulk } from './bulk.js';
import { BulkChanges } from './bulk-changes.js';
import { TaskChanges } from './changes.js';
import { Compare } from './compare.js';
import { Curves } from './curves.js';
import { Dispatch } from './dispatch.js';
import { TaskExport } from './export.js';
import { TaskFacets } from './facets.js';
import { Families } from './family.js';
import { Ingest } from './ingest.js';
import { Lineage } from './lineage.js';
import { LocalLauncher } from './local-launcher.js';
import { LogController } from './log.controller.js';
import { LogSearch } from './log-search.js';
import { NewTasks } from './new-tasks.js';
import { ReportController } from './report.controller.js';
import { PointUpkeep } from './point-upkeep.js';
import { Reports } from './reports.js';
import { SelectionController } from './selection.controller.js';
import { TaskSparklines } from './sparklines.js';
import { Submission } from './submission.js';
import { Sweeper } from './sweeper.js';
import { TaskDetail } from './task-detail.js';
import { TaskHistory } from './task-history.js';
import { TaskList } from './task-list.js';
import { TaskLog } from './task-log.js';
import { TaskMoves } from './task-moves.js';
import { TrainTaskController } from './train-task.controller.js';

/** Read top to bottom: the life of a task. */
@Module({
  imports: [AuthModule, TrainerModule],
  controllers: [SelectionController, TrainTaskController, LogController, ReportController],
  providers: [
    Submission,
    NewTasks,
    Lineage,
    TaskMoves,
    TaskHistory,
    TaskChanges,
    Dispatch,
    LocalLauncher,
    Assignments,
    Reports,
    Ingest,
    TaskLog,
    Sweeper,
    PointUpkeep,
    TaskList,
    TaskDetail,
    Curves,
    Compare,
    Families,
    TaskExport,
    TaskFacets,
    TaskSparklines,
    LogSearch,
    Bulk,
    BulkChanges,
  ],
  exports: [TaskDetail, TaskHistory],
})
export class TrainTaskModule {}
