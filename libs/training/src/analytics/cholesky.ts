/** What the square of a pivot is taken to be at least: rounding leaves nothing, or less, of points that are all but the same. */
export const LEAST_SQUARE = 1e-12;

/**
 * In place: A = L Lᵀ, the lower triangle of `matrix` becomes L. A subtraction waits for the one before it, so four rows take their turns together;
 * where less than four are left, the last one is worked out again.
 */
export function decompose(matrix: Float64Array, n: number): void {
  for (let column = 0; column < n; column += 1) {
    const own = column * n;
    for (let row = column; row < n; row += 4) {
      const [a, b, c, d] = [row * n, Math.min(row + 1, n - 1) * n, Math.min(row + 2, n - 1) * n, Math.min(row + 3, n - 1) * n];
      let [sumA, sumB, sumC, sumD] = [matrix[a + column] ?? 0, matrix[b + column] ?? 0, matrix[c + column] ?? 0, matrix[d + column] ?? 0];
      for (let k = 0; k < column; k += 1) {
        const above = matrix[own + k] ?? 0;
        sumA -= (matrix[a + k] ?? 0) * above;
        sumB -= (matrix[b + k] ?? 0) * above;
        sumC -= (matrix[c + k] ?? 0) * above;
        sumD -= (matrix[d + k] ?? 0) * above;
      }
      matrix[a + column] = sumA;
      matrix[b + column] = sumB;
      matrix[c + column] = sumC;
      matrix[d + column] = sumD;
    }
    const pivot = Math.sqrt(Math.max(matrix[own + column] ?? 0, LEAST_SQUARE));
    matrix[own + column] = pivot;
    for (let below = own + n + column; below < n * n; below += n) matrix[below] = (matrix[below] ?? 0) / pivot;
  }
}

/** Solves L x = b. */
export function solveLower(lower: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = new Float64Array(n);
  for (let row = 0; row < n; row += 1) {
    let sum = b[row] ?? 0;
    for (let column = 0; column < row; column += 1) sum -= (lower[row * n + column] ?? 0) * (x[column] ?? 0);
    x[row] = sum / (lower[row * n + row] ?? 1);
  }
  return x;
}
