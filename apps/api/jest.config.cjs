module.exports = {
  ...require('../../jest.preset.cjs').forProject(__dirname),
  globalSetup: '<rootDir>/test/support/postgres.mjs',
  globalTeardown: '<rootDir>/test/support/stop-postgres.mjs',
  testTimeout: 30_000,
};
