/** Whether the list of keys is shown. */

class Help {
  open = $state(false);

  show(): void {
    this.open = true;
  }
}

export const help = new Help();
