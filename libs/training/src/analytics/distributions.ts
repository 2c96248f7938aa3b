/** Quantile of the standard normal that leaves 2.5 % above it. */
export const Z_95 = 1.959963984540054;

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0, to about 15 digits (Lanczos 1964, g = 7, n = 9). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  const sum = LANCZOS.reduce((total, coefficient, index) => (index === 0 ? coefficient : total + coefficient / (shifted + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

const factorials = new Float64Array(20_001).fill(NaN);

/** ln n!, for n ≥ 0. Exact tests ask for the same ones again and again, so those up to 20 000 are remembered. */
export function logFactorial(n: number): number {
  const known = factorials[n];
  if (known === undefined) return logGamma(n + 1);
  if (!Number.isNaN(known)) return known;
  return (factorials[n] = logGamma(n + 1));
}

/**
 * Q(a, x), the upper regularized incomplete gamma function, a > 0, x ≥ 0:
 * the series below x = a + 1 and the continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31, evaluated by Lentz's method).
 */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 1000 && Math.abs(term) > Math.abs(sum) * 1e-16; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return front * fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** P(χ² ≥ `statistic`) with that many degrees of freedom. */
export function chiSquaredTail(statistic: number, degrees: number): number {
  return gammaQ(degrees / 2, statistic / 2);
}

/** Φ(z) of the standard normal, by erfc(x) = Q(1/2, x²). */
export function normalCdf(z: number): number {
  const tail = 0.5 * gammaQ(0.5, (z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** φ(z) of the standard normal. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** P(T ≥ `t`) of Student's t with that many degrees of freedom: half the incomplete beta function of v / (v + t²) (Abramowitz and Stegun 26.5.27). */
export function studentTail(t: number, degrees: number): number {
  const half = 0.5 * betaI(degrees / (degrees + t * t), degrees / 2, 0.5);
  return t < 0 ? 1 - half : half;
}

/** What Student's t stays below in size in 95 of 100 cases. */
export function student95(degrees: number): number {
  let [low, high] = [Z_95, 13];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (studentTail(middle, degrees) > 0.025) low = middle;
    else high = middle;
  }
  return high;
}

/** I(x; a, b), the regularized incomplete beta function: the continued fraction of Abramowitz and Stegun 26.5.8, by Lentz's method. */
function betaI(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return Math.min(1, Math.max(0, x));
  // The fraction converges fast below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaI(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  let [c, d] = [1, 1 / nonZero(1 - ((a + b) * x) / (a + 1))];
  let fraction = d;
  for (let m = 1; m < 1000; m += 1) {
    const before = fraction;
    for (const numerator of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / nonZero(1 + numerator * d);
      c = nonZero(1 + numerator / c);
      fraction *= c * d;
    }
    if (Math.abs(fraction / before - 1) < 1e-15) break;
  }
  return front * fraction;
}
