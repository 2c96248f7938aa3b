import type { form as english } from '../en/form.js';
import type { CatalogueOf } from '../catalogue.js';
import { FORMAT_NAMES } from '../format-names.js';

export const form: CatalogueOf<typeof english> = {
  /** While files hover over a page. */
  release: '松开即可填充表单；多个文件将成为草稿',
  optional: '可选',
  field: {
    name: '名称',
    description: '说明',
    tags: '标签',
    trainer: '训练器',
    note: '备注',
    modelName: '基础模型',
    modelPath: '模型路径',
    loraRank: '秩（Rank）',
    loraAlpha: 'Alpha',
    learningRate: '学习率',
    batchSize: '批大小',
    epochs: '轮数（Epoch）',
    maxSteps: '最大步数',
    seed: '随机种子',
    trainDataDir: '训练数据目录',
    metadataPath: '元数据文件',
    outputPath: '输出路径',
    incremental: '增量训练',
    resumeFrom: '起始权重',
    extraParams: '额外参数',
  },
  format: { ...FORMAT_NAMES, safetensors: 'LoRA 文件' },
  warningAt: '{{what}}：{{where}}',
  warning: {
    SECRET_REMOVED: '已移除凭据',
    MISSING_FIELD: '文件中没有说明',
    TRAINER_DEFAULT: '文件中没有说明，已采用其训练器的默认值',
    NOT_UNDERSTOOD: '原样保留，但其含义不明',
    NOT_EXPRESSED: '该格式无法表示',
    CHANGED: '只能近似表示',
    FOREIGN_KEYS: '已忽略其他训练器的键',
    OVERRIDDEN: '两个键相互矛盾，已取其一',
    DATA_ELSEWHERE: '数据在另一个文件中描述',
    PARTLY_READ: '文件中只有一部分成为此任务',
    NUMBER_AS_TEXT: '数字按文本保留',
    DATE_AS_TEXT: '日期按文本保留',
    KEY_AS_TEXT: '非文本的键已转为文本',
  },
};
