import { ApiProperty } from '@nestjs/swagger';
import { DIMENSIONS } from '../analytics-names.js';
import { TextField } from '../field.js';

const DIMENSION = new RegExp(`^(${DIMENSIONS.join('|')}|extra\\..{1,200})$`, 'su');
const DIMENSION_HINT = `must be one of ${DIMENSIONS.join(', ')} or extra.<key>`;
const BIN = {
  type: 'object' as const,
  required: ['from', 'to', 'min', 'max'],
  properties: Object.fromEntries(['from', 'to', 'min', 'max'].map((end) => [end, { type: 'number' as const }])),
};
const SCALAR = [{ type: 'string' as const }, { type: 'number' as const }, { type: 'boolean' as const }];

/** A dimension as a query parameter. @param usual what it is when absent */
export const DimensionField = (usual: string): PropertyDecorator =>
  TextField({
    description: `What to group by: ${DIMENSIONS.join(', ')} or extra.<key>; ${usual} when absent`,
    max: 210,
    optional: true,
    pattern: DIMENSION,
    patternHint: DIMENSION_HINT,
  });

export const NumberList = (description: string): PropertyDecorator =>
  ApiProperty({ type: 'array', items: { type: 'number', nullable: true }, description });
/** A value of a dimension, or a bin. */
export const ValueField = (description: string): PropertyDecorator => ApiProperty({ oneOf: [...SCALAR, BIN], nullable: true, description });
export const ScalarField = (description: string): PropertyDecorator => ApiProperty({ oneOf: SCALAR, nullable: true, description });
