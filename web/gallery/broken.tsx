/** A screen with a defect, to see what its reader sees. */
export function Broken(): never {
  throw new Error('this screen has a defect');
}
