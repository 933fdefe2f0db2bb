/** What has been started, to be stopped in the opposite order, each once, whatever one of them says. */
export class Stack {
  readonly #stops: { name: string; stop: () => Promise<void> }[] = [];

  push(name: string, stop: () => Promise<void>): void {
    this.#stops.push({ name, stop });
  }

  async unwind(): Promise<void> {
    for (let top = this.#stops.pop(); top; top = this.#stops.pop()) {
      await top.stop().catch((error: unknown) => {
        console.error(`stopping ${top.name}:`, error);
      });
    }
  }
}
