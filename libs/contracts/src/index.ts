export * from './audit.js';
export * from './auth.js';
export * from './field.js';
export * from './page.js';
export * from './problem.js';
export * from './report.js';
export * from './train-task.js';
export * from './trainer.js';
