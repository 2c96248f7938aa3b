import { Text, TextInput } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import type { ConfigFieldName } from '@lora-ledger/training';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { CodeSample } from '../../ui/code-sample.js';
import { CopyButton } from '../../ui/copy-button.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import { valueText } from '../../ui/value-text.js';
import { CopyConfig } from './copy-config.js';
import { parameterGroups, type Parameter } from './parameter-groups.js';
import css from './task-page.module.css';

const SEARCH_FROM = 10;
const FINGERPRINT_SHOWN = 12;

/** Everything the run was asked to do. */
export function ParametersCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const labelOf = ({ name, isField }: Parameter) => (isField ? t(`form.field.${name as ConfigFieldName}`) : name);
  const all = parameterGroups(task);
  const text = wanted.trim().toLowerCase();
  const matches = (parameter: Parameter) =>
    [parameter.name, labelOf(parameter), String(JSON.stringify(parameter.value))].some((part) => part.toLowerCase().includes(text));
  const groups = all
    .map(({ group, parameters }) => ({ group, parameters: parameters.filter(matches) }))
    .filter(({ parameters }) => parameters.length > 0);
  const count = all.reduce((sum, { parameters }) => sum + parameters.length, 0);

  return (
    <Card title={t('detail.parameters.title')} actions={<CopyConfig task={task} />}>
      {count >= SEARCH_FROM && (
        <TextInput
          size="xs"
          mb="xs"
          type="search"
          aria-label={t('detail.parameters.search')}
          placeholder={t('detail.parameters.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {groups.map(({ group, parameters }) => (
        <div key={group}>
          <Text size="xs" fw={600} mt={10} mb={4}>
            {t(`detail.parameters.group.${group}`)}
          </Text>
          <table className={css.parameters}>
            <tbody>
              {parameters.map((parameter) => (
                <ParameterRow key={parameter.name} parameter={parameter} label={labelOf(parameter)} />
              ))}
            </tbody>
          </table>
        </div>
      ))}
      {groups.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('detail.parameters.noMatch', { text: wanted })}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt="md" title={t('detail.parameters.fingerprintHint')}>
        {t('detail.parameters.fingerprint')}{' '}
        <LinkAnchor to="/tasks" search={{ fingerprint: task.fingerprint, scope: 'all' }} inherit ff="monospace">
          {task.fingerprint.slice(0, FINGERPRINT_SHOWN)}
        </LinkAnchor>
      </Text>
      {task.configSource !== null && (
        <div>
          <Text size="xs" fw={600} mt="md" mb={4}>
            {t('detail.parameters.source')}
            {task.configSource.fileName === null ? '' : ` · ${task.configSource.fileName}`}
          </Text>
          <CodeSample text={task.configSource.text} label={t('detail.parameters.source')} />
        </div>
      )}
    </Card>
  );
}

function ParameterRow({ parameter, label }: { parameter: Parameter; label: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, value } = parameter;
  const exact = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = name === 'seed' ? exact : valueText(t, format, value);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <span>
          <span className={css.value} title={exact}>
            {shown}
          </span>
          <CopyButton text={exact} label={t('detail.parameters.copyValue', { name: label })} />
        </span>
      </td>
    </tr>
  );
}
