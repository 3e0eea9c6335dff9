const HEX_DIGITS = '0123456789abcdef'

/** How many bits of a hex digit are set, by the digit. */
const BITS_SET = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]

/** In how many bits two hex texts of one length differ. */
export function hammingDistance(a: string, b: string): number {
  return a.split('').reduce((sum, digit, at) =>
    sum + BITS_SET[HEX_DIGITS.indexOf(digit) ^ HEX_DIGITS.indexOf(b.charAt(at))]!, 0)
}
