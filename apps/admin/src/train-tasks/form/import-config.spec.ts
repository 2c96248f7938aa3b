import { draftFromFile, FileTooLarge, heldFile, holdFile } from './import-config.js';
import { toValues } from './form-model.js';

const MB = 1024 * 1024;
const PARSED = {
  draft: { loraRank: 8 },
  format: 'safetensors',
  confidence: 1,
  unmapped: [],
  warnings: [],
  recovered: { source: 'sd-scripts', fields: { loraRank: 'file' }, result: {}, metadata: {} },
};
const sent: Blob[] = [];

beforeEach(() => {
  sent.length = 0;
  globalThis.fetch = async (_url, init) => {
    sent.push(init?.body as Blob);
    return new Response(JSON.stringify(PARSED), { headers: { 'Content-Type': 'application/json' } });
  };
});

/** A file that writes down which of its bytes are asked for. */
class WatchedFile extends File {
  readonly asked: [number, number][] = [];

  override slice(from = 0, to = this.size): Blob {
    this.asked.push([from, to]);
    return super.slice(from, to);
  }
}

function weights(header: string, claimed = BigInt(header.length), tensorBytes = 100 * MB): WatchedFile {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, claimed, true);
  return new WatchedFile([length, header, new Uint8Array(tensorBytes)], 'style.safetensors');
}

describe('reading weights of 100 MB', () => {
  it('touches and sends the header only', async () => {
    const header = JSON.stringify({ __metadata__: { ss_network_dim: '8' } });
    const file = weights(header);
    const draft = await draftFromFile(file, toValues({}));
    expect(file.asked).toEqual([
      [0, 8],
      [0, 8 + header.length],
    ]);
    expect(sent.map(({ size }) => size)).toEqual([8 + header.length]);
    expect(draft).toMatchObject({
      values: { config: { loraRank: '8' } },
      source: null,
      report: { fileName: 'style.safetensors', recovered: { fields: { loraRank: 'file' } } },
    });
  });

  it('refuses a header longer than the format allows before anything is read', async () => {
    const file = weights('{}', 5_000_000_000n);
    await expect(draftFromFile(file, toValues({}))).rejects.toBeInstanceOf(FileTooLarge);
    expect(file.asked).toEqual([[0, 8]]);
    expect(sent).toEqual([]);
  });
});

it('refuses a configuration above its limit without sending it', async () => {
  await expect(draftFromFile(new File([new Uint8Array(MB + 1)], 'a.yaml'), toValues({}))).rejects.toMatchObject({ limit: MB });
  expect(sent).toEqual([]);
});

it('holds weights for the draft they filled', () => {
  const file = new File(['x'], 'a.safetensors');
  holdFile('new', file);
  expect([heldFile('new'), heldFile('other')]).toEqual([file, undefined]);
});
