/** Light, dark, or as the system has it; kept on this machine. */

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = 'sayso.theme';

class Themes {
  chosen = $state<Theme>(kept());
  private system = matchMedia('(prefers-color-scheme: dark)');
  private systemDark = $state(this.system.matches);
  dark = $derived(this.chosen === 'dark' || (this.chosen === 'auto' && this.systemDark));

  constructor() {
    this.system.addEventListener('change', (event) => (this.systemDark = event.matches));
    this.show();
  }

  choose(theme: Theme): void {
    this.chosen = theme;
    try {
      localStorage.setItem(KEPT, theme);
    } catch {
      // a browser that keeps nothing: the choice holds until the page is left
    }
    this.show();
  }

  private show(): void {
    if (this.chosen === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.chosen;
  }
}

function kept(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEPT)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

export const themes = new Themes();

/** Whether the reader asked for less motion. */
export const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
