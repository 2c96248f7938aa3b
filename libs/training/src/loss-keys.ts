/** Metrics that mean "training loss", the most exact first: what trainers call it, from their own sources. */
export const LOSS_KEYS = ['loss', 'train/loss', 'train_loss', 'loss/current', 'loss/average', 'avr_loss', 'loss/epoch_average'] as const;

/** Whether a metric is a loss by its name, of training or of something else: it should fall, so that it can run away. */
export function isLoss(metric: string): boolean {
  return /loss/i.test(metric);
}
