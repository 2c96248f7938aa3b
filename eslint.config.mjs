import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const server = ['@nestjs/*', 'typeorm', 'pg', 'fastify', '@fastify/*'];

/** Who may import whom. `type:domain` is pure: no framework, no input or output. */
const depConstraints = [
  {
    sourceTag: 'type:domain',
    onlyDependOnLibsWithTags: ['type:domain'],
    allowedExternalImports: ['@noble/hashes', '@noble/hashes/*', 'jsonc-parser', 'smol-toml', 'yaml', 'fast-check'],
  },
  {
    sourceTag: 'type:contract',
    onlyDependOnLibsWithTags: ['type:domain', 'type:contract'],
    allowedExternalImports: ['class-transformer', 'class-validator', '@nestjs/swagger', 'reflect-metadata'],
  },
  { sourceTag: 'scope:api', onlyDependOnLibsWithTags: ['scope:shared'], bannedExternalImports: ['react', '@mantine/*'] },
  { sourceTag: 'scope:admin', onlyDependOnLibsWithTags: ['scope:shared'], bannedExternalImports: server },
  { sourceTag: 'scope:worker', onlyDependOnLibsWithTags: ['scope:shared'], bannedExternalImports: [...server, 'react'] },
  { sourceTag: 'scope:standalone', onlyDependOnLibsWithTags: ['scope:api', 'scope:admin', 'scope:worker', 'scope:shared'] },
  { sourceTag: 'scope:e2e', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:bench', onlyDependOnLibsWithTags: ['scope:shared'] },
];

/** Inside the admin, features stand side by side over `ui/`; inside the API, analytics reads tables, not services. */
const zones = (folder, forbidden) => ({
  files: [`**/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map((other) => ({ group: [`**/${other}/**`], message: `${folder} must not import ${other}` })) },
    ],
  },
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/test-output/**', '**/.nx/**', '**/.ledger/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'module',
          'require',
          '__dirname',
          'exports',
          'setTimeout',
          'clearTimeout',
          'fetch',
          'URL',
          'AbortSignal',
          'Buffer',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { '@nx': nx, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // It warns of libraries that the React Compiler cannot memoize; the compiler is not used here.
      'react-hooks/incompatible-library': 'off',
      '@nx/enforce-module-boundaries': ['error', { depConstraints, enforceBuildableLibDependency: false, allow: [] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'use a named export' }],
    },
  },
  {
    files: ['**/*.spec.{ts,tsx}', '**/test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An answer of the API is what it is: tests read it freely, and fail where it is something else.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.config.{ts,mts}'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/libs/training/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(node:|fs$|path$|crypto$|os$|child_process$)', message: 'what a training is needs no machine: no input, no output' },
          ],
        },
      ],
    },
  },
  zones('admin/src/train-tasks', ['analytics', 'admin']),
  zones('admin/src/analytics', ['train-tasks', 'auth']),
  zones('admin/src/admin', ['train-tasks', 'analytics', 'auth', 'account']),
  zones('admin/src/account', ['train-tasks', 'analytics', 'auth', 'admin']),
  zones('admin/src/task-filter', ['train-tasks', 'analytics', 'auth', 'admin', 'account']),
  zones('admin/src/ui', ['task-filter', 'train-tasks', 'analytics', 'auth', 'admin', 'account']),
  zones('api/src/analytics', ['train-task']),
);
