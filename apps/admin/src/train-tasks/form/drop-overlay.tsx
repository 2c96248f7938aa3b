import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sendFiles } from './pending-files.js';
import css from './drop-overlay.module.css';
import { useFileDrop } from './use-file-drop.js';

/** Takes files that are dropped anywhere on the page, and says so while they hover. */
export function DropOverlay({ onFiles, label }: { onFiles: (files: readonly File[]) => void; label?: string }) {
  const { t } = useTranslation();
  return useFileDrop(onFiles) ? <div className={css.overlay}>{label ?? t('form.release')}</div> : null;
}

/** The same for a page without a form: they are taken to one. */
export function DropToForm() {
  const navigate = useNavigate();
  return (
    <DropOverlay
      onFiles={(files) => {
        sendFiles(files);
        void navigate({ to: '/tasks/new' });
      }}
    />
  );
}
