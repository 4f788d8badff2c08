/** Whole numbers, as many as come, in memory that is kept for the next ones. */
export class GrowingList {
  private block = new Int32Array(64);
  private count = 0;

  push(value: number): void {
    if (this.count === this.block.length) {
      const wider = new Int32Array(this.block.length * 2);
      wider.set(this.block);
      this.block = wider;
    }
    this.block[this.count] = value;
    this.count += 1;
  }

  get length(): number {
    return this.count;
  }

  /** The numbers in an array of their own; the list is empty then. */
  take(): Int32Array {
    const taken = this.block.slice(0, this.count);
    this.count = 0;
    return taken;
  }
}
