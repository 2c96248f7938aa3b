import type { JsonObject, JsonValue } from '../json.js';
import { boolean, size, text } from '../values.js';
import type { Row } from './format.js';
import { never, words } from './rows.js';

/** Model families that sd-scripts names in the network module (`networks.lora_flux`). */
const FAMILY_SUFFIX = /^(lora|oft|loha|lokr)_(flux|sd3|lumina|hunyuan_image|anima)$/;
/** Network types with a module of their own; all others are algorithms of LyCORIS. */
const OWN_MODULES = new Set(['lora', 'dylora', 'oft', 'lora_fa']);

/** Which kind of network: `network_module` and, for LyCORIS, the algorithm in `network_args`. Keys in this order. */
export function networkRow(keys: readonly [module: string, algo: string, guiAlgo: string, guiType: string]): Row {
  const [moduleKey, algoKey, guiAlgo, guiType] = keys;
  return {
    keys,
    means: ['network_type', 'model_family'],
    hasDefaults: true,
    read: (found) => {
      const module = text(found[moduleKey])?.trim();
      const algo = text(found[algoKey]) ?? text(found[guiAlgo]);
      const plain = module?.replace(/^networks\./, '').toLowerCase() ?? '';
      const suffixed = FAMILY_SUFFIX.exec(plain);
      const type = module === 'lycoris.kohya' ? lycorisType(algo) : (suffixed?.[1] ?? plain);
      return { network_type: type === '' || type === 'lora' ? undefined : type, model_family: suffixed?.[2] ?? familyOf(found, guiType) };
    },
    write: ({ network_type: given, model_family: family }) => {
      const type = typeof given === 'string' ? given : 'lora';
      if (OWN_MODULES.has(type)) {
        const suffixed = `${type}_${typeof family === 'string' ? family : ''}`;
        return { [moduleKey]: `networks.${FAMILY_SUFFIX.test(suffixed) ? suffixed : type}` };
      }
      return type.includes('.') ? { [moduleKey]: type } : { [moduleKey]: 'lycoris.kohya', [algoKey]: type };
    },
  };
}

/** LyCORIS calls LoCon `lora`, and takes it when no algorithm is named. */
function lycorisType(algo: string | undefined): string {
  const name = algo?.trim().toLowerCase() ?? 'lora';
  return name === 'lora' ? 'locon' : name;
}

/** `sdxl-lora` → `sdxl`, `sd-lora` → `sd15`. */
function familyOf(found: JsonObject, guiType: string): string | undefined {
  const family = text(found[guiType])?.split('-')[0]?.toLowerCase();
  return family === 'sd' ? 'sd15' : family;
}

/** Two flags that exclude each other: only the U-Net, only the text encoders. */
export const TARGETS: Row = {
  keys: ['network_train_unet_only', 'network_train_text_encoder_only'],
  means: ['train_unet', 'train_text_encoder'],
  read: (found) => {
    const unetOnly = boolean(found['network_train_unet_only']);
    const textOnly = boolean(found['network_train_text_encoder_only']);
    if (unetOnly === textOnly) return unetOnly === false ? { train_unet: true, train_text_encoder: true } : {};
    if (unetOnly === true) return { train_unet: true, train_text_encoder: false };
    return textOnly === true ? { train_unet: false, train_text_encoder: true } : {};
  },
  write: ({ train_unet: unet, train_text_encoder: textEncoder }) => {
    if (unet === undefined && textEncoder === undefined) return {};
    if (unet === false) return { network_train_text_encoder_only: true };
    return textEncoder === false
      ? { network_train_unet_only: true }
      : { network_train_unet_only: false, network_train_text_encoder_only: false };
  },
};

/** The usual spelling of the optimizers; sd-scripts itself takes any case. */
const OPTIMIZERS = {
  adamw: 'AdamW',
  adamw8bit: 'AdamW8bit',
  pagedadamw: 'PagedAdamW',
  pagedadamw8bit: 'PagedAdamW8bit',
  pagedadamw32bit: 'PagedAdamW32bit',
  lion: 'Lion',
  lion8bit: 'Lion8bit',
  pagedlion8bit: 'PagedLion8bit',
  sgdnesterov: 'SGDNesterov',
  sgdnesterov8bit: 'SGDNesterov8bit',
  dadaptation: 'DAdaptation',
  dadaptadam: 'DAdaptAdam',
  dadaptlion: 'DAdaptLion',
  prodigy: 'Prodigy',
  adafactor: 'AdaFactor',
};

export function OPTIMIZER(key: string): Row {
  return words('optimizer', key, OPTIMIZERS);
}

export const MIXED_PRECISION = words('mixed_precision', 'mixed_precision', { no: 'no', fp16: 'fp16', bf16: 'bf16', fp8: 'fp8' }, never);

/** `"width,height"`, one number for a square, or the list of a dataset file. */
export const sdResolution = {
  read: (value: JsonValue | undefined): JsonValue | undefined => size(Array.isArray(value) ? value.join(',') : value),
  write: (value: JsonValue | undefined): JsonValue | undefined => {
    if (typeof value === 'number') return `${value},${value}`;
    return typeof value === 'string' ? value.replace('x', ',') : undefined;
  },
};
