import { Group, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import css from './card.module.css';

interface CardProps {
  title: string;
  actions?: ReactNode;
  /** The content reaches the edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled part of a page. */
export function Card({ title, actions, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={css.card} aria-labelledby={id}>
      <Group className={css.head} justify="space-between" gap="xs">
        <Title order={2} fz={15} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  );
}
