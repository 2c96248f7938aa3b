import { normaliseParams } from './shared-params.js';

describe('normaliseParams', () => {
  it.each([
    ['optimizer', 'AdamW8bit', 'adamw8bit'],
    ['optimizer', 'ADAMW_8BIT', 'adamw8bit'],
    ['optimizer', 'adamw_bnb_8bit', 'adamw8bit'],
    ['optimizer', 'bitsandbytes.optim.AdamW8bit', 'adamw8bit'],
    ['optimizer', 'adamw_torch', 'adamw'],
    ['optimizer', 'paged_adamw_32bit', 'pagedadamw'],
    ['optimizer', 'schedule-free-adamw', 'schedulefreeadamw'],
    ['lr_scheduler', 'COSINE', 'cosine'],
    ['resolution', '512', 512],
    ['resolution', '512,512', 512],
    ['resolution', '(1024, 1024)', 1024],
    ['resolution', '[768, 512]', '768x512'],
    ['resolution', '768x512', '768x512'],
    ['resolution', [512, 768], [512, 768]],
    ['resolution', [512], 512],
    ['mixed_precision', 'BFLOAT_16', 'bf16'],
    ['mixed_precision', 'float16', 'fp16'],
    ['mixed_precision', 'fp32', 'no'],
    ['mixed_precision', 'auto', 'auto'],
    ['save_precision', 'float', 'fp32'],
    ['target_modules', 'all-linear', 'all'],
    ['target_modules', 'q_proj, v_proj', ['q_proj', 'v_proj']],
    ['text_encoder_lr', ['1e-5', 5e-6], [0.00001, 0.000005]],
    ['caption_extension', 'txt', '.txt'],
    ['gradient_checkpointing', 'True', true],
    ['weight_decay', '0.01', 0.01],
  ])('%s: %j is %j', (name, typed, normal) => {
    expect(normaliseParams({ [name]: typed })).toEqual({ [name]: normal });
  });

  it('leaves what makes no sense, and what is not shared, as it stands', () => {
    const params = { resolution: 'large', weight_decay: 'some', own: 'AdamW8bit', text_encoder_lr: ['x'] };
    expect(normaliseParams(params)).toEqual(params);
  });

  it('has one way to say no warm-up, plain LoRA, and nothing', () => {
    expect(normaliseParams({ warmup_ratio: 0, network_type: 'LoRA', optimizer: null })).toEqual({ warmup_steps: 0 });
  });

  it('changes nothing the second time', () => {
    const once = normaliseParams({ optimizer: 'Paged_AdamW_8bit', resolution: '64,32', warmup_ratio: '0', target_modules: 'a,b' });
    expect(normaliseParams(once)).toEqual(once);
  });
});
