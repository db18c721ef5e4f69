/** The paragraph that a record stands in, and its words there. */

import { lengthOf, quoted, type Span } from '../../lib/marks';
import type { Passage } from '../../lib/records';

/** Quotes spans of a report's text from one paragraph of it; null for words that stand elsewhere. */
export function quoter(passage: Passage): (span: Span) => string | null {
  const end = passage.start + lengthOf(passage.text);
  return ([from, to]) =>
    from >= passage.start && to <= end ? quoted(passage.text, [from - passage.start, to - passage.start]) : null;
}
