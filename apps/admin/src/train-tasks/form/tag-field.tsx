import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { facetsOptions } from '../../task-filter/facets.js';

const TAGS_OFFERED = 20;

/** A field for labels that offers those that are in use. */
export function TagField(props: Omit<TagsInputProps, 'data' | 'limit'>) {
  const { data } = useQuery(facetsOptions);
  return <TagsInput {...props} data={data?.tags ?? []} limit={TAGS_OFFERED} />;
}
