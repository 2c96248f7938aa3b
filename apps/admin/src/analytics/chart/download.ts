import { toCsv, type Figures } from './figures.js';

/** Hands a file to the browser to keep. @param content a data address, or what is in the file */
export function download(fileName: string, content: string | Blob): void {
  const link = document.createElement('a');
  link.href = typeof content === 'string' ? content : URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  if (typeof content !== 'string') URL.revokeObjectURL(link.href);
}

/** @param fileName without ending */
export function downloadCsv(fileName: string, figures: Figures): void {
  // With a mark of its encoding, which spreadsheets go by.
  download(`${fileName}.csv`, new Blob(['\uFEFF', toCsv(figures)], { type: 'text/csv;charset=utf-8' }));
}
