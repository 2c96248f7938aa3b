import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconFileCode, IconForms, IconTerminal2, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeSample } from '../../ui/code-sample.js';
import { LinkButton } from '../../ui/links.js';
import { trainersOptions } from '../queries.js';
import css from './empty-tasks.module.css';
import { curlWithFile, curlWithJson, openForm } from './submit-samples.js';

/** The first list anybody sees teaches the three ways to fill it, ready to be copied. */
export function EmptyTasks() {
  const { t } = useTranslation();
  const { data } = useQuery(trainersOptions);
  const trainer = data?.items[0];
  const { origin } = window.location;
  return (
    <div className={css.empty}>
      <Stack gap={6} maw={640} ta="center" align="center">
        <Title order={2} fz={24}>
          {t('list.empty.title')}
        </Title>
        <Text c="dimmed">{t('list.empty.text')}</Text>
      </Stack>
      <div className={css.ways}>
        <Way Icon={IconForms} title={t('list.empty.form')} text={t('list.empty.formText')}>
          <CodeSample text={openForm(origin)} label={t('list.empty.form')} />
          <LinkButton to="/tasks/new" mt="auto">
            {t('nav.newTask')}
          </LinkButton>
        </Way>
        <Way Icon={IconFileCode} title={t('list.empty.file')} text={t('list.empty.fileText')}>
          <CodeSample text={curlWithFile(origin)} label={t('list.empty.file')} />
        </Way>
        <Way Icon={IconTerminal2} title={t('list.empty.api')} text={t('list.empty.apiText')}>
          <CodeSample text={curlWithJson(origin, trainer)} label={t('list.empty.api')} />
        </Way>
      </div>
    </div>
  );
}

function Way({ Icon: WayIcon, title, text, children }: { Icon: Icon; title: string; text: string; children: ReactNode }) {
  return (
    <section className={css.way}>
      <ThemeIcon variant="light" size={38} radius="md">
        <WayIcon size={21} stroke={1.6} aria-hidden />
      </ThemeIcon>
      <Title order={3} fz={16}>
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      {children}
    </section>
  );
}
