import { Skeleton, Stack } from '@mantine/core';
import { Link, getRouteApi } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterBar } from '../task-filter/filter-bar.js';
import { ScopeFilter } from '../task-filter/scope-filter.js';
import { NothingHere } from '../ui/nothing-here.js';
import { Page } from '../ui/page.js';
import { filterOf, parseAnalyticsSearch, SECTIONS, type AnalyticsSearch } from './analytics-search.js';
import css from './analytics.module.css';
import { SECTION_VIEWS } from './sections.js';

const route = getRouteApi('/signed-in/analytics/$section');

/** What all past tasks say together. One set of filters, eight questions, each with an address of its own. */
export function AnalyticsPage() {
  const { t } = useTranslation();
  const { section: name } = route.useParams();
  // The router hands out everything in the address; the API refuses what it does not know.
  const raw = route.useSearch();
  const search = useMemo(() => parseAnalyticsSearch(raw), [raw]);
  const navigate = route.useNavigate();
  const section = SECTIONS.find((known) => known === name);
  const sections = useRef<HTMLElement>(null);
  // On a phone the row of sections is wider than the page.
  useEffect(() => {
    // Newer browsers answer a promise, which React would take for the effect's end.
    sections.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section]);
  if (section === undefined) return <NothingHere />;
  const change = (part: Partial<AnalyticsSearch>, replace = false) => void navigate({ search: { ...search, ...part }, replace });
  const clear = () => void navigate({ search: search.scope === undefined ? {} : { scope: search.scope } });
  const View = SECTION_VIEWS[section];

  return (
    <Page title={t('analytics.title')} actions={<ScopeFilter search={search} onChange={change} />}>
      <FilterBar search={filterOf(search)} onChange={change} onClear={clear}>
        {null}
      </FilterBar>
      <nav ref={sections} aria-label={t('analytics.sections')} className={css.sections}>
        {SECTIONS.map((one) => (
          <Link
            key={one}
            to="/analytics/$section"
            params={{ section: one }}
            search={filterOf(search)}
            className={css.section}
            activeOptions={{ includeSearch: false }}
          >
            {t(`analytics.section.${one}`)}
          </Link>
        ))}
      </nav>
      <Suspense
        fallback={
          <Stack gap="md">
            <Skeleton height={90} radius="lg" />
            <Skeleton height={340} radius="lg" />
          </Stack>
        }
      >
        <View key={section} search={search} onChange={change} />
      </Suspense>
    </Page>
  );
}
