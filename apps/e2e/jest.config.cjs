module.exports = { ...require('../../jest.preset.cjs').forProject(__dirname), testTimeout: 180_000, maxWorkers: 1 };
