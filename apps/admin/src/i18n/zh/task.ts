import type { task as english } from '../en/task.js';
import type { CatalogueOf } from '../catalogue.js';

export const task: CatalogueOf<typeof english> = {
  status: {
    PENDING: '等待中',
    RUNNING: '运行中',
    SUCCESS: '成功',
    FAILED: '失败',
    CANCELLED: '已取消',
    stalled: '无响应',
    stalledHint: '最近一次上报：{{when}}。若长时间仍无消息，才会判定为失败。',
  },
  reason: {
    OOM: '显存或内存不足',
    NAN_LOSS: '损失变为 NaN',
    CONFIG: '配置被拒绝',
    DATA: '训练数据缺失或无法读取',
    TRAINER_EXIT: '训练器意外退出',
    LAUNCH: '训练器无法启动',
    LOST: '工作进程失联',
    UNKNOWN: '原因不明',
  },
  reasonAdvice: {
    OOM: '可以尝试减小批大小、秩或分辨率，或开启梯度检查点。',
    NAN_LOSS: '通常是学习率过高。可以降到三分之一，或增加预热步数。',
    CONFIG: '训练器不接受某个参数，日志末尾会指出是哪一个。',
    DATA: '请确认训练数据目录在工作主机上存在，且内容符合训练器要求。',
    TRAINER_EXIT: '日志末尾通常会说明发生了什么。',
    LAUNCH: '请管理员检查训练器配置：程序或其目录不存在。',
    LOST: '工作进程被终止或主机宕机。重试会以相同配置重新开始。',
    UNKNOWN: '日志末尾通常会说明发生了什么。',
  },
  action: {
    clone: '克隆',
    cancel: '取消运行',
    retry: '重试',
    trash: '移到回收站',
    restore: '恢复',
  },
  done: {
    cancel_other: '已取消 {{count}} 个运行',
    retry_other: '已排队 {{count}} 次新的尝试',
    trash_other: '已将 {{count}} 个任务移到回收站',
    restore_other: '已恢复 {{count}} 个任务',
    failed_other: '{{count}} 个任务无法更改：{{detail}}',
  },
  confirmCancel: {
    title_other: '取消 {{count}} 个运行？',
    text: '训练器及其进程组会被停止。已写出的文件会保留，但运行无法继续。',
    confirm: '取消运行',
    keep: '继续运行',
  },
  eta: '剩余 {{duration}}',
  step: '第 {{current}} / {{total}} 步',
  stepOpen: '第 {{current}} 步',
  attempt: '第 {{number}} 次尝试',
  attemptShort: '#{{number}}',
};
