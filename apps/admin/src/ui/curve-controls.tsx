import { Button, Chip, Group, MultiSelect, SegmentedControl, Slider, Switch, Text } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CURVE_AXES } from './curve-axis.js';
import css from './curve-chart.module.css';
import { USUAL_SMOOTHING, zoomOf, type CurveSearch } from './curve-search.js';

interface CurveControlsProps {
  search: CurveSearch;
  onChange: (part: Partial<CurveSearch>) => void;
  /** Whether an axis of epochs says anything. */
  hasEpochs: boolean;
}

/** How curves are shown: over what, how smooth, on which scale. */
export function CurveControls({ search, onChange, hasEpochs }: CurveControlsProps) {
  const { t } = useTranslation();
  const id = useId();
  const { axis = 'step', smoothing = USUAL_SMOOTHING, log = false } = search;
  const [dragged, setDragged] = useState<number | null>(null);
  const axes = CURVE_AXES.filter((one) => one !== 'epoch' || hasEpochs || axis === 'epoch');
  return (
    <Group gap="sm">
      {zoomOf(search) !== null && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconZoomReset size={14} aria-hidden />}
          onClick={() => onChange({ from: undefined, to: undefined })}
        >
          {t('curves.resetZoom')}
        </Button>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('curves.axis')}
        value={axis}
        onChange={(next) => onChange({ axis: axes.find((one) => one === next) })}
        data={axes.map((one) => ({ value: one, label: t(`curves.axes.${one}`) }))}
      />
      <Group gap={8} wrap="nowrap">
        <Text size="xs" c="dimmed" id={id}>
          {t('curves.smoothing')}
        </Text>
        <Slider
          w={90}
          size="sm"
          min={0}
          max={0.98}
          step={0.02}
          value={dragged ?? smoothing}
          onChange={setDragged}
          label={(value) => value.toFixed(2)}
          thumbProps={{ 'aria-labelledby': id }}
          onChangeEnd={(value) => {
            setDragged(null);
            onChange({ smoothing: value === USUAL_SMOOTHING ? undefined : value });
          }}
        />
      </Group>
      <Switch
        size="xs"
        label={t('curves.log')}
        checked={log}
        onChange={(event) => onChange({ log: event.currentTarget.checked || undefined })}
      />
    </Group>
  );
}

/** What hands can do on the curves: the mouse's words where there is one, otherwise the fingers'. */
export function ZoomHint() {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed" className={css.forMouse}>
        {t('curves.zoomHint')}
      </Text>
      <Text size="xs" c="dimmed" className={css.forFingers}>
        {t('curves.touchHint')}
      </Text>
    </>
  );
}

const CHIPS = 10;

/** Which metrics to see: chips to press for a few, a list to search for many. At least one stays. */
export function MetricChoice({
  available,
  chosen,
  onChange,
}: {
  available: readonly string[];
  chosen: readonly string[];
  onChange: (keys: string[]) => void;
}) {
  const { t } = useTranslation();
  const choose = (next: readonly string[]) => {
    if (next.length > 0) onChange(available.filter((key) => next.includes(key)));
  };
  if (available.length > CHIPS) {
    return (
      <MultiSelect
        size="xs"
        searchable
        flex={1}
        aria-label={t('curves.metrics')}
        data={[...available]}
        value={[...chosen]}
        onChange={choose}
        comboboxProps={{ shadow: 'md' }}
      />
    );
  }
  return (
    <Chip.Group multiple value={[...chosen]} onChange={choose}>
      <Group gap={6} role="group" aria-label={t('curves.metrics')}>
        {available.map((key) => (
          <Chip key={key} value={key} size="xs" radius="sm" variant="outline" styles={{ root: { display: 'flex' } }}>
            {key}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
