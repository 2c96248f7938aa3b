import { Table } from '@mantine/core';
import { LinkAnchor } from '../../ui/links.js';
import css from './chart.module.css';
import type { FigureRow, Figures } from './figures.js';

/** What a chart shows, in words and numbers; each name leads to its tasks. */
export function FiguresTable({ label, figures: { name, columns, rows } }: { label: string; figures: Figures }) {
  return (
    <div className={css.tableFrame} role="region" aria-label={label} tabIndex={0}>
      <Table className={css.table} verticalSpacing={6} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{name}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column} data-numeric>
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row">
                <RowName row={row} />
              </Table.Th>
              {row.figures.map(({ shown }, index) => (
                <Table.Td key={columns[index]} data-numeric>
                  {shown}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function RowName({ row: { name, tasks, question } }: { row: FigureRow }) {
  if (tasks !== null)
    return (
      <LinkAnchor to="/tasks" search={tasks} inherit>
        {name}
      </LinkAnchor>
    );
  if (question != null)
    return (
      <LinkAnchor to="/analytics/$section" params={{ section: question.section }} search={question.search} inherit>
        {name}
      </LinkAnchor>
    );
  return name;
}
