import type { CatalogueOf } from '../catalogue.js';
import type { recommend as recommendInEnglish, sentence as sentenceInEnglish } from '../en/recommendations.js';

export const recommend: CatalogueOf<typeof recommendInEnglish> = {
  proven: '已验证',
  provenText: {
    finalLoss: '每组至少十次运行，按其半数成功运行确实能达到的损失排序。少数碰巧成功的运行说明不了什么。',
    success: '每组至少十次运行，按其最低可信成功率排序。少数碰巧成功的运行说明不了什么。',
    time: '每组至少十次运行，按其半数成功运行确实能达到的耗时排序。少数碰巧很快的运行说明不了什么。',
  },
  groupedBy: '分组依据：{{names}}，即能区分好坏的参数。其余参数在组内各不相同。',
  leftOut_other: '另有 {{formatted}} 次运行因相似者太少，未能成组。',
  unproven: '暂时还没有已验证的结论',
  everything: '该模型的全部运行',
  within: '你的任务已经在这一组中。',
  distance_other: '你的任务有 {{count}} 项不同（共 {{all}} 项）：{{names}}。',
  provenTitle: '已验证 {{place}}',
  next: '接下来可以尝试',
  nextText: '尚无结果且当前无人运行的组合，模型根据以往的运行认为它们最有希望。提交前请先检查。',
  inAll: '各组相同：{{values}}。',
  separator: '、',
  noNext: '暂时没有新的建议：至少需要四种成功过的不同组合。',
  nextTitle: '建议 {{place}}',
  refused: '暂时无法推荐',
  clone: '用这组参数克隆',
  bestOf: '克隆其中最好的一次运行，其 {{values}}。',
  try: '试试这组参数',
  medianLoss: '最终损失中位数',
  endsWell: '成功的可能性',
  expected: { finalLoss: '预期最终损失', success: '预期成功率', time: '预期时间' },
  tasks_other: '查看这 {{formatted}} 次运行',
  compare_other: '比较最好的 {{count}} 次',
  present: '与某个任务对比',
  otherModel: '未对比：该任务训练的是另一个模型',
  noPresent: '不与某个任务对比',
  from: '原为 {{value}}',
};

export const sentence: CatalogueOf<typeof sentenceInEnglish> = {
  TOO_FEW_TASKS_other: '目前有 {{have}} 次运行已结束，至少需要 {{needed}} 次。',
  ONE_OUTCOME_other: '另一种结果的运行只有 {{have}} 次，至少需要 {{needed}} 次才能比较。',
  NOTHING_VARIES: '这些运行的参数全都相同，没有可比较的内容。',
  NO_SUCCESS_other: '{{have}} 次已结束的运行全部失败：请先查看失败原因。',
  NONE_PROVEN: '{{have}} 次已结束的运行中，没有哪个不少于 {{group}} 次的分组有 {{needed}} 次成功，还不足以下结论。',
  TRAINERS_GONE: '表现良好的分组所用的训练器已不再可用：{{trainers}}。',
  BETTER_LOSS:
    '{{n}} 次这样的运行中有 {{successes}} 次成功，以 95% 的置信度成功率不低于 {{low}}。以 95% 的置信度，其中半数的损失不高于 {{high}}；其他运行的中位数为 {{others}}。',
  BETTER_TIME:
    '{{n}} 次这样的运行中有 {{successes}} 次成功，以 95% 的置信度成功率不低于 {{low}}。以 95% 的置信度，其中半数耗时不超过 {{high}}；其他运行的中位数为 {{others}}。',
  PROVEN_LOSS:
    '{{n}} 次这样的运行中有 {{successes}} 次成功，以 95% 的置信度成功率不低于 {{low}}。以 95% 的置信度，其中半数的损失不高于 {{high}}。',
  PROVEN_TIME:
    '{{n}} 次这样的运行中有 {{successes}} 次成功，以 95% 的置信度成功率不低于 {{low}}。以 95% 的置信度，其中半数耗时不超过 {{high}}。',
  PROVEN_SUCCESS: '{{n}} 次这样的运行中有 {{successes}} 次成功，以 95% 的置信度成功率不低于 {{low}}。',
  ALIKE_LOSS:
    '没有任何参数能在偶然之外区分好坏，因此全部运行归为一组：{{n}} 次中有 {{successes}} 次成功。以 95% 的置信度，其中半数的损失不高于 {{high}}。',
  ALIKE_TIME:
    '没有任何参数能在偶然之外区分好坏，因此全部运行归为一组：{{n}} 次中有 {{successes}} 次成功。以 95% 的置信度，其中半数耗时不超过 {{high}}。',
  ALIKE_SUCCESS: '没有任何参数能在偶然之外区分好坏，因此全部运行归为一组：{{n}} 次中有 {{successes}} 次成功。',
  EXPECTED_BETTER:
    '尚无这组参数的结果。根据参数相近的运行，预期为 {{value}}（{{low}} 至 {{high}}），优于目前最好的组合；成功的可能性为 {{success}}。',
  LITTLE_KNOWN:
    '尚无这组参数的结果，对这一区域了解不多：预期为 {{value}}（{{low}} 至 {{high}}），有可能优于目前最好的组合。成功的可能性为 {{success}}。',
};
