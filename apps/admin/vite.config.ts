import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressAssets } from './compress-assets.js';

const CHUNKS = [
  // What every page needs. In one piece, since browsers ask for six files at a time and compile each by itself; icons are some hundred bytes each.
  {
    name: 'libraries',
    test: /node_modules\/(react|react-dom|scheduler|@tabler|@tanstack\/(?!react-table|table-core|react-virtual|virtual-core)[^/]+|i18next|react-i18next|html-parse-stringify|void-elements|use-sync-external-store)\//,
  },
  // What most pages need, in one piece each: many small ones take more requests and compress worse.
  { name: 'parts', test: /\/src\/((ui|task-filter|api)\/|train-tasks\/[^/]+$)/, minShareCount: 4 },
  { name: 'kit', test: /node_modules/, minShareCount: 10 },
];

/** While developing, the API runs beside: `npm start`, or another one by its address. */
const proxy = { '/api': { target: process.env['LEDGER_URL'] ?? 'http://127.0.0.1:3000', changeOrigin: false } };

export default defineConfig({
  plugins: [react(), compressAssets()],
  resolve: { conditions: ['@lora-ledger/source', ...defaultClientConditions] },
  server: { port: 5173, proxy },
  preview: { port: 5174, proxy },
  build: {
    outDir: 'dist',
    // Which page needs which files: the size check reads it.
    manifest: true,
    // The polyfill would be an inline script, which the content security policy refuses.
    modulePreload: { polyfill: false },
    // Nothing is inlined into the style sheet as data, so that every asset can be cached by itself.
    assetsInlineLimit: 0,
    target: 'es2022',
    // Old enough for every supported browser, new enough that `light-dark()` is left as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      output: {
        codeSplitting: { groups: CHUNKS },
      },
    },
  },
});
