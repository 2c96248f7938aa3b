import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Person } from '@lora-ledger/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleOptions } from '../../api/people.js';

interface PeoplePickerProps {
  value: readonly Person[];
  onChange: (people: readonly Person[]) => void;
  /** Username of somebody who need not be named. */
  without: string;
}

const PEOPLE_MAX = 100;

/** Picks people by part of their name; the server knows them, not the page. */
export function PeoplePicker({ value, onChange, without }: PeoplePickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [part] = useDebouncedValue(text, 200);
  const { data } = useQuery(peopleOptions(part));
  const found = text.trim() === '' ? [] : (data?.items ?? []).filter(({ username }) => username !== without);
  const known = new Map([...value, ...found].map((person) => [person.username, person]));

  return (
    <MultiSelect
      label={t('sharing.people')}
      placeholder={value.length === 0 ? t('sharing.peoplePlaceholder') : undefined}
      searchable
      hidePickedOptions
      maxValues={PEOPLE_MAX}
      data-autofocus
      // The dialog looks for the one above as it opens, when the people may not be known yet.
      autoFocus
      data={[...known.values()].map((person) => ({ value: person.username, label: labelOf(person) }))}
      value={value.map(({ username }) => username)}
      onChange={(usernames) => {
        onChange(usernames.flatMap((username) => known.get(username) ?? []));
        setText('');
      }}
      // What the server found is shown as it is: it looks at names that the label does not have.
      // Without a text there is nothing to say, and an empty list would cover what comes below.
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={text.trim() === '' ? undefined : t('sharing.nobodyFound')}
    />
  );
}

function labelOf({ username, displayName }: Person): string {
  return displayName === null ? username : `${displayName} (${username})`;
}
