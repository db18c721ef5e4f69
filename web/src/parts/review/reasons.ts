/** Why a record stands where it does in the queue, in words. */

import { t } from '../../lib/i18n';
import type { Reason } from './answers';

export function reasonWords([name, n]: Reason): string {
  const value = n ?? 0;
  switch (name) {
    case 'unsure':
      return t('reason.unsure', { n: Math.round(value * 100) });
    case 'killed':
      return t('count.killed', { n: value });
    case 'wounded':
      return t('count.wounded', { n: value });
    case 'disputed':
      return t('flag.disputed');
    case 'reports':
      return t('count.reports', { n: value });
    case 'unnamed':
      return t('reason.unnamed');
    case 'denies':
      return t('stance.denies');
    case 'doubts':
      return t('stance.doubts');
    default:
      return name;
  }
}
