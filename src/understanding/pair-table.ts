/** First number, second number, and what they stand for plus one: nothing is 0. */
const fields = 3;

/** What pairs of numbers (0 and up) stand for, in one block of memory: to look a pair up is to read one place of it. */
export class PairTable {
  private places = 1024;
  private block = new Int32Array(this.places * fields);
  private count = 0;

  /** -1 when there is none. */
  get(first: number, second: number): number {
    return (this.block[this.find(first, second) + 2] as number) - 1;
  }

  set(first: number, second: number, value: number): void {
    const at = this.find(first, second);
    if (this.block[at + 2] === 0) this.count += 1;
    this.block[at] = first;
    this.block[at + 1] = second;
    this.block[at + 2] = value + 1;
    if (this.count * 2 > this.places) this.grow();
  }

  /** Where a pair stands, or the free place for it. */
  private find(first: number, second: number): number {
    const { block, places } = this;
    const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & (places - 1);
    for (;;) {
      const at = place * fields;
      if (block[at + 2] === 0 || (block[at] === first && block[at + 1] === second)) return at;
      place = (place + 1) & (places - 1);
    }
  }

  private grow(): void {
    const old = this.block;
    this.places *= 2;
    this.block = new Int32Array(this.places * fields);
    for (let at = 0; at < old.length; at += fields) {
      const value = old[at + 2] as number;
      if (value === 0) continue;
      const [first, second] = [old[at] as number, old[at + 1] as number];
      this.block.set([first, second, value], this.find(first, second));
    }
  }
}
