import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { PASSWORD_MIN, passwordComplaint } from '@lora-ledger/contracts/account-rules';
import { IconCheck, IconSparkles } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.js';
import { passwordProblem, suggestPassword } from './new-password.js';

interface NewPasswordInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The password must not be made of it. */
  username: string;
  description?: ReactNode;
  /** What the server or the form says about it after an attempt. */
  error?: ReactNode;
  onBlur?: () => void;
  /** Offer a random one, for somebody else: it is shown so that it can be handed over. */
  suggest?: boolean;
}

/** A password being chosen: what is still wrong with it is said while it is typed. */
export function NewPasswordInput({ label, value, onChange, username, description, error, onBlur, suggest = false }: NewPasswordInputProps) {
  const { t } = useTranslation();
  const [visible, setVisible] = useState(false);
  const [suggested, setSuggested] = useState<string | null>(null);
  const propose = () => {
    const password = suggestPassword();
    setSuggested(password);
    setVisible(true);
    onChange(password);
  };

  return (
    <div>
      <PasswordInput
        label={label}
        description={description ?? t('password.hint', { min: PASSWORD_MIN })}
        autoComplete="new-password"
        value={value}
        error={error}
        visible={visible}
        onVisibilityChange={setVisible}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onBlur}
      />
      <Group justify="space-between" gap="xs" mt={4} mih={22}>
        <Progress value={value} username={username} hidden={error != null && error !== false} />
        {suggest && (
          <Group gap={4}>
            {suggested !== null && suggested === value && <CopyButton text={value} label={t('action.copy')} />}
            <Button variant="subtle" size="compact-xs" leftSection={<IconSparkles size={14} aria-hidden />} onClick={propose}>
              {t('password.suggest')}
            </Button>
          </Group>
        )}
      </Group>
      {suggested !== null && suggested === value && (
        <Text size="xs" c="dimmed">
          {t('password.suggested')}
        </Text>
      )}
    </div>
  );
}

function Progress({ value, username, hidden }: { value: string; username: string; hidden: boolean }) {
  const { t } = useTranslation();
  if (value === '' || hidden) return <span />;
  const complaint = passwordComplaint(value, username);
  if (complaint === null)
    return (
      <Text size="xs" c="light-dark(var(--mantine-color-teal-9), var(--mantine-color-teal-3))" role="status">
        <Group component="span" gap={4} display="inline-flex">
          <IconCheck size={14} aria-hidden />
          {t('password.good')}
        </Group>
      </Text>
    );
  const count = [...value].length;
  return (
    <Text size="xs" c="dimmed" role="status">
      {complaint === 'passwordTooShort' ? t('password.length', { count, min: PASSWORD_MIN }) : passwordProblem(t, value, username)}
    </Text>
  );
}
